package enginetest

import (
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/store"
)

func pushFlags(b *bed) {
	b.deliver("INBOX", "one", "two", "three")
	b.must(b.Server.SetFlags("INBOX", "two", starred))
	b.sync()
	b.do(mail.SetFlags{Targets: b.target("INBOX", "one", "two"), Patch: mail.FlagPatch{Add: seen.Add.Union(work.Add)}})
	b.do(mail.SetFlags{Targets: b.target("INBOX", "two"), Patch: mail.FlagPatch{Remove: starred.Add}})
	b.must(b.Server.SetFlags("INBOX", "one", starred)) // by another client meanwhile: both changes hold
	if rep := b.sync(); rep.Failed > 0 || rep.Pushed != 3 {
		b.t.Errorf("pushed %d operations, failed %d; want 3, 0", rep.Pushed, rep.Failed)
	}
	b.agree(Line("INBOX", "one", mail.FlagsOf(`\Seen`, `\Flagged`, "work")), Line("INBOX", "two", mail.FlagsOf(`\Seen`, "work")), plain("INBOX", "three"))
}

func pushMove(b *bed) {
	b.deliver("INBOX", "one", "two")
	b.sync()
	b.do(mail.SetFlags{Targets: b.target("INBOX", "one"), Patch: seen})
	id := b.row("INBOX", "one").ID
	b.do(mail.Move{Targets: b.target("INBOX", "one"), To: b.mailbox("A")})
	for range 3 {
		b.sync()
		b.agree(Line("A", "one", seen.Add), plain("INBOX", "two"))
		if got := b.row("A", "one").ID; got != id {
			b.t.Errorf("the message has id %d, had %d", got, id)
		}
	}
}

func pushCopy(b *bed) {
	b.deliver("INBOX", "one")
	b.sync()
	b.do(mail.Copy{Targets: b.target("INBOX", "one"), To: b.mailbox("A")})
	b.do(mail.Copy{Targets: b.target("INBOX", "one"), To: b.mailbox("B")})
	for range 3 {
		b.sync()
		b.agree(plain("INBOX", "one"), plain("A", "one"), plain("B", "one"))
	}
}

func pushExpunge(b *bed) {
	b.deliver("INBOX", "one", "two", "three")
	b.must(b.Server.SetFlags("INBOX", "two", mail.FlagPatch{Add: mail.Bits(mail.Deleted)})) // and left there, by another client
	b.sync()
	b.do(mail.Expunge{Targets: b.target("INBOX", "three")})
	b.sync()
	b.agree(plain("INBOX", "one"), Line("INBOX", "two", mail.Bits(mail.Deleted)))
}

// keep stores a message that is on no server.
func (b *bed) keep(raw []byte) mail.MessageID {
	b.t.Helper()
	st, err := b.store.StageBytes(b.t.Context(), raw)
	b.must(err)
	id, err := b.store.Keep(b.t.Context(), st)
	b.must(err)
	return id
}

func pushAppend(b *bed) {
	b.sync()
	raw := append(Raw("one", "one"), "caf\xc3\xa9\r\n.\r\n"...)
	b.do(mail.Append{Mailbox: b.mailbox("A"), Message: b.keep(raw), Flags: mail.Bits(mail.Seen | mail.Draft), Received: time.Unix(1772445600, 0)})
	for range 3 {
		b.sync()
		b.agree(Line("A", "one", mail.Bits(mail.Seen|mail.Draft)))
	}
	other := newBed(b.t, func(*testing.T) Subject { return b.Subject })
	other.sync()
	got, err := other.store.Raw(b.t.Context(), other.row("A", "one").Message)
	b.must(err)
	if string(got) != string(raw) {
		b.t.Errorf("the server has the bytes\n%q\nwant\n%q", got, raw)
	}
}

func pushFolders(b *bed) {
	b.deliver("INBOX", "one")
	b.sync()
	b.do(mail.CreateMailbox{Account: Account, Path: "Neu & Übersicht 日本"})
	b.do(mail.CreateMailbox{Account: Account, Path: "Neu & Übersicht 日本/unten"})
	b.do(mail.Move{Targets: b.target("INBOX", "one"), To: b.mailbox("Neu & Übersicht 日本/unten")})
	b.sync()
	b.agree(plain("Neu & Übersicht 日本/unten", "one"))
	b.do(mail.RenameMailbox{Mailbox: b.mailbox("Neu & Übersicht 日本"), Path: "Alt"})
	b.do(mail.DeleteMailbox{Mailbox: b.mailbox("B")})
	b.sync()
	b.sync()
	b.agree(plain("Alt/unten", "one"))
	b.sameFolders()
}

// pushEnds: of three messages one is gone and the others are not.
func pushEnds(b *bed) {
	b.deliver("INBOX", "one", "two", "three")
	b.deliver("A", "four", "five", "six")
	b.sync()
	b.do(mail.Move{Targets: b.target("INBOX", "one", "two", "three"), To: b.mailbox("B")})
	b.do(mail.SetFlags{Targets: b.target("A", "four", "five"), Patch: seen})
	b.do(mail.Expunge{Targets: b.target("A", "five", "six")})
	b.must(b.Server.Expunge("INBOX", "two"))
	b.must(b.Server.Expunge("A", "five"))
	for range 3 {
		b.sync()
	}
	b.agree(plain("B", "one"), plain("B", "three"), Line("A", "four", seen.Add))
	b.idle()
}

