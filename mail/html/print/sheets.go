package print

import (
	"slices"

	"postrider/mail/html/display"
)

// Paper is a sheet in CSS px, 96 to the inch.
type Paper struct{ Width, Height, Margin float32 }

// The usual papers.
var (
	A4     = Paper{793.7, 1122.5, 56}
	Letter = Paper{816, 1056, 56}
)

// Inner is the width that mail is laid out for.
func (p Paper) Inner() float32 { return p.Width - 2*p.Margin }

// part is what of a page is on one sheet.
type part struct {
	page        *display.Page
	top, height float32
}

// maxSheets is how many sheets one mail may take.
const maxSheets = 500

// sheets parts pages, one below the other, among sheets of paper.
func sheets(p Paper, pages []*display.Page) (list [][]part) {
	room := p.Height - 2*p.Margin
	var sheet []part
	used := float32(0)
	next := func() {
		if len(sheet) > 0 {
			list = append(list, sheet)
		}
		sheet, used = nil, 0
	}
	for _, page := range pages {
		bars := obstacles(page)
		for top := float32(0); top < page.Height && len(list) < maxSheets; {
			scale := shrink(p, page)
			height := min(page.Height-top, (room-used)/scale)
			if top+height < page.Height {
				height = cut(bars, top, height)
			}
			if height <= 0 { // nothing fits below what is there
				if used == 0 {
					height = min(page.Height-top, room/scale)
				} else {
					next()
					continue
				}
			}
			sheet = append(sheet, part{page, top, height})
			used += height * scale
			top += height
			if top < page.Height {
				next()
			}
		}
	}
	next()
	return list
}

// shrink is how much a page that is wider than the paper is made smaller.
func shrink(p Paper, page *display.Page) float32 {
	if page.ContentWidth <= p.Inner() {
		return 1
	}
	return p.Inner() / page.ContentWidth
}

// bar is a stretch of a page that is not to be cut.
type bar struct{ top, bottom float32 }

// obstacles are the lines of text and the pictures, from top to bottom.
func obstacles(page *display.Page) (bars []bar) {
	for i := range page.Items {
		it := &page.Items[i]
		if it.Kind == display.Text || it.Kind == display.Image {
			bars = append(bars, bar{it.Rect.Y, it.Rect.Y + it.Rect.H})
		}
	}
	slices.SortFunc(bars, func(a, b bar) int {
		switch {
		case a.top < b.top:
			return -1
		case a.top > b.top:
			return 1
		}
		return 0
	})
	return bars
}

// cut is how much from top on goes on a sheet, at most height, without cutting
// what is not to be cut; 0 if that is nothing.
func cut(bars []bar, top, height float32) float32 {
	end := top + height
	for again := true; again; {
		again = false
		for _, b := range bars {
			if b.top >= end {
				break
			}
			if b.bottom > end && b.top > top && b.bottom-b.top <= height {
				end, again = b.top, true
				break
			}
		}
	}
	return end - top
}
