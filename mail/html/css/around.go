package css

import (
	"strings"

	"postrider/mail/html"
)

// around is a filter of what the elements around one are: their names, ids and
// classes, each a bit. Most selectors with a space ask for something that is
// not there, and this finds it out without a walk.
type around [4]uint64

func (a *around) add(word string) {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	h ^= h >> 15
	a[h>>6&3] |= 1 << (h & 63)
}

// has reports whether all that b asks for may be there.
func (a *around) has(b *around) bool {
	return a[0]&b[0] == b[0] && a[1]&b[1] == b[1] && a[2]&b[2] == b[2] && a[3]&b[3] == b[3]
}

// asks is what a selector wants of the elements around.
func (s *selector) asks() (a around) {
	for i := 1; i < len(s.parts); i++ {
		if c := s.parts[i].combinator; c == '+' || c == '~' {
			break // further left are ancestors of a sibling: the same, but let it be
		}
		c := &s.parts[i]
		if c.tag != "" {
			a.add(c.tag)
		}
		if c.id != "" {
			a.add("#" + c.id)
		}
		for _, class := range c.classes {
			a.add("." + class)
		}
	}
	return a
}

// around is the filter for an element's children, from that for itself.
func (m *matcher) around(outer around, id html.ID) around {
	outer.add(m.d.Node(id).Data)
	for _, a := range m.d.Attrs(id) {
		switch a.Key {
		case "id":
			outer.add("#" + a.Val)
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				outer.add("." + class)
			}
		}
	}
	return outer
}
