package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"

	"postrider/mail/html"
)

// matcher finds out which selectors an element fulfils.
type matcher struct {
	d     *html.Document
	steps int      // left of what a mail may take
	place []place4 // of elements among their siblings, made when first asked for
}

// place4 is where an element stands among its siblings, from 1: among all and
// among those of its kind, from the front and from the back.
type place4 struct{ child, lastChild, ofType, lastOfType int32 }

// maxSteps bounds the work for one mail: a large newsletter takes 100,000.
const maxSteps = 5_000_000

// outcome says whether going on to the left, or elsewhere, may help.
type outcome uint8

const (
	matches outcome = iota
	failsHere
	failsEverywhere // no ancestor or sibling further away can help
)

// matches reports whether an element fulfils a selector.
func (m *matcher) matches(sel *selector, id html.ID) bool {
	return m.compound(&sel.parts[0], id) && m.rest(sel, 0, id) == matches
}

// rest matches the compounds to the left of the i-th, which id fulfils.
func (m *matcher) rest(sel *selector, i int, id html.ID) outcome {
	if i++; i == len(sel.parts) {
		return matches
	}
	c := &sel.parts[i]
	n := m.d.Node(id)
	switch c.combinator {
	case '>':
		if n.Parent == html.None {
			return failsEverywhere
		}
		if !m.compound(c, n.Parent) {
			return failsHere
		}
		return m.rest(sel, i, n.Parent)
	case '+':
		before := m.before(id)
		if before == html.None || !m.compound(c, before) {
			return failsHere
		}
		return m.rest(sel, i, before)
	case '~':
		for s := m.before(id); s != html.None; s = m.before(s) {
			if !m.compound(c, s) {
				continue
			}
			if out := m.rest(sel, i, s); out != failsHere {
				return out
			}
		}
		return failsHere
	}
	for p := n.Parent; p != html.None; p = m.d.Node(p).Parent {
		if !m.compound(c, p) {
			continue
		}
		if out := m.rest(sel, i, p); out != failsHere {
			return out
		}
	}
	return failsEverywhere
}

// before is the element before another.
func (m *matcher) before(id html.ID) html.ID {
	for {
		id = m.d.Node(id).Prev
		if id == html.None || m.d.Node(id).Kind == html.Element {
			return id
		}
	}
}

// compound reports whether an element is what a compound asks for.
func (m *matcher) compound(c *compound, id html.ID) bool {
	if m.steps--; m.steps < 0 {
		return false
	}
	n := m.d.Node(id)
	if c.tag != "" && c.tag != n.Data {
		return false
	}
	if c.id != "" && m.d.Get(id, "id") != c.id {
		return false
	}
	if len(c.classes) > 0 {
		have := m.d.Get(id, "class")
		for _, class := range c.classes {
			if !hasWord(have, class) {
				return false
			}
		}
	}
	for i := range c.attrs {
		if !m.attr(&c.attrs[i], id) {
			return false
		}
	}
	for i := range c.tests {
		if !m.test(&c.tests[i], id) {
			return false
		}
	}
	return true
}

