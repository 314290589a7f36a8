package pop

import (
	"context"
	"encoding/hex"
	"errors"
	"io"

	"postrider/mail"
	"postrider/mail/pop/pop3"
	"postrider/mail/store"
)

// recognise finds out which messages are here: by name and size where the
// server gives names; by their headers where it gives none, or has given all
// messages new ones. What is to be deleted is looked at too, however well known:
// servers give an old name to another message.
func (p *pulling) recognise(ctx context.Context) error {
	p.matched = make(map[int64]bool, len(p.items))
	p.byName()
	strangers := p.strangers()
	if err := p.look(ctx, strangers); err != nil {
		return err
	}
	again := p.byHeader(strangers)
	p.confirm()
	p.giveKeys()
	if len(again) == 0 {
		return nil
	}
	return p.m.Recognised(ctx, again)
}

// byName matches messages with the ledger by UIDL and size.
func (p *pulling) byName() {
	for _, it := range p.items {
		e := p.ledger[it.id]
		if it.id == "" || e == nil {
			continue
		}
		it.doubt = e
		p.matched[e.ID] = true
		if e.Served && !e.Damaged && sizesAgree(e.Size, it.size) {
			it.entry = e
		}
	}
}

// sizesAgree compares sizes as LIST said them; 0 says nothing.
func sizesAgree(a, b int64) bool { return a == b || a == 0 || b == 0 }

// strangers are the entries whose message no item is certain to be, by header.
func (p *pulling) strangers() map[string][]*store.Entry {
	certain := make(map[int64]bool, len(p.items))
	for _, it := range p.items {
		if it.entry != nil {
			certain[it.entry.ID] = true
		}
	}
	list := map[string][]*store.Entry{}
	for _, e := range p.ledger {
		if !certain[e.ID] && !e.Damaged && e.Head != "" {
			list[e.Head] = append(list[e.Head], e)
		}
	}
	return list
}

// look asks for the headers of messages that they may tell something of. For a
// server that does not give them, nothing is told.
func (p *pulling) look(ctx context.Context, strangers map[string][]*store.Entry) error {
	sizes := map[int64]bool{}
	for _, list := range strangers {
		for _, e := range list {
			sizes[e.Size] = true
		}
	}
	var want []pop3.Scan
	for _, it := range p.items {
		switch {
		case it.id == "", it.entry == nil && it.size != 0 && sizes[it.size], it.entry != nil && p.mayGo(it.entry):
			want = append(want, pop3.Scan{Num: it.num, Size: it.size})
		}
	}
	if len(want) == 0 || !p.cfg.Account.Uses("TOP") {
		return nil
	}
	caps, err := p.client.Caps(ctx)
	if err != nil || caps.Known && !caps.TOP {
		return err
	}
	err = p.client.TopAll(ctx, want, 0, p.window(), func(m *pop3.Message) error {
		raw, err := readUpTo(m, m.Announced)
		switch {
		case err == nil:
			p.byNum[m.Num].head = headOf(raw)
		case !caps.Known:
			return errNoTop // do not try the patience of a server that says what it has by refusing
		}
		return nil // what ends the session, TopAll returns
	})
	if errors.Is(err, errNoTop) {
		return nil
	}
	return err
}

var errNoTop = errors.New("pop: the server has no TOP")

// window is how many commands may be in flight; 0: the client chooses.
func (p *pulling) window() int {
	if p.cfg.Account.Uses("PIPELINING") {
		return 0
	}
	return 1
}

func (p *pulling) mayGo(e *store.Entry) bool { return due(&p.cfg.Account, *e, p.now) }

// byHeader matches messages with strangers that have the same header and size,
// where that leaves no choice. It returns the entries as they are now.
func (p *pulling) byHeader(strangers map[string][]*store.Entry) (again []store.Entry) {
	count := p.heads()
	for _, it := range p.items {
		list := strangers[it.head.sum]
		if it.entry != nil || !it.head.unique || count[it.head.sum] != 1 || len(list) != 1 || !sizesAgree(list[0].Size, it.size) {
			continue
		}
		e := list[0]
		it.entry, it.doubt = e, e
		p.matched[e.ID] = true
		if name := it.name(); e.UIDL != name || !e.Served || e.Size != it.size {
			e.UIDL, e.Size, e.Served = name, it.size, true
			again = append(again, *e)
		}
	}
	return again
}

// heads counts how many items have a header.
func (p *pulling) heads() map[string]int {
	count := map[string]int{}
	for _, it := range p.items {
		if it.head.sum != "" {
			count[it.head.sum]++
		}
	}
	return count
}

// name is what the ledger has, or will have, a message as.
func (it *item) name() mail.UIDL {
	if it.id != "" {
		return it.id
	}
	return mail.UIDL(byHeader + hex.EncodeToString([]byte(it.head.sum)))
}

// confirm looks for proof that what may be deleted is what is here: the same
// header under a name and a size of the server's. What has none is taken in
// once more, which tells for certain.
func (p *pulling) confirm() {
	for _, it := range p.items {
		if it.entry == nil || !p.mayGo(it.entry) {
			continue
		}
		it.proof = it.id != "" && it.entry.Sure && it.head.unique && it.head.sum == it.entry.Head
		if !it.proof {
			it.entry = nil
		}
	}
}

// giveKeys settles under which name each message is in the ledger, or will be.
func (p *pulling) giveKeys() {
	count := p.heads()
	for _, it := range p.items {
		switch {
		case it.entry != nil:
			it.key = it.entry.UIDL
		case it.id != "" || it.head.unique && count[it.head.sum] == 1:
			it.key = it.name()
		}
	}
}

// known reports that a name in the ledger is still the name of what it was the
// name of. Only the intake's goroutine calls it.
func (p *pulling) known() func(mail.UIDL) bool {
	certain := make(map[mail.UIDL]bool, len(p.items))
	for _, it := range p.items {
		if it.key != "" && (it.entry != nil || it.doubt == nil) {
			certain[it.key] = true
		}
	}
	return func(id mail.UIDL) bool { return certain[id] || p.taken[id] }
}

// readUpTo reads a message to its end, or until there is more of it than
// belongs into memory. size is what it may have.
func readUpTo(r io.Reader, size int64) ([]byte, error) {
	buf := make([]byte, 0, min(max(size, 0), inMemory)+512)
	for len(buf) <= inMemory {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			return buf, nil
		case err != nil:
			return nil, err
		}
	}
	return buf, nil
}
