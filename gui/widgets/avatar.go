package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"

	"postrider/gui/theme"
)

// An Avatar stands for a person: initials in a disc.
type Avatar struct {
	picture
	initials string
	small    bool
}

// NewAvatar is the avatar of a name, 36 px or, in cards, 28.
func NewAvatar(name string, small bool) *Avatar {
	a := &Avatar{initials: Initials(name), small: small}
	a.become(a)
	return a
}

// SetName changes whose it is.
func (a *Avatar) SetName(name string) {
	if got := Initials(name); a.initials != got {
		a.initials = got
		a.repaint()
	}
}

func (a *Avatar) measure() fyne.Size {
	if a.small {
		return fyne.NewSquareSize(theme.AvatarCardSize)
	}
	return fyne.NewSquareSize(theme.AvatarSize)
}

func (a *Avatar) paint(s *Sheet) {
	style := theme.TextLine.With(theme.SemiBold)
	if a.small {
		style = theme.TextTag
	}
	side := min(a.Size().Width, a.Size().Height)
	s.Box(0, 0, side, side, side/2, theme.Chip)
	s.Text(0, (side-style.Line)/2, side, Words{Text: a.initials, Style: style, Color: theme.Ink2, Align: AlignMiddle})
}

// Initials are one or two letters for a name or an address: those of its first
// two words. Scripts without capitals give one character, which says
// more there than a letter does here.
func Initials(name string) string {
	name, _, _ = strings.Cut(strings.TrimSpace(name), "@")
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mn, r) && r != '\u200d'
	})
	if len(words) == 0 {
		return "?"
	}
	first := initial(words[0])
	if len(words) == 1 || !hasCase(first) {
		return first
	}
	if second := initial(words[1]); hasCase(second) {
		return first + second
	}
	return first
}

func initial(word string) string {
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(word, -1)
	return strings.ToUpper(cluster)
}

func hasCase(s string) bool { return strings.ToUpper(s) != strings.ToLower(s) }
