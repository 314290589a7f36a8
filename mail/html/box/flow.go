package box

import (
	"slices"

	"postrider/mail/html"
	"postrider/mail/html/css"
)

// piece is a part of inline content, in document order.
type piece struct {
	kind      pieceKind
	generated bool // from ::before, ::after or a list's marker
	cut       bool // an inline box goes on in another block, there is no edge here
	letter    bool // the first letter of a block, in a style of its own
	node      html.ID
	style     *css.Style
	text      string
	box       *Box
}

type pieceKind uint8

const (
	textPiece  pieceKind = iota
	openPiece            // an inline box begins
	closePiece           // and ends
	atomPiece            // a box on the line
	floatPiece
	awayPiece  // an absolutely placed box
	breakPiece // br
)

// blank reports whether no line comes of the pieces: they are white space that
// collapses, and inline boxes without edges.
func blank(pieces []piece) bool {
	for i := range pieces {
		if !pieces[i].blank() {
			return false
		}
	}
	return true
}

func (p *piece) blank() bool {
	switch p.kind {
	case textPiece:
		return collapses(p.style.WhiteSpace) && onlySpace(p.text) || p.style.WhiteSpace == css.WSPreLine && onlyBlanks(p.text) || p.text == ""
	case openPiece, closePiece:
		side := css.Left
		if p.kind == closePiece {
			side = css.Right
		}
		s := p.style
		return p.cut || s.Border[side].Width == 0 && zeroLength(s.Padding[side]) && zeroLength(s.Margin[side])
	case floatPiece, awayPiece:
		return true
	}
	return false
}

func zeroLength(l css.Length) bool { return l.Px == 0 && l.Pct == 0 && l.Bounds == nil }

// collapses reports whether runs of spaces and line ends are one space.
func collapses(w css.WhiteSpace) bool { return w == css.WSNormal || w == css.WSNowrap }

func onlySpace(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isSpace(s[i]) {
			return false
		}
	}
	return true
}

func onlyBlanks(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isSpace(s[i]) || s[i] == '\n' {
			return false
		}
	}
	return true
}

// isSpace is the white space of CSS, which is ASCII's.
func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// doubled makes room for one more element, and for as many as there are: long
// mails leave less garbage than with append's smaller steps.
func doubled[T any](s []T) []T {
	if len(s) < cap(s) || len(s) < 256 {
		return s
	}
	return slices.Grow(s, len(s))
}
