package widgets

import (
	"cmp"
	"slices"

	"postrider/mail/html/display"
)

// finding is what was searched in a page.
type finding struct {
	query   string
	words   []string // of the search that led here
	hits    []display.Range
	current int // -1: none is looked at
}

// Find marks each place where a text stands in the mail, and looks at the first
// that can be seen or comes after. It returns how many there are. An empty query
// marks nothing.
func (p *Page) Find(query string) int {
	p.found = finding{query: query, current: -1}
	p.find()
	if len(p.found.hits) > 0 {
		p.found.current = p.nearestHit()
	}
	p.showHit()
	return len(p.found.hits)
}

// Mark marks words, those of the search that led to the mail, and looks at none.
// If they are marked already, the one that is looked at stays.
func (p *Page) Mark(words []string) int {
	if p.found.query == "" && slices.Equal(words, p.found.words) {
		return len(p.found.hits)
	}
	p.found = finding{words: words, current: -1}
	p.find()
	p.showHit()
	return len(p.found.hits)
}

// find looks for the hits in the page that is shown.
func (p *Page) find() {
	p.found.hits = nil
	if p.page == nil {
		return
	}
	if p.found.query != "" {
		p.found.hits = p.page.Find(p.found.query)
	}
	for _, w := range p.found.words {
		p.found.hits = append(p.found.hits, p.page.Find(w)...)
	}
	if len(p.found.words) > 1 {
		p.found.hits = apart(p.found.hits)
	}
	p.found.current = min(p.found.current, len(p.found.hits)-1)
}

// apart sorts hits and joins those that overlap.
func apart(hits []display.Range) []display.Range {
	slices.SortFunc(hits, func(a, b display.Range) int { return cmp.Compare(a.From, b.From) })
	out := hits[:0]
	for _, h := range hits {
		if n := len(out); n > 0 && h.From < out[n-1].To {
			out[n-1].To = max(out[n-1].To, h.To)
			continue
		}
		out = append(out, h)
	}
	return out
}

// nearestHit is the first hit that begins at or after what can be seen.
func (p *Page) nearestHit() int {
	at, _ := p.page.TextAt(0, p.seen().top/p.zoom)
	i, _ := slices.BinarySearchFunc(p.found.hits, at, func(h display.Range, at int) int { return cmp.Compare(h.From, at) })
	if i == len(p.found.hits) {
		return 0
	}
	return i
}

// FindNext looks at the next hit, after the last at the first again. It returns
// which one it is, from 0, and how many there are.
func (p *Page) FindNext() (current, of int) { return p.findBy(1) }

// FindPrevious looks at the hit before.
func (p *Page) FindPrevious() (current, of int) { return p.findBy(-1) }

func (p *Page) findBy(way int) (current, of int) {
	n := len(p.found.hits)
	if n == 0 {
		return -1, 0
	}
	switch {
	case p.found.current < 0 && way > 0:
		p.found.current = p.nearestHit()
	case p.found.current < 0:
		p.found.current = n - 1
	default:
		p.found.current = (p.found.current + way + n) % n
	}
	p.showHit()
	return p.found.current, n
}

// Found is which hit is looked at, from 0, -1 for none, and how many there are.
func (p *Page) Found() (current, of int) { return p.found.current, len(p.found.hits) }

// showHit paints the hits, and goes to the one that is looked at.
func (p *Page) showHit() {
	p.renew()
	if k := p.found.current; k >= 0 {
		if rects := p.page.Rects(p.found.hits[k].From, p.found.hits[k].To); len(rects) > 0 {
			p.revealRect(rects[0])
		}
	}
	p.arrange()
}
