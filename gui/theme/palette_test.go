package theme

import (
	"image/color"
	"math"
	"testing"
)

// What text may stand on. Hover and Press lie over a pane, and are composed.
var (
	panes    = []Token{Paper, List, Side}
	fills    = []Token{Sel, SelQuiet}
	swatched = []Token{Violet, Rust, Green, Blue, Rose, Teal}
)

// pair is what is drawn on what; over may be a translucent layer in between.
type pair struct{ top, over, ground Token }

func textPairs() (pairs []pair) {
	for _, pane := range panes {
		for _, ink := range []Token{Ink, Ink2, Ink3, Accent, Danger, Warn, Good} {
			pairs = append(pairs, pair{ink, None, pane})
			if ink != Ink3 || pane != Side { // rows of the sidebar have no captions
				pairs = append(pairs, pair{ink, Hover, pane})
			}
		}
		pairs = append(pairs, pair{Ink, Press, pane}, pair{Ink2, Press, pane}, pair{Ink2, Chip, pane}, pair{Ink, Chip, pane})
	}
	for _, fill := range fills {
		// Captions on a selected row are Ink2: Ink3 would be too faint there.
		for _, ink := range []Token{Ink, Ink2, Accent, Danger, Good} {
			pairs = append(pairs, pair{ink, None, fill})
		}
		pairs = append(pairs, pair{Ink2, Chip, fill})
	}
	for _, p := range [][2]Token{
		{OnAccent, Accent}, {OnAccent, AccentHover}, {Accent, AccentTint}, {Ink, AccentTint}, {Ink2, AccentTint}, {Ink3, AccentTint},
		{POP, POPTint}, {IMAP, IMAPTint}, {Ink, Hit}, {Ink2, Hit},
		{Ink, Note}, {Ink2, Note}, {Accent, Note},
		{Ink, DangerTint}, {Ink2, DangerTint}, {Danger, DangerTint}, {Accent, DangerTint},
		{Ink, WarnTint}, {Ink2, WarnTint}, {Warn, WarnTint}, {Accent, WarnTint},
		{Ink, GoodTint}, {Good, GoodTint},
		{OnToast, Toast}, {ToastAccent, Toast},
	} {
		pairs = append(pairs, pair{p[0], None, p[1]})
	}
	return pairs
}

func TestTextCanBeRead(t *testing.T) { check(t, textPairs(), 4.5) }

func TestIconsAndSwatchesCanBeSeen(t *testing.T) {
	var pairs []pair
	for _, ground := range append(append([]Token{}, panes...), fills...) {
		for _, icon := range append([]Token{Ink2, Star, Warn, Good, Danger, Accent}, swatched...) {
			pairs = append(pairs, pair{icon, None, ground})
		}
	}
	for _, pane := range panes {
		pairs = append(pairs, pair{Ink3, None, pane}, pair{Ink3, Hover, pane}, pair{Star, Hover, pane})
	}
	check(t, pairs, 3)
}

func check(t *testing.T, pairs []pair, least float64) {
	t.Helper()
	for name, p := range map[string]*Palette{"light": Light, "dark": Dark} {
		worst := 21.0
		for _, pr := range pairs {
			ground := Over(p.Of(pr.over), p.Of(pr.ground))
			got := contrast(Over(p.Of(pr.top), ground), ground)
			if got < least {
				t.Errorf("%s: token %d on %d (through %d) has a contrast of %.2f, want %.1f", name, pr.top, pr.ground, pr.over, got, least)
			}
			worst = min(worst, got)
		}
		t.Logf("%s: %d pairs, the faintest %.2f", name, len(pairs), worst)
	}
}

// contrast is WCAG 2's ratio of two opaque colours.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func TestEveryTokenHasAColour(t *testing.T) {
	for name, p := range map[string]*Palette{"light": Light, "dark": Dark} {
		for token := None + 1; token < tokens; token++ {
			if p.Of(token) == (color.NRGBA{}) {
				t.Errorf("%s: token %d has no colour", name, token)
			}
		}
	}
}

func TestOver(t *testing.T) {
	if got, want := Over(rgba(0x00000080), rgb(0xFFFFFF)), rgb(0x7F7F7F); got != want {
		t.Errorf("half black over white is %v, want %v", got, want)
	}
}
