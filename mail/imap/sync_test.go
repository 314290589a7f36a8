package imap_test

import (
	"testing"

	"postrider/mail"
	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

func TestEveryMessageArrivesByteForByte(t *testing.T) {
	s := mailtest.Dovecot(t)
	m, err := s.Load("alice", gen.Options{N: 600})
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, s.IMAP)
	rep := c.sync()
	if rep.Added != m.Messages {
		t.Errorf("took in %d messages, the server has %d", rep.Added, m.Messages)
	}
	for path, want := range m.Mailboxes {
		if box := c.mailbox(path); box.Total != want.Messages || box.Unread != want.Unseen {
			t.Errorf("%s: %d messages, %d unread; want %d, %d", path, box.Total, box.Unread, want.Messages, want.Unseen)
		}
	}
	if got := c.sum(); got != m.Sum {
		t.Error("some bytes are not the server's")
	}
	if rep := c.sync(); rep.Added+rep.Changed+rep.Removed != 0 {
		t.Errorf("a second sync found news: %+v", rep.Counts)
	}
	if rep := c.sync(); rep.RoundTrips > 10 || rep.In+rep.Out > 20_000 {
		t.Errorf("nothing new took %d round trips, %d octets", rep.RoundTrips, rep.In+rep.Out)
	}
	c.check()
}

// server starts a Dovecot whose alice has the usual folders.
func server(t *testing.T, opts ...mailtest.Option) *mailtest.Server {
	t.Helper()
	s := mailtest.Dovecot(t, opts...)
	if out, err := s.Doveadm("mailbox", "create", "-u", "alice", "Archive", "Drafts", "Trash"); err != nil {
		t.Fatal(err, out)
	}
	return s
}

func deliver(t *testing.T, s *mailtest.Server, subjects ...string) {
	t.Helper()
	for i, name := range subjects {
		if err := s.Deliver("alice", raw(i, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTwoClientsShowTheSame(t *testing.T) {
	for name, old := range map[string][]mailtest.Option{"modern": nil, "poor old server": {mailtest.Config(mailtest.OldIMAP)}} {
		t.Run(name, func(t *testing.T) {
			s := server(t, old...)
			deliver(t, s, "one", "two", "three", "four", "five")
			a, b := newClient(t, s.IMAP), newClient(t, s.IMAP)
			a.sync()
			b.sync()
			a.do(mail.SetFlags{Targets: []mail.PlacementID{a.one("INBOX", "one").ID}, Patch: mail.FlagPatch{Add: mail.FlagsOf(`\Seen`, `\Flagged`, "work")}})
			a.do(mail.Move{Targets: []mail.PlacementID{a.one("INBOX", "two").ID}, To: a.mailbox("Archive").ID})
			a.do(mail.Expunge{Targets: []mail.PlacementID{a.one("INBOX", "three").ID}})
			a.do(mail.Copy{Targets: []mail.PlacementID{a.one("INBOX", "four").ID}, To: a.mailbox("Archive").ID})
			a.do(mail.CreateMailbox{Account: id, Path: "Neu/Übersicht"})
			a.do(mail.Move{Targets: []mail.PlacementID{a.one("INBOX", "five").ID}, To: a.mailbox("Neu/Übersicht").ID})
			want := a.picture()
			if rep := a.sync(); rep.Failed > 0 || rep.Pushed != 6 {
				t.Errorf("pushed %d, failed %d", rep.Pushed, rep.Failed)
			}
			b.sync()
			a.sync()
			if got := a.picture(); got != want {
				t.Errorf("what was done looked like\n%s\nand after the sync like\n%s", want, got)
			}
			if got := b.picture(); got != want {
				t.Errorf("the other client shows\n%s\nwant\n%s", got, want)
			}
			a.check()
			b.check()
		})
	}
}

func TestIDsSurviveMoveAndNewUIDValidity(t *testing.T) {
	s := server(t)
	deliver(t, s, "one", "two", "three")
	a := newClient(t, s.IMAP)
	a.sync()
	one, two := a.one("INBOX", "one"), a.one("INBOX", "two")
	a.do(mail.Move{Targets: []mail.PlacementID{one.ID}, To: a.mailbox("Archive").ID})
	a.sync()
	a.sync()
	if got := a.one("Archive", "one").ID; got != one.ID {
		t.Errorf("the moved message has id %d, had %d", got, one.ID)
	}
	if out, err := s.Doveadm("mailbox", "update", "-u", "alice", "--uid-validity", "777777", "INBOX"); err != nil {
		t.Fatal(err, out)
	}
	rep := a.sync()
	if got := a.one("INBOX", "two").ID; got != two.ID {
		t.Errorf("after a new UIDVALIDITY the message has id %d, had %d", got, two.ID)
	}
	if rep.Added != 0 || rep.In > 10_000 {
		t.Errorf("a new UIDVALIDITY brought %d messages again, %d octets", rep.Added, rep.In)
	}
	a.check()
}

func TestAppendsAndDeletedFoldersReachTheServer(t *testing.T) {
	s := server(t)
	a := newClient(t, s.IMAP)
	a.sync()
	st, err := a.store.StageBytes(t.Context(), raw(1, "uploaded"))
	if err != nil {
		t.Fatal(err)
	}
	msg, err := a.store.Keep(t.Context(), st)
	if err != nil {
		t.Fatal(err)
	}
	a.do(mail.Append{Mailbox: a.mailbox("Drafts").ID, Message: msg, Flags: mail.Bits(mail.Draft | mail.Seen)})
	a.do(mail.CreateMailbox{Account: id, Path: "Soon"})
	a.sync()
	a.do(mail.RenameMailbox{Mailbox: a.mailbox("Soon").ID, Path: "Later"})
	a.sync()
	a.do(mail.DeleteMailbox{Mailbox: a.mailbox("Later").ID})
	a.sync()
	b := newClient(t, s.IMAP)
	b.sync()
	if got, want := b.picture(), `Drafts | uploaded | [\Seen \Draft]`; got != want {
		t.Errorf("the server has\n%s\nwant\n%s", got, want)
	}
	stored, err := s.Messages("alice", "Drafts")
	if err != nil || len(stored) != 1 {
		t.Fatal(err, len(stored))
	}
	a.check()
}
