package box

import "postrider/mail/html/css"

// anonymous makes the styles of boxes that no element stands for: they
// inherit, and have no edges.
type anonymous struct {
	made map[anonymousKey]*css.Style
}

type anonymousKey struct {
	parent  *css.Style
	display css.Display
}

func (a *anonymous) style(parent *css.Style, display css.Display) *css.Style {
	key := anonymousKey{parent, display}
	if s := a.made[key]; s != nil {
		return s
	}
	s := css.Initial()
	s.Font, s.Paragraph = parent.Font, parent.Paragraph
	s.Bidi = css.BidiNormal
	s.Display = display
	if a.made == nil {
		a.made = map[anonymousKey]*css.Style{}
	}
	a.made[key] = &s
	return &s
}
