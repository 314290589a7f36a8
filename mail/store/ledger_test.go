package store

import (
	"context"
	"fmt"
	"testing"

	"postrider/mail"
)

const popAccount = mail.AccountID("pop")

// maildrop is a POP3 account's store with what a driver does to it.
type maildrop struct {
	*testing.T
	*Store
	mirror *Mirror
}

func newMaildrop(t *testing.T) *maildrop {
	s, err := Open(t.Context(), t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if rep, err := s.Check(context.WithoutCancel(t.Context()), false, nil); err != nil || !rep.OK() {
			t.Errorf("check: %v %v", err, rep.Problems)
		}
		s.Close()
	})
	if err := s.AddAccount(t.Context(), popAccount, POP3); err != nil {
		t.Fatal(err)
	}
	return &maildrop{t, s, s.Mirror(popAccount)}
}

func (d *maildrop) box(role mail.Role) (found mail.Mailbox) {
	d.Helper()
	d.must(d.Read(d.Context(), func(sn *Snapshot) error {
		list, err := sn.Mailboxes(popAccount)
		for _, b := range list {
			if b.Role == role {
				found = b
			}
		}
		return err
	}))
	return found
}

func (d *maildrop) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// deliver brings a message whose text is body; known are the names that still
// name what they did.
func (d *maildrop) deliver(uidl mail.UIDL, body string, known ...mail.UIDL) (added int) {
	d.Helper()
	raw := fmt.Appendf(nil, "Message-ID: <%s@x.example>\r\nSubject: %s\r\n\r\n%s\r\n", body, body, body)
	st, err := d.StageBytes(d.Context(), raw)
	d.must(err)
	names := map[mail.UIDL]bool{}
	for _, k := range known {
		names[k] = true
	}
	added, err = d.mirror.Deliver(d.Context(), d.box(mail.RoleInbox).ID, []Delivery{{
		UIDL: uidl, Size: int64(len(raw)), Head: body, Received: d.Now(), Staged: st,
	}}, func(u mail.UIDL) bool { return names[u] })
	d.must(err)
	return added
}

func (d *maildrop) ledger() map[mail.UIDL]Entry {
	d.Helper()
	entries, err := d.mirror.Ledger(d.Context())
	d.must(err)
	return entries
}

func (d *maildrop) act(op mail.Op) []mail.PlacementID {
	d.Helper()
	made, err := d.Do(d.Context(), op)
	d.must(err)
	return made
}

func (d *maildrop) moveTo(id mail.PlacementID, role mail.Role) {
	d.Helper()
	d.act(mail.Move{Targets: []mail.PlacementID{id}, To: d.box(role).ID})
}

// TestDeliverKnowsBytes: the same bytes come once, under whatever name the
// server has for them, unless it has two of them.
func TestDeliverKnowsBytes(t *testing.T) {
	d := newMaildrop(t)
	for i, tt := range []struct {
		uidl  mail.UIDL
		body  string
		known []mail.UIDL
		added int
	}{
		{"a", "one", nil, 1},
		{"a", "one", []mail.UIDL{"a"}, 0}, // a second look
		{"b", "one", []mail.UIDL{"a"}, 1}, // a copy
		{"c", "one", []mail.UIDL{"b"}, 0}, // a has another name now
		{"c", "two", nil, 1},              // c names another message now
		{"d", "one", []mail.UIDL{"b"}, 0}, // and what c was is d
		{"x", "two", []mail.UIDL{"x"}, 0},
	} {
		if got := d.deliver(tt.uidl, tt.body, tt.known...); got != tt.added {
			t.Errorf("%d: %s under %s added %d, want %d", i, tt.body, tt.uidl, got, tt.added)
		}
	}
	entries := d.ledger()
	for uidl, head := range map[mail.UIDL]string{"b": "one", "d": "one", "x": "two"} {
		if e := entries[uidl]; e.Head != head || !e.Served || !e.Here || !e.Sure {
			t.Errorf("%s is %+v, want %s", uidl, e, head)
		}
	}
	if n := d.box(mail.RoleInbox).Total; n != 3 {
		t.Errorf("the inbox has %d messages, want 3", n)
	}
}

