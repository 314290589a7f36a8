package css

import "postrider/mail/html"

// Media is what a mail is shown on.
type Media struct {
	Width  float64 // of the pane, CSS px
	Height float64 // the same; 0 is taken for 100
	Dark   bool    // a person wants the sender's dark colours
	Print  bool
	Flush  bool // text begins at the edge of the pane, unless the mail has a ground or a margin of its own
	// Metrics gives the height of x and the width of 0 of a font in px, for
	// the units ex and ch. Without it both are half the size.
	Metrics func(*Font) (x, zero float64)
}

// Styles are the computed styles of a document.
type Styles struct {
	doc           *html.Document
	of            []*Style // by ID; nil for text
	before, after map[html.ID]*Style
	letters       map[html.ID]*Style
	ordinal       map[html.ID]int
	lists         map[html.ID]listState // while they are being computed
}

// Of is the style of an element. Below display: none it has that display too.
// Text has its parent's style, and nil is returned.
func (s *Styles) Of(id html.ID) *Style { return s.of[id] }

// Before is the style of an element's ::before, or nil if there is none. Its
// text is in Content.
func (s *Styles) Before(id html.ID) *Style { return s.before[id] }

// After is the style of an element's ::after, like [Styles.Before].
func (s *Styles) After(id html.ID) *Style { return s.after[id] }

// FirstLetter is the style of a block's ::first-letter, or nil if it is like the
// others.
func (s *Styles) FirstLetter(id html.ID) *Style { return s.letters[id] }

// Marker is the text before a list item, with its space behind ("1. ", "• "),
// or "" if it has none. It lies outside of the item's box unless
// Style.ListInside.
func (s *Styles) Marker(id html.ID) string {
	st := s.of[id]
	if st == nil || st.Display != ListItem {
		return ""
	}
	return marker(st, s.ordinal[id])
}
