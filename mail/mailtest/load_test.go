package mailtest

import (
	"testing"

	"postrider/mail/mailtest/gen"
)

func TestLoadedMailIsOnTheServer(t *testing.T) {
	s := Dovecot(t)
	m, err := s.Load("dave", gen.Options{N: 200})
	if err != nil {
		t.Fatal(err)
	}
	more, err := s.Load("dave", gen.Options{N: 210, Skip: 200, Span: 200, Fresh: true})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, box := range gen.Mailboxes() {
		got, err := s.Messages("dave", box)
		if err != nil {
			t.Fatal(err)
		}
		if want := m.Mailboxes[box].Messages + more.Mailboxes[box].Messages; len(got) != want {
			t.Errorf("%s: got %d messages, want %d", box, len(got), want)
		}
		for _, msg := range got {
			if msg.UID == 0 {
				t.Errorf("%s: a message has no UID", box)
			}
		}
		total += len(got)
	}
	if total != 210 {
		t.Errorf("got %d messages, want 210", total)
	}
}
