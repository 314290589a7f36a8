package css

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
)

// Sheets are the style sheets of a mail, parsed. They do not depend on where
// the mail is shown, so one serves every width of the pane. They belong to
// one goroutine.
type Sheets struct {
	doc        *html.Document
	values     values
	conditions []condition // 0 always holds, 1 never
	rules      int
	byID       map[string][]rule
	byClass    map[string][]rule
	byTag      map[string][]rule
	others     []rule
	inline     map[string]*block
	hints      map[string]*block
	space      int // tokens that variables may still make
}

// Parse reads the sheets of a mail. What is not valid is left out.
func Parse(doc *html.Document) *Sheets {
	s := &Sheets{
		doc: doc, conditions: make([]condition, 2, 8),
		byID: map[string][]rule{}, byClass: map[string][]rule{}, byTag: map[string][]rule{},
		inline: map[string]*block{}, hints: map[string]*block{},
	}
	room := maxSheet
	for id := range html.ID(doc.Len()) {
		if !doc.Is(id, atom.Style) {
			continue
		}
		if kind := strings.ToLower(strings.TrimSpace(doc.Get(id, "type"))); kind != "" && kind != "text/css" {
			continue
		}
		text := doc.TextOf(id)
		if len(text) > room {
			text = text[:room]
		}
		room -= len(text)
		s.read(text, doc.Get(id, "media"))
	}
	return s
}

// maxSheet is how many bytes of style sheets one mail may have.
const maxSheet = 2 << 20

// read reads one sheet, which may be for some media only.
func (s *Sheets) read(text, media string) {
	outer := int32(0)
	if strings.TrimSpace(media) != "" {
		outer = s.condition(tokenize(nil, media), 0)
	}
	g := grammar{sheets: s, tokens: tokenize(nil, text)}
	g.rules(outer, 0)
}

// HasDark reports whether the sender has thought of dark surroundings: some
// rules are for prefers-color-scheme: dark.
func (s *Sheets) HasDark() bool {
	for _, c := range s.conditions {
		for _, q := range c.queries {
			for _, set := range q.tests {
				for _, f := range set {
					if f.name == "prefers-color-scheme" && f.word == "dark" {
						return true
					}
				}
			}
		}
	}
	return false
}

// add keeps a rule where the elements it may fit will look for it.
func (s *Sheets) add(sel *selector, b *block, media int32) {
	if s.rules++; s.rules > maxRules || sel.pseudo == otherPseudo || media == never {
		return
	}
	r := rule{sel: sel, block: b, asks: sel.asks(), media: media, order: int32(s.rules)}
	switch last := &sel.parts[0]; {
	case last.id != "":
		s.byID[last.id] = append(s.byID[last.id], r)
	case len(last.classes) > 0:
		s.byClass[last.classes[0]] = append(s.byClass[last.classes[0]], r)
	case last.tag != "":
		s.byTag[last.tag] = append(s.byTag[last.tag], r)
	default:
		s.others = append(s.others, r)
	}
}

// inlineBlock is what a style attribute declares.
func (s *Sheets) inlineBlock(style string) *block {
	if b, ok := s.inline[style]; ok {
		return b
	}
	s.values.tokens = tokenize(s.values.tokens[:0], style)
	list := s.values.tokens
	if strings.Contains(style, "--") || strings.Contains(style, "var(") {
		// Variables are read again later, when these tokens are gone.
		list = slices.Clone(list)
	}
	b := s.values.block(list)
	s.inline[style] = b
	return b
}

// matchedSteps is what sorting and applying a rule costs, in steps of matching.
const matchedSteps = 20

// matching appends the rules that an element fulfils, weakest first.
func (s *Sheets) matching(list []rule, m *matcher, id html.ID, outside *around, hold []bool) []rule {
	try := func(rules []rule) {
		for i := range rules {
			if r := &rules[i]; hold[r.media] && outside.has(&r.asks) && m.matches(r.sel, id) {
				m.steps -= matchedSteps
				list = append(list, *r)
			}
		}
	}
	try(s.others)
	if len(s.byTag) > 0 {
		try(s.byTag[s.doc.Node(id).Data])
	}
	for _, a := range s.doc.Attrs(id) {
		switch a.Key {
		case "id":
			if len(s.byID) > 0 {
				try(s.byID[a.Val])
			}
		case "class":
			if len(s.byClass) > 0 {
				for class := range strings.FieldsSeq(a.Val) {
					try(s.byClass[class])
				}
			}
		}
	}
	if len(list) > 1 {
		slices.SortFunc(list, func(a, b rule) int {
			return cmp.Or(cmp.Compare(a.sel.weight, b.sel.weight), cmp.Compare(a.order, b.order))
		})
	}
	return list
}