// TestDeliverMends: bytes that were lost on this computer come again.
func TestDeliverMends(t *testing.T) {
	d := newMaildrop(t)
	d.deliver("a", "one")
	d.must(d.letBytesGo(t.Context(), &blob{id: 1}))
	if e := d.ledger()["a"]; !e.Damaged {
		t.Errorf("before: %+v", e)
	}
	if added := d.deliver("a", "one", "a"); added != 0 {
		t.Errorf("%d added", added)
	}
	e := d.ledger()["a"]
	if e.Damaged {
		t.Errorf("after: %+v", e)
	}
	d.must(d.Read(t.Context(), func(sn *Snapshot) error {
		src, err := sn.SourceOf(e.Placement)
		if !src.Here || src.UIDL != "a" {
			t.Errorf("the source is %+v", src)
		}
		return err
	}))
}

// TestCustody: a message counts as deleted when the last of it went to the
// trash or for good, and not any more when some of it comes back.
func TestCustody(t *testing.T) {
	inbox := func(d *maildrop) mail.PlacementID { return d.ledger()["a"].Placement }
	copied := func(d *maildrop) mail.PlacementID {
		return d.act(mail.Copy{Targets: []mail.PlacementID{inbox(d)}, To: d.box(mail.RoleArchive).ID})[0]
	}
	expunge := func(d *maildrop, id mail.PlacementID) { d.act(mail.Expunge{Targets: []mail.PlacementID{id}}) }
	for name, tt := range map[string]struct {
		act     func(*maildrop)
		deleted bool
	}{
		"nothing":              {func(*maildrop) {}, false},
		"archived":             {func(d *maildrop) { d.moveTo(inbox(d), mail.RoleArchive) }, false},
		"trashed":              {func(d *maildrop) { d.moveTo(inbox(d), mail.RoleTrash) }, true},
		"for good":             {func(d *maildrop) { expunge(d, inbox(d)) }, true},
		"trashed and for good": {func(d *maildrop) { d.moveTo(inbox(d), mail.RoleTrash); expunge(d, inbox(d)) }, true},
		"trashed and back": {func(d *maildrop) {
			d.moveTo(inbox(d), mail.RoleTrash)
			d.moveTo(inbox(d), mail.RoleInbox)
		}, false},
		"trashed, undone": {func(d *maildrop) {
			d.moveTo(inbox(d), mail.RoleTrash)
			_, err := d.Undo(d.Context())
			d.must(err)
		}, false},
		"for good, undone": {func(d *maildrop) {
			expunge(d, inbox(d))
			_, err := d.Undo(d.Context())
			d.must(err)
		}, false},
		"a copy kept":       {func(d *maildrop) { copied(d); expunge(d, inbox(d)) }, false},
		"the copy trashed":  {func(d *maildrop) { d.moveTo(copied(d), mail.RoleTrash) }, false},
		"both":              {func(d *maildrop) { id := copied(d); expunge(d, inbox(d)); d.moveTo(id, mail.RoleTrash) }, true},
		"copied from trash": {func(d *maildrop) { d.moveTo(inbox(d), mail.RoleTrash); copied(d) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newMaildrop(t)
			d.deliver("a", "one")
			d.deliver("b", "two")
			tt.act(d)
			entries := d.ledger()
			if got := !entries["a"].Deleted.IsZero(); got != tt.deleted {
				t.Errorf("deleted: %v, want %v", got, tt.deleted)
			}
			if e := entries["b"]; !e.Deleted.IsZero() || !e.Here {
				t.Errorf("another message is %+v", e)
			}
		})
	}
}

// TestLeft: what left the server is remembered for a while, and known when it
// comes back under any name.
func TestLeft(t *testing.T) {
	d := newMaildrop(t)
	d.deliver("a", "one")
	d.deliver("b", "two")
	entries := d.ledger()
	d.must(d.mirror.Left(t.Context(), []Entry{entries["a"], entries["b"]}))
	a, b := d.ledger()["a"], d.ledger()["b"]
	if a.Served || b.Served || !a.Here {
		t.Errorf("then: %+v, %+v", a, b)
	}
	a.UIDL, b.UIDL = "b", "a" // they came back, and changed places
	d.must(d.mirror.Recognised(t.Context(), []Entry{a, b}))
	for uidl, head := range map[mail.UIDL]string{"a": "two", "b": "one"} {
		if e := d.ledger()[uidl]; e.Head != head || !e.Served {
			t.Errorf("%s is %+v, want %s", uidl, e, head)
		}
	}
}
