package enginetest

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// seen, starred and work are patches that add one flag.
var (
	seen    = mail.FlagPatch{Add: mail.Bits(mail.Seen)}
	starred = mail.FlagPatch{Add: mail.Bits(mail.Flagged)}
	work    = mail.FlagPatch{Add: mail.FlagsOf("work")}
)

// plain is the line of a message without flags.
func plain(mailbox, subject string) string { return Line(mailbox, subject, mail.Flags{}) }

func pullBrings(b *bed) {
	dots := append(Raw("two", "two"), ".\r\n..\r\nFrom here on\r\n\r\n"...)
	bare := append(Raw("three", "three"), "caf\xe9 \x80\xff, and no line end"...)
	if b.Protocol == store.POP3 {
		bare = append(bare, "\r\n"...) // its messages consist of lines (RFC 1939 3)
	}
	for _, raw := range [][]byte{Raw("one", "one"), dots, bare} {
		b.must(b.Server.Deliver("INBOX", raw))
	}
	if rep := b.sync(); rep.Added != 3 {
		b.t.Errorf("a sync took %d messages in, want 3", rep.Added)
	}
	b.agree(plain("INBOX", "one"), plain("INBOX", "two"), plain("INBOX", "three"))
	for subject, want := range map[string][]byte{"two": dots, "three": bare} {
		got, err := b.store.Raw(b.t.Context(), b.row("INBOX", subject).Message)
		b.must(err)
		if !bytes.Equal(got, want) {
			b.t.Errorf("the bytes of %q are\n%q\nwant\n%q", subject, got, want)
		}
	}
}

func pullRepeats(b *bed) {
	b.deliver("INBOX", "one", "two")
	b.sync()
	before := b.rows(b.mailbox("INBOX"))
	if rep := b.sync(); rep.Added+rep.Changed+rep.Removed != 0 {
		b.t.Errorf("a sync of nothing new found %+v", rep.Counts)
	}
	if after := b.rows(b.mailbox("INBOX")); !slices.Equal(ids(after), ids(before)) {
		b.t.Errorf("the messages are %v, were %v", ids(after), ids(before))
	}
}

func pullSees(b *bed) {
	b.deliver("INBOX", "one", "two", "three", "four")
	b.deliver("A", "five")
	b.sync()
	moved := b.row("INBOX", "three").ID
	b.must(b.Server.SetFlags("INBOX", "one", seen))
	b.must(b.Server.SetFlags("INBOX", "one", work))
	b.must(b.Server.Expunge("INBOX", "two"))
	b.must(b.Server.Move("INBOX", "three", "B"))
	b.deliver("A", "six")
	b.sync()
	b.sync()
	b.agree(Line("INBOX", "one", mail.FlagsOf(`\Seen`, "work")), plain("INBOX", "four"), plain("B", "three"), plain("A", "five"), plain("A", "six"))
	if got := b.row("B", "three").ID; got != moved {
		b.t.Errorf("what another client moved has id %d, had %d", got, moved)
	}
	b.must(b.Server.SetFlags("INBOX", "one", mail.FlagPatch{Remove: seen.Add}))
	b.must(b.Server.Expunge("A", "five"))
	b.must(b.Server.Expunge("A", "six"))
	b.must(b.Server.Move("B", "three", "A")) // and in the other direction
	b.sync()
	b.agree(Line("INBOX", "one", work.Add), plain("INBOX", "four"), plain("A", "three"))
	if got := b.row("A", "three").ID; got != moved {
		b.t.Errorf("what another client moved has id %d, had %d", got, moved)
	}
}

func pullSeesFolders(b *bed) {
	b.deliver("A", "one")
	b.sync()
	b.must(b.Server.Make("C"))
	b.must(b.Server.Deliver("C", Raw("two", "two")))
	b.must(b.Server.Rename("A", "D"))
	b.must(b.Server.Delete("B"))
	for range 4 { // one that is missing from a list may be missing by mistake
		b.sync()
	}
	b.agree(plain("C", "two"), plain("D", "one"))
	b.sameFolders()
}

// sameFolders fails the test unless the store has the server's mailboxes.
func (b *bed) sameFolders() {
	b.t.Helper()
	want, err := b.Server.Mailboxes()
	b.must(err)
	var got []string
	for _, m := range b.mailboxes() {
		got = append(got, m.Path)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		b.t.Errorf("the folders are %v, the server has %v", got, want)
	}
}

func pullRecognises(b *bed) {
	b.deliver("A", "one", "two", "three")
	b.sync()
	before := map[string]mail.PlacementID{}
	for _, r := range b.rows(b.mailbox("A")) {
		before[r.Subject] = r.ID
	}
	b.must(b.Server.Renumber("A"))
	b.sync()
	b.sync()
	b.agree(plain("A", "one"), plain("A", "two"), plain("A", "three"))
	for subject, id := range before {
		if got := b.row("A", subject).ID; got != id {
			b.t.Errorf("%q has id %d, had %d", subject, got, id)
		}
	}
}

func pullLetsIn(b *bed) {
	b.deliver("INBOX", "one", "two")
	b.deliver("A", "three")
	b.sync()
	b.deliver("INBOX", "four")
	d := b.connect()
	times := 0
	scope := quiet
	scope.Between = func(ctx context.Context) error {
		if times++; times > 1 {
			return nil
		}
		b.do(mail.Move{Targets: b.target("INBOX", "one"), To: b.mailbox("B")})
		task := b.task()
		results, err := d.Push(ctx, task)
		if err != nil {
			return err
		}
		return b.store.Settle(ctx, task, results)
	}
	b.must(d.Pull(b.t.Context(), scope, b.store.Mirror(Account)))
	if times == 0 {
		b.t.Fatal("a pull with news lets nothing in between")
	}
	b.must(b.pull(d))
	b.must(b.pull(d))
	b.agree(plain("INBOX", "two"), plain("INBOX", "four"), plain("A", "three"), plain("B", "one"))
}

func pullTells(b *bed) {
	b.deliver("INBOX", "one", "two", "three")
	last, times := engine.Progress{}, 0
	scope := quiet
	scope.Progress = func(p engine.Progress) {
		if p.Done < last.Done {
			b.t.Errorf("after %+v it told %+v", last, p)
		}
		last = p
		times++
	}
	b.must(b.connect().Pull(b.t.Context(), scope, b.store.Mirror(Account)))
	if times == 0 || last.Of > 0 && last.Done > last.Of || strings.TrimSpace(last.Doing) == "" {
		b.t.Errorf("told %d times, at last %+v", times, last)
	}
}

func ids(rows []store.Row) (ids []mail.PlacementID) {
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}
