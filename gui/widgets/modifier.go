package widgets

import (
	"runtime"

	"fyne.io/fyne/v2"
)

// wordModifier is the key that makes arrows move by words: Option on a Mac,
// Control elsewhere.
var wordModifier = func() fyne.KeyModifier {
	if runtime.GOOS == "darwin" {
		return fyne.KeyModifierAlt
	}
	return fyne.KeyModifierControl
}()

// shortcutName is how a shortcut with the system's usual modifier is written.
func shortcutName(key string) string {
	if runtime.GOOS == "darwin" {
		return "⌘" + key
	}
	return "Ctrl+" + key
}
