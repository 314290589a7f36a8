package theme

import "image/color"

// A Token names a colour of the palette, whichever palette is current. The zero
// token draws nothing.
type Token uint8

// The tokens, one for each colour of [Palette] and under its name.
const (
	None Token = iota
	Paper
	List
	Side
	Line
	Control
	Ink
	Ink2
	Ink3
	Accent
	AccentHover
	OnAccent
	AccentTint
	AccentSoft
	Sel
	SelQuiet
	Hover
	Press
	Chip
	Note
	Danger
	DangerTint
	DangerLine
	Warn
	WarnTint
	WarnLine
	Good
	GoodTint
	Star
	POP
	POPTint
	IMAP
	IMAPTint
	Hit
	Toast
	OnToast
	ToastAccent
	Thumb
	Scrim
	Violet
	Rust
	Green
	Blue
	Rose
	Teal
	tokens // how many there are
)

// Of is the colour that the token has in this palette.
func (p *Palette) Of(t Token) color.NRGBA { return p.table[t%tokens] }

// tabled is the palette with its table, for finding a colour by its token is
// what painting does most.
func (p *Palette) tabled() *Palette {
	for t, at := range p.slots() {
		if at != nil {
			p.table[t] = *at
		}
	}
	return p
}

// slots are the colours in the order of the tokens.
func (p *Palette) slots() *[tokens]*color.NRGBA {
	return &[tokens]*color.NRGBA{
		Paper: &p.Paper, List: &p.List, Side: &p.Side,
		Line: &p.Line, Control: &p.Control,
		Ink: &p.Ink, Ink2: &p.Ink2, Ink3: &p.Ink3,
		Accent: &p.Accent, AccentHover: &p.AccentHover, OnAccent: &p.OnAccent,
		AccentTint: &p.AccentTint, AccentSoft: &p.AccentSoft,
		Sel: &p.Sel, SelQuiet: &p.SelQuiet,
		Hover: &p.Hover, Press: &p.Press, Chip: &p.Chip, Note: &p.Note,
		Danger: &p.Danger, DangerTint: &p.DangerTint, DangerLine: &p.DangerLine,
		Warn: &p.Warn, WarnTint: &p.WarnTint, WarnLine: &p.WarnLine,
		Good: &p.Good, GoodTint: &p.GoodTint,
		Star: &p.Star,
		POP:  &p.POP, POPTint: &p.POPTint, IMAP: &p.IMAP, IMAPTint: &p.IMAPTint,
		Hit:   &p.Hit,
		Toast: &p.Toast, OnToast: &p.OnToast, ToastAccent: &p.ToastAccent,
		Thumb: &p.Thumb, Scrim: &p.Scrim,
		Violet: &p.Violet, Rust: &p.Rust, Green: &p.Green,
		Blue: &p.Blue, Rose: &p.Rose, Teal: &p.Teal,
	}
}

// Now is the token's colour in the current palette.
func (t Token) Now() color.NRGBA { return Current().Of(t) }

// swatches are handed to accounts in this order.
var swatches = [...]Token{Violet, Rust, Green, Blue, Rose, Teal}

// Swatch is the colour of the account that stands at place n, from 0, in the
// person's order of accounts. After the sixth they begin anew.
func Swatch(n int) Token { return swatches[(n%len(swatches)+len(swatches))%len(swatches)] }
