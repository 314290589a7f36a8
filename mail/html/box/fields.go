package box

import (
	"math"
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
	"postrider/mail/html/css"
)

// Fields of forms are drawn as what they are in a browser, and do nothing.

// digit is the width that a field has for each character: that of an average
// one in the face that fields have.
func digit(s *css.Style) float64 { return float64(s.Size) * 0.6 }

// scrollBar is the room that a field of several lines has for one.
const scrollBar = 15

// field is the height of a line in a field.
func field(s *css.Style) float64 { return float64(int(float64(s.Size)*1.149 + 0.5)) }

// letters is the width of a text in a field.
func (b *builder) letters(text string, s *css.Style) float64 {
	f := b.layouter.font(s)
	w := 0.0
	for i, word := range strings.Fields(text) {
		if i > 0 {
			w += f.space
		}
		w += f.widthOf(f.faces.Word(word[:min(len(word), longestWord)], false))
	}
	return w
}

func (b *builder) input(id html.ID, s *css.Style) *replaced {
	r := &replaced{tag: "input", h: field(s), baseful: true, label: b.doc.Get(id, "value")}
	switch strings.ToLower(strings.TrimSpace(b.doc.Get(id, "type"))) {
	case "image":
		p := b.picture("input", strings.TrimSpace(b.doc.Get(id, "src")))
		p.stand(s)
		return p
	case "checkbox", "radio":
		r.w, r.h, r.label, r.tick = 13, 13, "", true
	case "submit":
		if r.label == "" {
			r.label = "Submit"
		}
		r.w = b.letters(r.label, s)
	case "reset":
		if r.label == "" {
			r.label = "Reset"
		}
		r.w = b.letters(r.label, s)
	case "file":
		r.w, r.h, r.label = 253, 21, ""
	case "button":
		r.w = b.letters(r.label, s)
	default:
		r.w = b.number(id, "size", 20)*digit(s) + 1.275*float64(s.Size)
	}
	return r
}

// baseline is where in its height a field stands on the line.
func (r *replaced) baseline() float64 {
	if r.tick {
		return 1
	}
	if r.tag == "select" {
		return 13.0 / 17 // there is a px above
	}
	return 0.8 // the ascent of its text
}

// widestOption is the width of a select.
func (b *builder) widestOption(id html.ID, s *css.Style) float64 {
	w := 0.0
	for k := id + 1; k < b.doc.Node(id).End; k++ {
		if b.doc.Is(k, atom.Option) {
			w = max(w, b.letters(b.doc.TextOf(k), s))
		}
	}
	const arrow = 20.4
	return math.Ceil(w + arrow)
}

// chosen is the text that a select shows: the option that is selected, or the
// first.
func (b *builder) chosen(id html.ID) string {
	first, found := "", false
	for k := id + 1; k < b.doc.Node(id).End; k++ {
		if !b.doc.Is(k, atom.Option) {
			continue
		}
		text := strings.TrimSpace(b.doc.TextOf(k))
		if _, ok := b.doc.Attr(k, "selected"); ok {
			return text
		}
		if !found {
			first, found = text, true
		}
	}
	return first
}
