package message

import (
	"io"
	"slices"
	"strings"
	"time"

	"postrider/mail/thread"
)

// Self is one of the addresses that a person writes as.
type Self struct {
	Address
	ReplyTo   string
	Signature string // Markdown, without the line of dashes
}

// Answer says how a draft is made of a message.
type Answer struct {
	Own   []Self // the account's own first
	Place Place  // of the quote
	Zone  *time.Location
	Words Words
	Open  func() (io.ReadCloser, error) // the message's bytes: to take its files along
}

// Place is where the quote of an answer stands.
type Place int

// The places.
const (
	QuoteBelow Place = iota // under what the person writes
	QuoteAbove
	NoQuote
)

// Words are what the person's language puts around what others wrote; empty
// ones are English. Wrote has {date} and {name} in it.
type Words struct {
	Wrote, Forwarded, From, Date, Subject, To, Cc string
}

func (w *Words) complete() {
	for _, d := range []struct {
		word    *string
		english string
	}{
		{&w.Wrote, "On {date}, {name} wrote:"}, {&w.Forwarded, "Forwarded message"}, {&w.From, "From"},
		{&w.Date, "Date"}, {&w.Subject, "Subject"}, {&w.To, "To"}, {&w.Cc, "Cc"},
	} {
		if *d.word == "" {
			*d.word = d.english
		}
	}
}

// Reply answers the sender alone.
func (m *Message) Reply(a Answer) *Draft {
	d := m.answer(&a)
	d.To = without(m.replyTo(a.Own), a.Own)
	if len(d.To) == 0 {
		d.To = m.replyTo(a.Own)
	}
	return d
}

// ReplyAll answers everybody who got the message, once each and without the
// person; or whom the sender asks to answer (Mail-Followup-To).
func (m *Message) ReplyAll(a Answer) *Draft {
	d := m.answer(&a)
	if follow := ParseAddresses(m.Get("Mail-Followup-To")); len(follow) > 0 {
		d.To = orAll(without(follow, a.Own), follow)
		return d
	}
	to := m.replyTo(a.Own)
	if !m.isFrom(a.Own) {
		to = append(slices.Clone(to), m.To...)
	}
	d.To = without(unique(to), a.Own)
	d.Cc = without(minus(unique(m.Cc), d.To), a.Own)
	if len(d.To) == 0 {
		d.To, d.Cc = d.Cc, nil
	}
	if len(d.To) == 0 { // all of them are the person
		d.To = m.replyTo(a.Own)
	}
	return d
}

// ReplyList answers to the mailing list alone; false where the message came
// from none that takes mail.
func (m *Message) ReplyList(a Answer) (*Draft, bool) {
	if m.ListPost == "" {
		return nil, false
	}
	d := m.answer(&a)
	d.To = []Address{{Addr: m.ListPost}}
	for _, known := range append(slices.Clone(m.To), m.Cc...) {
		if strings.EqualFold(known.Addr, m.ListPost) {
			d.To = []Address{known}
		}
	}
	return d, true
}

// replyTo is where an answer to the sender goes; one to one's own message goes to
// whom it went to.
func (m *Message) replyTo(own []Self) []Address {
	if m.isFrom(own) && len(m.To) > 0 && len(m.ReplyTo) == 0 {
		return m.To
	}
	return m.AnswersTo()
}

// AnswersTo is where the sender wants answers. A list that puts itself into
// Reply-To does not change who the sender is.
func (h *Header) AnswersTo() []Address {
	switch {
	case h.Get("Mail-Reply-To") != "":
		return ParseAddresses(h.Get("Mail-Reply-To"))
	case len(h.ReplyTo) > 0 && !(h.ListPost != "" && len(h.ReplyTo) == 1 && strings.EqualFold(h.ReplyTo[0].Addr, h.ListPost)):
		return h.ReplyTo
	}
	return h.From
}

func (m *Message) isFrom(own []Self) bool {
	return len(m.From) > 0 && slices.ContainsFunc(own, func(s Self) bool { return same(s.Addr, m.From[0].Addr) })
}

// answer makes what all answers have in common.
func (m *Message) answer(a *Answer) *Draft {
	a.Words.complete()
	self := m.addressee(a.Own)
	d := &Draft{
		From: self.Address, ReplyTo: ParseAddresses(self.ReplyTo), Subject: "Re: " + thread.Topic(m.Subject),
		InReplyTo: m.MessageID, References: m.references(),
	}
	d.Text = m.answerText(a, self)
	return d
}

// references are those of an answer: all before, and the message itself (RFC
// 5322 3.6.4).
func (m *Message) references() []string {
	refs := slices.Clone(m.References)
	if len(refs) == 0 && m.InReplyTo != "" {
		refs = append(refs, m.InReplyTo)
	}
	if m.MessageID != "" && (len(refs) == 0 || refs[len(refs)-1] != m.MessageID) {
		refs = append(refs, m.MessageID)
	}
	return refs
}

// addressee chooses as whom to answer: the address that the message was sent
// to, or from, else the first.
func (m *Message) addressee(own []Self) Self {
	if len(own) == 0 {
		return Self{}
	}
	lists := [][]Address{m.To, m.Cc, m.Bcc}
	for _, field := range []string{"Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"} {
		for _, v := range m.Values(field) {
			lists = append(lists, ParseAddresses(v))
		}
	}
	if m.isFrom(own) {
		lists = append([][]Address{m.From}, lists...)
	}
	for _, alike := range []func(a, b string) bool{same, sameBox} {
		for _, list := range lists {
			for _, a := range list {
				if i := slices.IndexFunc(own, func(s Self) bool { return alike(s.Addr, a.Addr) }); i >= 0 {
					return own[i]
				}
			}
		}
	}
	return own[0]
}

// same reports whether two addresses are one. What stands before the "@" may
// mean something else in another case, but no server is like that.
func same(a, b string) bool { return strings.EqualFold(WireAddress(a), WireAddress(b)) }

// sameBox is same for addresses that differ in what follows a plus sign.
func sameBox(a, b string) bool { return same(untagged(a), untagged(b)) }

func untagged(addr string) string {
	local, domain, _ := strings.Cut(addr, "@")
	local, _, _ = strings.Cut(local, "+")
	return local + "@" + domain
}

// without leaves out the person's own addresses.
func without(list []Address, own []Self) []Address {
	return slices.DeleteFunc(slices.Clone(list), func(a Address) bool {
		return a.Addr == "" || slices.ContainsFunc(own, func(s Self) bool { return sameBox(s.Addr, a.Addr) })
	})
}

// minus leaves out those of other.
func minus(list, other []Address) []Address {
	return slices.DeleteFunc(slices.Clone(list), func(a Address) bool {
		return slices.ContainsFunc(other, func(o Address) bool { return same(o.Addr, a.Addr) })
	})
}

func unique(list []Address) (once []Address) {
	seen := map[string]bool{}
	for _, a := range list {
		key := strings.ToLower(WireAddress(a.Addr))
		if key != "" && !seen[key] {
			seen[key] = true
			once = append(once, a)
		}
	}
	return once
}

func orAll(list, all []Address) []Address {
	if len(list) == 0 {
		return unique(all)
	}
	return unique(list)
}

// ParseAddresses reads addresses as a header has them, or as people type and
// paste them: parted by commas, semicolons or lines.
func ParseAddresses(s string) []Address {
	w := newWalker()
	defer w.release()
	return w.addresses(nil, strings.NewReplacer("\r\n", ",", "\n", ",", "\r", ",").Replace(strings.TrimSpace(s)))
}
