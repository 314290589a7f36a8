package gen

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// Write stores the plan's messages below root, a Maildir++ tree that Dovecot
// serves as it is: names carry sizes and flags, the file times are the
// INTERNALDATEs. What is there already stays.
func Write(root string, opts Options) (*Manifest, error) {
	p := New(opts)
	mailboxes := Mailboxes()
	if opts.Flat {
		mailboxes = []string{"INBOX"}
	}
	if err := makeMaildirs(root, mailboxes); err != nil {
		return nil, err
	}
	total := newTally(p.opts.Seed, mailboxes)
	parts := make([]*tally, runtime.GOMAXPROCS(0))
	errs := make([]error, len(parts))
	var next atomic.Int64
	next.Store(int64(opts.Skip))
	var wg sync.WaitGroup
	for w := range parts {
		parts[w] = newTally(p.opts.Seed, mailboxes)
		wg.Go(func() { errs[w] = p.writeSome(root, &next, parts[w]) })
	}
	wg.Wait()
	for _, part := range parts {
		total.merge(part)
	}
	return total.manifest(), errors.Join(errs...)
}

// writeSome takes numbers from next until there are none left.
func (p *Plan) writeSome(root string, next *atomic.Int64, t *tally) error {
	for {
		i := int(next.Add(1) - 1)
		if i >= p.Len() {
			return nil
		}
		m := p.Message(i)
		crlf := CRLF(m.Raw)
		if err := p.writeMessage(root, i, m, len(crlf)); err != nil {
			return err
		}
		t.add(m, crlf, p.slots[i].parent < 0)
	}
}

func (p *Plan) writeMessage(root string, i int, m Message, wire int) error {
	dir, info := "cur", ":2,"+m.Letters
	if p.opts.Fresh {
		dir, info = "new", ""
	}
	name := fmt.Sprintf("%d.M%06dP%d.gen,S=%d,W=%d%s", m.Date.Unix(), i%1000000, i/1000000+1, len(m.Raw), wire, info)
	path := filepath.Join(root, MaildirName(m.Mailbox), dir, name)
	if err := os.WriteFile(path, m.Raw, 0o600); err != nil {
		return err
	}
	return os.Chtimes(path, m.Date, m.Date)
}

// makeMaildirs makes the directories and subscribes to all mailboxes.
func makeMaildirs(root string, mailboxes []string) error {
	subscriptions := "V\t2\n\n"
	for _, m := range mailboxes {
		dir := filepath.Join(root, MaildirName(m))
		for _, sub := range []string{"cur", "new", "tmp"} {
			if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
				return err
			}
		}
		if m == "INBOX" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, "maildirfolder"), nil, 0o600); err != nil {
			return err
		}
		subscriptions += strings.ReplaceAll(modifiedUTF7(m), "/", "\t") + "\n"
	}
	return os.WriteFile(filepath.Join(root, "subscriptions"), []byte(subscriptions), 0o600)
}
