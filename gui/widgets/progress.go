package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Progress is a thin bar that shows how much is done.
type Progress struct {
	picture
	done   float32
	height float32
	ground theme.Token
	radius float32
}

// NewProgress is the bar of a line in a panel: 4 px, with round ends.
func NewProgress() *Progress { return newProgress(4, theme.Chip) }

// NewEdgeProgress is the bar along a pane's edge: 2 px, square.
func NewEdgeProgress() *Progress { return newProgress(2, theme.Line) }

func newProgress(height float32, ground theme.Token) *Progress {
	p := &Progress{height: height, ground: ground}
	if height > 2 {
		p.radius = height / 2
	}
	p.become(p)
	return p
}

// Set shows that a part, from 0 to 1, is done.
func (p *Progress) Set(done float32) {
	done = clamp01(done)
	if p.done == done {
		return
	}
	// What cannot be seen need not be drawn.
	moved := int(p.done*p.Size().Width*2) != int(done*p.Size().Width*2)
	p.done = done
	if moved {
		p.repaint()
	}
}

func (p *Progress) measure() fyne.Size { return fyne.NewSize(p.height, p.height) }

func (p *Progress) paint(s *Sheet) {
	w := p.Size().Width
	y := (p.Size().Height - p.height) / 2
	s.Box(0, y, w, p.height, p.radius, p.ground)
	if p.done > 0 {
		s.Box(0, y, max(p.height, w*p.done), p.height, p.radius, theme.Accent)
	}
}