// hasWord reports whether a word is in a list with spaces.
func hasWord(list, word string) bool {
	for len(list) >= len(word) && word != "" {
		i := strings.Index(list, word)
		if i < 0 {
			return false
		}
		end := i + len(word)
		if (i == 0 || isSpace(list[i-1])) && (end == len(list) || isSpace(list[end])) {
			return true
		}
		list = list[end:]
		if len(list) > 0 && !isSpace(list[0]) {
			// In the middle of a longer word; what follows has to begin one.
			j := strings.IndexAny(list, " \t\n\r\f")
			if j < 0 {
				return false
			}
			list = list[j:]
		}
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func (m *matcher) attr(a *attrTest, id html.ID) bool {
	have, ok := m.d.Attr(id, a.key)
	if !ok || a.op == 0 {
		return ok
	}
	want := a.val
	if len(have) > 1024 {
		m.steps -= len(have) / 16
	}
	if a.fold {
		have, want = strings.ToLower(have), strings.ToLower(want)
	}
	switch a.op {
	case css.DelimToken:
		return have == want
	case css.IncludeMatchToken:
		return hasWord(have, want)
	case css.DashMatchToken:
		return have == want || strings.HasPrefix(have, want+"-")
	case css.PrefixMatchToken:
		return want != "" && strings.HasPrefix(have, want)
	case css.SuffixMatchToken:
		return want != "" && strings.HasSuffix(have, want)
	}
	return want != "" && strings.Contains(have, want)
}

func (m *matcher) test(t *test, id html.ID) bool {
	switch t.kind {
	case testRoot:
		return id == html.Root
	case testEmpty:
		return m.empty(id)
	case testLink:
		_, ok := m.d.Attr(id, "href")
		n := m.d.Node(id)
		return ok && (n.Data == "a" || n.Data == "area")
	case testChecked:
		_, checked := m.d.Attr(id, "checked")
		_, selected := m.d.Attr(id, "selected")
		return checked || selected
	case testDisabled, testEnabled:
		_, disabled := m.d.Attr(id, "disabled")
		return m.control(id) && disabled == (t.kind == testDisabled)
	case testNthChild:
		return t.counts(m.places(id).child)
	case testNthLastChild:
		return t.counts(m.places(id).lastChild)
	case testNthOfType:
		return t.counts(m.places(id).ofType)
	case testNthLastOfType:
		return t.counts(m.places(id).lastOfType)
	case testNot:
		return !m.any(t.list, id)
	case testIs:
		return m.any(t.list, id)
	case testHas:
		n := m.d.Node(id)
		for c := id + 1; c < n.End && m.steps > 0; c++ {
			if m.d.Node(c).Kind == html.Element && m.any(t.list, c) {
				return true
			}
		}
	}
	return false
}

func (m *matcher) any(list []*selector, id html.ID) bool {
	for _, sel := range list {
		if sel.pseudo == noPseudo && m.matches(sel, id) {
			return true
		}
	}
	return false
}

func (m *matcher) empty(id html.ID) bool {
	for c := m.d.Node(id).First; c != html.None; c = m.d.Node(c).Next {
		if n := m.d.Node(c); n.Kind == html.Element || n.Data != "" {
			return false
		}
	}
	return true
}

func (m *matcher) control(id html.ID) bool {
	switch m.d.Node(id).Data {
	case "input", "button", "select", "textarea", "option", "optgroup", "fieldset":
		return true
	}
	return false
}

// counts reports whether a place is one of an+b.
func (t *test) counts(n int32) bool {
	d := int(n) - t.b
	if t.a == 0 {
		return d == 0
	}
	return d%t.a == 0 && d/t.a >= 0
}

// places is where an element stands among its siblings.
func (m *matcher) places(id html.ID) *place4 {
	if m.place == nil {
		m.place = make([]place4, m.d.Len())
		m.place[html.Root] = place4{1, 1, 1, 1}
		kinds := map[string]int32{}
		for id := range html.ID(m.d.Len()) {
			m.placeChildren(id, kinds)
		}
	}
	return &m.place[id]
}

func (m *matcher) placeChildren(id html.ID, kinds map[string]int32) {
	n := m.d.Node(id)
	clear(kinds)
	all := int32(0)
	for c := n.First; c != html.None; c = m.d.Node(c).Next {
		if k := m.d.Node(c); k.Kind == html.Element {
			all++
			kinds[k.Data]++
			m.place[c].child, m.place[c].ofType = all, kinds[k.Data]
		}
	}
	for c := n.First; c != html.None; c = m.d.Node(c).Next {
		if k := m.d.Node(c); k.Kind == html.Element {
			p := &m.place[c]
			p.lastChild, p.lastOfType = all+1-p.child, kinds[k.Data]+1-p.ofType
		}
	}
}
