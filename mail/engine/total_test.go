package engine_test

import (
	"testing"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/store"
)

// TestTotalAddsUp: what each sync reports, the total has together; Since takes
// apart again.
func TestTotalAddsUp(t *testing.T) {
	server := enginetest.NewServer()
	s, err := store.Open(t.Context(), fastDir(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.AddAccount(t.Context(), account, store.IMAP); err != nil {
		t.Fatal(err)
	}
	w := engine.NewWorker(s, account, enginetest.Connect(server, s, nil))
	var before engine.Report
	for _, subjects := range [][]string{{"a", "b"}, {"c"}, {}} {
		for _, subject := range subjects {
			server.Add("INBOX", enginetest.Raw(subject, subject), mail.Flags{})
		}
		rep, err := w.Once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Total().Since(before); got != rep {
			t.Errorf("the total grew by %+v, the sync reported %+v", got, rep)
		}
		before = w.Total()
	}
	if before.Added != 3 {
		t.Errorf("total of %d new messages, want 3", before.Added)
	}
}

// TestBringTellsWhatIsNotThere: a message that is here needs no server, one that
// is nowhere is gone, and does not keep the others back.
func TestBringTellsWhatIsNotThere(t *testing.T) {
	tr := newTrial(t, 1)
	tr.must(tr.sync())
	var here mail.PlacementID
	err := tr.store.Read(t.Context(), func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(account)
		if err != nil {
			return err
		}
		for _, b := range boxes {
			rows, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 1})
			if err != nil {
				return err
			}
			if len(rows) > 0 {
				here = rows[0].ID
			}
		}
		return nil
	})
	tr.must(err)
	if err := tr.worker.Bring(t.Context(), here); err != nil {
		t.Errorf("Bring of message %d, which is here: %v", here, err)
	}
	if err := tr.worker.Bring(t.Context(), 4711, here); !mail.Is(err, mail.KindGone) {
		t.Errorf("Bring of a message that is nowhere: %v, want kind gone", err)
	}
}