// idle fails the test if an operation waits or failed.
func (b *bed) idle() {
	b.t.Helper()
	b.read(func(sn *store.Snapshot) error {
		list, err := sn.Pending(Account)
		for _, p := range list {
			b.t.Errorf("%s is %s: %v", p.Kind, p.State, p.Err)
		}
		return err
	})
}

func pushRefused(b *bed) {
	b.deliver("INBOX", "one", "two")
	b.sync()
	b.do(mail.Move{Targets: b.target("INBOX", "one"), To: b.mailbox("A")})
	b.do(mail.Copy{Targets: b.target("INBOX", "two"), To: b.mailbox("A")})
	b.do(mail.SetFlags{Targets: b.target("INBOX", "two"), Patch: seen})
	b.must(b.Server.Delete("A"))
	rep := b.sync()
	if rep.Failed != 2 || rep.Pushed != 1 {
		b.t.Errorf("pushed %d operations, failed %d; want 1, 2", rep.Pushed, rep.Failed)
	}
	b.agree(plain("INBOX", "one"), Line("INBOX", "two", seen.Add))
	b.read(func(sn *store.Snapshot) error {
		list, err := sn.Pending(Account)
		for _, p := range list {
			if p.State != mail.StateFailed || p.Err == nil || p.Err.Sentence() == "" {
				b.t.Errorf("%s is %s: %v; want it failed, with a reason", p.Kind, p.State, p.Err)
			}
		}
		return err
	})
}

// pushAgain carries every kind of task out, forgets that it was, and carries it
// out again.
func pushAgain(b *bed) {
	b.deliver("INBOX", "one", "two", "three", "four")
	b.sync()
	d := b.connect()
	for _, op := range []mail.Op{
		mail.SetFlags{Targets: b.target("INBOX", "one"), Patch: seen},
		mail.Move{Targets: b.target("INBOX", "two"), To: b.mailbox("A")},
		mail.Copy{Targets: b.target("INBOX", "one"), To: b.mailbox("B")},
		mail.Expunge{Targets: b.target("INBOX", "three")},
		mail.Append{Mailbox: b.mailbox("B"), Message: b.keep(Raw("five", "five"))},
		mail.CreateMailbox{Account: Account, Path: "C"},
		mail.RenameMailbox{Mailbox: b.mailbox("A"), Path: "D"},
	} {
		b.do(op)
		_, err := d.Push(b.t.Context(), b.task())
		b.must(err)
		b.must(b.store.Requeue(b.t.Context(), Account))
		task := b.task()
		results, err := d.Push(b.t.Context(), task)
		b.must(err)
		if len(results) != 1 || results[0].How != store.Done && results[0].How != store.Gone {
			b.t.Errorf("%s ended the second time as %+v", op.Kind(), results)
		}
		b.must(b.store.Settle(b.t.Context(), task, results))
	}
	for range 3 {
		b.sync()
	}
	b.agree(Line("INBOX", "one", seen.Add), plain("D", "two"), Line("B", "one", seen.Add), plain("INBOX", "four"), plain("B", "five"))
	b.sameFolders()
	b.idle()
}

// pushStale: the UIDs of a task name other messages by the time it goes out.
func pushStale(b *bed) {
	for name, op := range map[string]func() mail.Op{
		"flags":   func() mail.Op { return mail.SetFlags{Targets: b.target("A", "one", "two"), Patch: seen} },
		"move":    func() mail.Op { return mail.Move{Targets: b.target("A", "one"), To: b.mailbox("B")} },
		"copy":    func() mail.Op { return mail.Copy{Targets: b.target("A", "two"), To: b.mailbox("B")} },
		"expunge": func() mail.Op { return mail.Expunge{Targets: b.target("A", "one")} },
	} {
		b.stale(name, op)
	}
}

func (b *bed) stale(name string, op func() mail.Op) {
	for _, s := range []string{"one", "two", "three"} {
		if b.Server.Expunge("A", s) != nil {
			b.Server.Expunge("B", s)
		}
	}
	b.deliver("A", "one", "two", "three")
	b.sync()
	b.do(op())
	task := b.task()
	b.must(b.Server.Renumber("A"))
	before := b.served()
	d := b.connect()
	results, err := d.Push(b.t.Context(), task)
	b.must(err)
	if after := b.served(); after != before {
		b.t.Errorf("%s: the server has\n%s\nhad\n%s", name, after, before)
	}
	for _, r := range results {
		if r.How != store.Stale {
			b.t.Errorf("%s: ended as %d, want stale (%d)", name, r.How, store.Stale)
		}
	}
	b.must(b.store.Settle(b.t.Context(), task, results))
	b.must(d.Close())
	for range 3 {
		b.sync()
	}
	if got, want := b.picture(), b.served(); got != want {
		b.t.Errorf("%s: the client shows\n%s\nthe server has\n%s", name, got, want)
	}
	b.idle()
}
