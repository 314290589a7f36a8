package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

const (
	keyHeight  float32 = 18
	keyPadding float32 = 5 // the outline and 4
)

// A KeyHint shows a key, such as "/" or "Ctrl+Enter".
type KeyHint struct {
	picture
	key   string
	quiet bool
}

// NewKeyHint is a key with an outline; quiet gives it a ground instead, for
// fields.
func NewKeyHint(key string, quiet bool) *KeyHint {
	k := &KeyHint{key: key, quiet: quiet}
	k.become(k)
	return k
}

func (k *KeyHint) measure() fyne.Size { return fyne.NewSize(keyWidth(k.key), keyHeight) }

func (k *KeyHint) paint(s *Sheet) {
	if k.quiet {
		paintKey(s, 0, 0, k.key, theme.Side, theme.Side)
		return
	}
	paintKey(s, 0, 0, k.key, theme.Line, theme.None)
}

func keyWidth(key string) float32 {
	return max(keyHeight, ceil(TextWidth(key, theme.TextSmall)+2*keyPadding))
}

// paintKey paints a key at x, y; ground may be None.
func paintKey(s *Sheet, x, y float32, key string, line, ground theme.Token) {
	w := keyWidth(key)
	s.Box(x, y, w, keyHeight, theme.RadiusTag, ground)
	s.Outline(x, y, w, keyHeight, theme.RadiusTag, theme.Hairline, line)
	s.Text(x, y+1, w, Words{Text: key, Style: theme.TextSmall, Color: theme.Ink3, Align: AlignMiddle})
}
