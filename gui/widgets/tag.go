package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Protocol is what a tag names.
type Protocol uint8

// The protocols.
const (
	NoProtocol Protocol = iota
	POP
	IMAP
)

// String is what the tag says.
func (p Protocol) String() string { return [...]string{"", "POP", "IMAP"}[p%3] }

func (p Protocol) colors() (ink, ground theme.Token) {
	if p == POP {
		return theme.POP, theme.POPTint
	}
	return theme.IMAP, theme.IMAPTint
}

const tagPadding float32 = 5

// A Tag says an account's protocol.
type Tag struct {
	picture
	protocol Protocol
}

// NewTag is the tag of a protocol.
func NewTag(p Protocol) *Tag {
	t := &Tag{protocol: p}
	t.become(t)
	return t
}

// SetProtocol changes what it says.
func (t *Tag) SetProtocol(p Protocol) {
	if t.protocol != p {
		t.protocol = p
		t.remeasure()
	}
}

func (t *Tag) measure() fyne.Size { return fyne.NewSize(tagWidth(t.protocol), theme.TextTag.Line) }
func (t *Tag) paint(s *Sheet)     { s.Tag(0, (t.Size().Height-theme.TextTag.Line)/2, t.protocol) }

func tagWidth(p Protocol) float32 {
	if p == NoProtocol {
		return 0
	}
	return ceil(TextWidth(p.String(), theme.TextTag) + 2*tagPadding)
}

// Tag paints a protocol's tag, 16 high, and says how wide it is.
func (s *Sheet) Tag(x, y float32, p Protocol) float32 {
	w := tagWidth(p)
	if w == 0 {
		return 0
	}
	ink, ground := p.colors()
	s.Box(x, y, w, theme.TextTag.Line, theme.RadiusTag, ground)
	s.Text(x, y, w, Words{Text: p.String(), Style: theme.TextTag, Color: ink, Align: AlignMiddle})
	return w
}
