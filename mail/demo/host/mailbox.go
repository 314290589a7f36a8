package host

import (
	"slices"
	"sort"
	"time"

	"postrider/mail"
)

// mailbox holds messages in the order of their UIDs. User.mu guards it.
type mailbox struct {
	name       string
	role       mail.Role
	validity   mail.UIDValidity
	uidNext    mail.UID
	modseq     uint64 // counts every change
	messages   []*message
	views      map[*view]struct{}
	subscribed bool
	noSelect   bool // only its children are left (RFC 9051 6.3.5)
}

func newMailbox(name string, validity mail.UIDValidity) *mailbox {
	return &mailbox{name: name, validity: validity, uidNext: 1, views: map[*view]struct{}{}, subscribed: true}
}

// add appends m, and gives it the next UID.
func (b *mailbox) add(m Mail) *message {
	if m.Date.IsZero() {
		m.Date = time.Now()
	}
	b.modseq++
	msg := &message{Mail: m, uid: b.uidNext, modseq: b.modseq}
	b.uidNext++
	b.messages = append(b.messages, msg)
	b.ring()
	return msg
}

// setFlags changes the flags of m; by is the view whose client asked for it.
func (b *mailbox) setFlags(m *message, flags mail.Flags, by *view) {
	if m.gone || m.Flags == flags {
		return
	}
	if by != nil && m.modseq > by.modseq && m.by != by {
		by = nil // that client has yet to hear of an earlier change, too
	}
	b.modseq++
	m.Flags, m.modseq, m.by = flags, b.modseq, by
	b.ring()
}

// remove expunges those of the messages that are still here.
func (b *mailbox) remove(messages []*message) {
	if len(messages) == 0 {
		return
	}
	for _, m := range messages {
		m.gone = true
	}
	b.messages = slices.DeleteFunc(b.messages, func(m *message) bool { return m.gone })
	b.modseq++
	b.ring()
}

// ring wakes the clients that idle in the mailbox.
func (b *mailbox) ring() {
	for v := range b.views {
		select {
		case v.bell <- struct{}{}:
		default:
		}
	}
}

func (b *mailbox) count(has func(mail.Flags) bool) uint32 {
	var n uint32
	for _, m := range b.messages {
		if has(m.Flags) {
			n++
		}
	}
	return n
}

func unseen(f mail.Flags) bool  { return !f.Has(mail.Seen) }
func deleted(f mail.Flags) bool { return f.Has(mail.Deleted) }

// keywords lists the keywords in use, sorted.
func (b *mailbox) keywords() []string {
	set := map[string]bool{}
	for _, m := range b.messages {
		for _, name := range m.Flags.Names() {
			set[name] = true
		}
	}
	var names []string
	for name := range set {
		if name[0] != '\\' {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}
