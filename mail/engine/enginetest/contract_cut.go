package enginetest

import (
	"fmt"
	"strings"
	"testing"

	"postrider/mail"
)

// cutAnywhere interrupts one sync with every kind of work in it at every point
// in turn; clean syncs then lead to the same end.
func cutAnywhere(b *bed) {
	if b.CutAt == nil {
		b.t.Skip("nothing to cut with")
	}
	for n := 1; n <= b.Cuts; n++ {
		if !b.cutStory(n) {
			return
		}
	}
}

// cutStory reports whether the connection was cut.
func (b *bed) cutStory(n int) (cut bool) {
	b.t.Run(fmt.Sprint("point ", n), func(t *testing.T) {
		c := newBed(t, func(*testing.T) Subject { return b.Subject })
		c.empty()
		c.deliver("INBOX", "one", "two", "three", "four")
		c.deliver("A", "five", "six")
		c.sync()
		c.do(mail.SetFlags{Targets: c.target("INBOX", "one"), Patch: seen})
		c.do(mail.Move{Targets: c.target("INBOX", "two"), To: c.mailbox("A")})
		c.do(mail.Move{Targets: c.target("A", "five"), To: c.mailbox("B")})
		c.do(mail.Copy{Targets: c.target("INBOX", "three"), To: c.mailbox("B")})
		c.do(mail.Expunge{Targets: c.target("A", "six")})
		c.do(mail.Append{Mailbox: c.mailbox("A"), Message: c.keep(Raw("seven", "seven"))})
		c.do(mail.CreateMailbox{Account: Account, Path: "C"})
		c.do(mail.Move{Targets: c.target("INBOX", "four"), To: c.mailbox("C")})
		c.deliver("INBOX", "eight")
		c.CutAt(n)
		_, err := c.worker.Once(t.Context())
		c.CutAt(0)
		if cut = err != nil; cut && !mail.Is(err, mail.KindOffline) {
			t.Errorf("the sync that was cut failed with %v, want kind offline", err)
		}
		for range 3 {
			c.sync()
		}
		c.agree(Line("INBOX", "one", seen.Add), plain("A", "two"), plain("INBOX", "three"), plain("B", "three"), plain("C", "four"), plain("B", "five"),
			plain("A", "seven"), plain("INBOX", "eight"))
		c.idle()
	})
	return cut
}

// empty brings the server back to how a Factory makes it.
func (b *bed) empty() {
	b.t.Helper()
	names, err := b.Server.Mailboxes()
	b.must(err)
	for _, name := range names {
		if name != "INBOX" {
			b.must(b.Server.Delete(name))
		}
	}
	for line := range strings.Lines(b.served()) {
		f := strings.Split(line, " | ")
		b.Server.Expunge(f[0], f[1])
	}
	b.must(b.Server.Make("A"))
	b.must(b.Server.Make("B"))
}

// cutPull interrupts first pulls; what came is not asked for again.
func cutPull(b *bed) {
	if b.CutAt == nil {
		b.t.Skip("nothing to cut with")
	}
	var want []string
	for i := range 12 {
		s := fmt.Sprint("m", i)
		b.deliver("INBOX", s)
		want = append(want, plain("INBOX", s))
	}
	for n := 1; n <= b.Cuts; n++ {
		b.CutAt(n)
		_, err := b.worker.Once(b.t.Context())
		b.CutAt(0)
		if err == nil {
			break
		}
	}
	b.sync()
	b.agree(want...)
	if rep := b.sync(); rep.Added+rep.Changed+rep.Removed != 0 {
		b.t.Errorf("a sync of nothing new found %+v", rep.Counts)
	}
}
