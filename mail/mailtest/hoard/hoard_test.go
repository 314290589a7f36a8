package hoard

import (
	"testing"

	"postrider/mail"
	"postrider/mail/store"
)

// TestHoardIsWhatASyncLeaves: the store agrees with itself, everything is in its
// mailbox, and there are conversations and unread mail to look at.
func TestHoardIsWhatASyncLeaves(t *testing.T) {
	dir := t.TempDir()
	if err := Fill(t.Context(), dir, Options{Messages: 2000}); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rep, err := s.Check(t.Context(), false, nil)
	if err != nil || !rep.OK() || rep.Placements != 2000 {
		t.Errorf("the check says %+v, %v", rep, err)
	}
	var boxes []mail.MailboxID
	var messages, conversations store.Spine
	unread := 0
	if err := s.Read(t.Context(), func(sn *store.Snapshot) error {
		list, err := sn.Mailboxes("")
		for _, m := range list {
			boxes = append(boxes, m.ID)
			unread += m.Unread
		}
		if err == nil {
			messages, err = sn.Spine(store.View{Mailboxes: boxes})
		}
		if err == nil {
			conversations, err = sn.Spine(store.View{Mailboxes: boxes, Conversations: true})
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(boxes) < 40 || messages.Len() != 2000 || conversations.Len() < 500 || conversations.Len() > 1800 || unread == 0 {
		t.Errorf("there are %d mailboxes, %d messages in %d conversations, %d unread", len(boxes), messages.Len(), conversations.Len(), unread)
	}
}
