package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"postrider/mail"
)

// TestConversationsPageByPage: each conversation is listed once, at its newest
// message, however the pages are cut, and says how long it is.
func TestConversationsPageByPage(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	box := importInto(t, s, POP3)
	var list []Incoming
	for i := range 12 { // three conversations, interleaved; the third is read
		raw := fmt.Sprintf("Message-ID: <%d@x.example>\r\nReferences: <%d@x.example>\r\nDate: %s\r\n\r\nbody",
			i, i%3, time.Unix(int64(1741000000+i*60), 0).Format(time.RFC1123Z))
		st, err := s.StageBytes(t.Context(), []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		in := Incoming{Staged: st}
		if i%3 == 2 {
			in.Flags = mail.Bits(mail.Seen)
		}
		list = append(list, in)
	}
	made, err := s.Import(t.Context(), box, list)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		limit  int
		filter Filter
		want   []mail.PlacementID
	}{
		{1, All, []mail.PlacementID{made[11], made[10], made[9]}},
		{2, All, []mail.PlacementID{made[11], made[10], made[9]}},
		{50, All, []mail.PlacementID{made[11], made[10], made[9]}},
		{1, Unread, []mail.PlacementID{made[10], made[9]}},
	} {
		got := conversationPages(t, s, Page{Mailboxes: []mail.MailboxID{box}, Limit: c.limit, Filter: c.filter})
		if !slices.Equal(got, c.want) {
			t.Errorf("pages of %d, filter %q: %v, want %v", c.limit, c.filter, got, c.want)
		}
	}
}

func conversationPages(t *testing.T, s *Store, page Page) (heads []mail.PlacementID) {
	t.Helper()
	for range 20 {
		var list []Conversation
		err := s.Read(t.Context(), func(sn *Snapshot) (err error) {
			list, err = sn.Conversations(page)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return heads
		}
		for _, c := range list {
			heads = append(heads, c.ID)
			if c.Messages != 4 {
				t.Errorf("conversation of %d has %d messages, want 4", c.ID, c.Messages)
			}
		}
		page.Before = heads[len(heads)-1]
	}
	return heads
}
