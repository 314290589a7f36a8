package display

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Range is a part of Page.Text.
type Range struct{ From, To int }

// Rects are the rectangles that a part of the text covers, one for each stretch
// of a line.
func (p *Page) Rects(from, to int) []Rect {
	var out []Rect
	first, _ := slices.BinarySearchFunc(p.Runs, from, func(r Run, from int) int { return cmp.Compare(r.To, from+1) })
	for i := first; i < len(p.Runs) && p.Runs[i].From < to; i++ {
		r := &p.Runs[i]
		out = r.rects(out, from, to)
	}
	return out
}

func (r *Run) rects(out []Rect, from, to int) []Rect {
	var last Rect
	for i := range r.Words {
		w := &r.Words[i]
		if w.To <= from || w.From >= to {
			continue
		}
		r.edges(w, func(a, z int, left, right float32) {
			if z <= from || a >= to || right <= left {
				return
			}
			next := Rect{left, r.Rect.Y, right - left, r.Rect.H}
			switch {
			case last.Empty():
				last = next
			case next.X <= last.Right()+0.5 && next.Right() >= last.X-0.5:
				last = last.Union(next)
			default:
				out = append(out, last)
				last = next
			}
		})
	}
	if !last.Empty() {
		out = append(out, last)
	}
	return out
}

// Find lists where the query stands in the text, from the start on. Case does
// not matter, nor how words are separated.
func (p *Page) Find(query string) []Range {
	needle := foldSpaces(strings.TrimSpace(query))
	if needle == "" {
		return nil
	}
	text, at := folded(p.text)
	needle, _ = folded(needle)
	var out []Range
	for from := 0; from <= len(text); {
		i := strings.Index(text[from:], needle)
		if i < 0 {
			break
		}
		start := from + i
		out = append(out, Range{at[start], at[start+len(needle)]})
		from = start + len(needle)
	}
	return out
}

func foldSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }

// folded is a text in lower case with all white space alike, and the place of
// each of its bytes in the text it was made of.
func folded(s string) (string, []int) {
	var b strings.Builder
	at := make([]int, 0, len(s)+1)
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			r = ' '
		default:
			r = unicode.ToLower(unicode.ToUpper(r))
		}
		b.WriteRune(r)
		for range utf8.RuneLen(r) {
			at = append(at, i)
		}
	}
	return b.String(), append(at, len(s))
}

// WordAt is the word, or what is between words, at an offset.
func (p *Page) WordAt(offset int) Range {
	if offset < 0 || offset > len(p.text) {
		return Range{}
	}
	letter := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' || r == '\'' || r == '’'
	}
	from, to := offset, offset
	for from > 0 {
		r, n := utf8.DecodeLastRuneInString(p.text[:from])
		if !letter(r) {
			break
		}
		from -= n
	}
	for to < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[to:])
		if !letter(r) {
			break
		}
		to += n
	}
	if from == to && to < len(p.text) {
		_, n := utf8.DecodeRuneInString(p.text[to:])
		to += n
	}
	return Range{from, to}
}
