package theme

import "image/color"

// A Palette has the colours of one theme. A few are translucent, to be drawn
// over whatever lies below: Hover, Press, Chip,
// Thumb and Scrim.
type Palette struct {
	Dark bool

	Paper, List, Side color.NRGBA // the panes: reader, list, sidebar
	Line              color.NRGBA // hairlines between things
	Control           color.NRGBA // outlines of buttons, fields and menus

	Ink, Ink2, Ink3 color.NRGBA // text, secondary text, captions

	Accent, AccentHover, OnAccent color.NRGBA
	AccentTint, AccentSoft        color.NRGBA // a ground, and a part of a bar

	Sel, SelQuiet            color.NRGBA // selected: in the focused pane, in another
	Hover, Press, Chip, Note color.NRGBA

	Danger, DangerTint, DangerLine color.NRGBA
	Warn, WarnTint, WarnLine       color.NRGBA
	Good, GoodTint                 color.NRGBA
	Star                           color.NRGBA

	POP, POPTint, IMAP, IMAPTint color.NRGBA // the tags with a protocol's name

	Hit                         color.NRGBA // behind what a search found
	Toast, OnToast, ToastAccent color.NRGBA // the bar that offers to undo
	Thumb                       color.NRGBA // of scroll bars
	Scrim                       color.NRGBA // over what a dialog keeps from being used

	Violet, Rust, Green, Blue, Rose, Teal color.NRGBA // the swatches of accounts

	table [tokens]color.NRGBA // the same, by token
}

// Light and Dark are the two palettes.
var (
	Light = (&Palette{
		Paper: rgb(0xFFFFFF), List: rgb(0xFAFAFB), Side: rgb(0xF3F4F6),
		Line: rgb(0xE5E7EB), Control: rgb(0xC9D0D8),
		Ink: rgb(0x16191E), Ink2: rgb(0x4A535E), Ink3: rgb(0x616B77),
		Accent: rgb(0x2563C9), AccentHover: rgb(0x1E55B0), OnAccent: rgb(0xFFFFFF),
		AccentTint: rgb(0xEAF1FD), AccentSoft: rgb(0x9DBDF0),
		Sel: rgb(0xDCE8FB), SelQuiet: rgb(0xE4E7EC),
		Hover: rgba(0x16191E0D), Press: rgba(0x16191E17), Chip: rgba(0x16191E12), Note: rgb(0xF3F4F6),
		Danger: rgb(0xB3261E), DangerTint: rgb(0xFCEEEC), DangerLine: rgb(0xF0CBC7),
		Warn: rgb(0x8A5A00), WarnTint: rgb(0xFCF4E0), WarnLine: rgb(0xEEDCAE),
		Good: rgb(0x1A6E42), GoodTint: rgb(0xE7F4EC),
		Star: rgb(0xB37400),
		POP:  rgb(0x7A4B00), POPTint: rgb(0xFBF0DC), IMAP: rgb(0x0B5A5E), IMAPTint: rgb(0xDFF2F2),
		Hit:   rgb(0xFFE9A3),
		Toast: rgb(0x23282F), OnToast: rgb(0xF5F6F8), ToastAccent: rgb(0x9CC0FF),
		Thumb: rgba(0x16191E33), Scrim: rgba(0x16191E59),
		Violet: rgb(0x7A5AC8), Rust: rgb(0xC05A30), Green: rgb(0x2F8A52),
		Blue: rgb(0x3A73D1), Rose: rgb(0xC24A78), Teal: rgb(0x17838A),
	}).tabled()
	Dark = (&Palette{
		Dark:  true,
		Paper: rgb(0x16191E), List: rgb(0x191D23), Side: rgb(0x1E232A),
		Line: rgb(0x2A303A), Control: rgb(0x3F4854),
		Ink: rgb(0xE8EBEF), Ink2: rgb(0xB4BDC8), Ink3: rgb(0x8E99A6),
		Accent: rgb(0x79A9FF), AccentHover: rgb(0x93BAFF), OnAccent: rgb(0x0B1220),
		AccentTint: rgb(0x1B2940), AccentSoft: rgb(0x3C5C90),
		Sel: rgb(0x24364F), SelQuiet: rgb(0x2B323B),
		Hover: rgba(0xFFFFFF0D), Press: rgba(0xFFFFFF17), Chip: rgba(0xFFFFFF17), Note: rgb(0x1E232A),
		Danger: rgb(0xFF8A80), DangerTint: rgb(0x2E1D1D), DangerLine: rgb(0x56302D),
		Warn: rgb(0xF0B849), WarnTint: rgb(0x2A2416), WarnLine: rgb(0x4A3D1E),
		Good: rgb(0x6FCF97), GoodTint: rgb(0x17281F),
		Star: rgb(0xF0B849),
		POP:  rgb(0xF0B849), POPTint: rgb(0x33291A), IMAP: rgb(0x7FD3D6), IMAPTint: rgb(0x173033),
		Hit:   rgb(0x5C4A10),
		Toast: rgb(0xE8EBEF), OnToast: rgb(0x16191E), ToastAccent: rgb(0x1E55B0),
		Thumb: rgba(0xFFFFFF38), Scrim: rgba(0x00000094),
		Violet: rgb(0xA58BE8), Rust: rgb(0xE58A63), Green: rgb(0x5DBB80),
		Blue: rgb(0x7FA8F0), Rose: rgb(0xE88FB0), Teal: rgb(0x5FC0C6),
	}).tabled()
)

func rgb(hex uint32) color.NRGBA { return rgba(hex<<8 | 0xFF) }

func rgba(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 24), G: uint8(hex >> 16), B: uint8(hex >> 8), A: uint8(hex)}
}

// Over is the colour that c shows when it is drawn over an opaque ground.
func Over(c, ground color.NRGBA) color.NRGBA {
	mix := func(top, below uint8) uint8 {
		a := uint32(c.A)
		return uint8((uint32(top)*a + uint32(below)*(255-a) + 127) / 255)
	}
	return color.NRGBA{R: mix(c.R, ground.R), G: mix(c.G, ground.G), B: mix(c.B, ground.B), A: 255}
}
