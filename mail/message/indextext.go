package message

import "strings"

// IndexText returns all words to find the message by, but those of its own
// header: the text of every part that says something of its own (of
// alternatives, one), the names of attachments, and of attached messages the
// same with their subjects and people.
func (m *Message) IndexText() string {
	var b strings.Builder
	add := func(s string) {
		if s != "" && b.Len() < maxTotalText {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	m.index(m.Root, add)
	m.Root.Walk(func(p *Part) bool {
		add(p.Filename)
		return true
	})
	return b.String()
}

func (m *Message) index(p *Part, add func(string)) {
	if p.Message != nil {
		add(p.Message.Subject)
		addPeople(p.Message, add)
	}
	if p.is("multipart", "alternative") && len(p.Children) > 0 {
		for _, c := range bestAlternative(p.Children, false) {
			add(m.readable(c))
		}
		return
	}
	if len(p.Children) == 0 && p.Text != "" {
		add(m.readable(p))
	}
	for _, c := range p.Children {
		m.index(c, add)
	}
}

func addPeople(h *Header, add func(string)) {
	for _, list := range [][]Address{h.From, h.To, h.Cc} {
		for _, a := range list {
			add(a.String())
		}
	}
}
