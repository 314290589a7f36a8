package gui

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keys finds out which action is meant by what is typed. Characters come as the
// keyboard layout makes them, so that # and ? are where they are printed.
type keys struct {
	single map[string]action        // by character or sequence; "Space", "Shift+Space"
	named  map[string]action        // by the name of a key with its modifiers
	begins map[rune]bool            // the first characters of sequences
	prefix string                   // of a sequence that has begun
	off    bool                     // single keys are switched off
	held   func() fyne.KeyModifier  // the modifiers that are down now
	do     func(action) (done bool) // carries an action out
}

func newKeys(held func() fyne.KeyModifier, do func(action) bool) *keys {
	k := &keys{single: map[string]action{}, named: map[string]action{}, begins: map[rune]bool{}, held: held, do: do}
	for _, s := range keyMap {
		for _, b := range s.bindings {
			k.bind(b)
		}
	}
	// On many keyboards + is the upper half of the key of =.
	k.named["Ctrl+Shift+="] = k.named["Ctrl+="]
	for n := 1; n <= 9; n++ {
		k.named["Ctrl+"+strconv.Itoa(n)] = accountAction(n)
	}
	return k
}

func (k *keys) bind(b binding) {
	for _, key := range strings.Fields(b.single) {
		k.single[key] = b.action
		if first, size := utf8.DecodeRuneInString(key); size < len(key) && len(key) <= 2 {
			k.begins[first] = true
		}
	}
	for _, key := range strings.Fields(b.always) {
		k.named[key] = b.action
	}
}

// typedRune takes a character that no text field took.
func (k *keys) typedRune(r rune) bool {
	if k.off {
		return false
	}
	typed := k.prefix + string(r)
	k.prefix = ""
	if r == ' ' {
		typed = "Space"
		if k.held()&fyne.KeyModifierShift != 0 {
			typed = "Shift+Space"
		}
	}
	if act, ok := k.single[typed]; ok {
		return k.do(act)
	}
	if k.begins[r] {
		k.prefix = string(r)
		return true
	}
	return false
}

// keyNames are Fyne's names that ours differ from.
var keyNames = map[fyne.KeyName]string{fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyEscape: "Escape"}

// typedKey takes a key that no text field took. Keys that make characters come
// as those.
func (k *keys) typedKey(ev *fyne.KeyEvent) bool {
	name := string(ev.Name)
	if ours, ok := keyNames[ev.Name]; ok {
		name = ours
	}
	if utf8.RuneCountInString(name) == 1 || ev.Name == fyne.KeySpace {
		return false
	}
	k.prefix = ""
	act, ok := k.named[modifierNames(k.held())+name]
	return ok && k.do(act)
}

// typedShortcut takes a key with modifiers.
func (k *keys) typedShortcut(s fyne.Shortcut) bool {
	name := shortcutName(s)
	if _, ok := s.(*fyne.ShortcutCut); ok && k.held()&fyne.KeyModifierShift != 0 {
		name = "Shift+Delete" // Fyne takes it for the old key of cutting
	}
	if name == "" {
		return false
	}
	k.prefix = ""
	act, ok := k.named[name]
	return ok && k.do(act)
}

// shortcutName is the name of a shortcut as keyMap has it, or "".
func shortcutName(s fyne.Shortcut) string {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		return "Ctrl+A"
	case *fyne.ShortcutUndo:
		return "Ctrl+Z"
	case *desktop.CustomShortcut:
		name := string(s.KeyName)
		if ours, ok := keyNames[s.KeyName]; ok {
			name = ours
		}
		return modifierNames(s.Modifier) + name
	}
	return ""
}

// modifierNames writes modifiers as keyMap has them; the platform's usual one is
// called Ctrl.
func modifierNames(m fyne.KeyModifier) (names string) {
	for _, modifier := range []struct {
		bit  fyne.KeyModifier
		name string
	}{
		{fyne.KeyModifierShortcutDefault, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"},
	} {
		if m&modifier.bit != 0 {
			names += modifier.name
		}
	}
	return names
}

// shortcuts lists what a canvas has to be told to pass on: what is typed with a
// modifier while no field has the focus.
func (k *keys) shortcuts() (list []fyne.Shortcut) {
	list = append(list, &fyne.ShortcutSelectAll{}, &fyne.ShortcutUndo{}, &fyne.ShortcutCut{})
	for name := range k.named {
		parts := strings.Split(strings.TrimSuffix(name, "+"), "+")
		key := parts[len(parts)-1]
		if strings.HasSuffix(name, "+") {
			key = "+"
		}
		var m fyne.KeyModifier
		for _, part := range parts[:len(parts)-1] {
			m |= modifiersByName[part]
		}
		if m&^fyne.KeyModifierShift != 0 {
			list = append(list, &desktop.CustomShortcut{KeyName: fyne.KeyName(key), Modifier: m})
		}
	}
	return list
}

var modifiersByName = map[string]fyne.KeyModifier{
	"Ctrl": fyne.KeyModifierShortcutDefault, "Alt": fyne.KeyModifierAlt, "Shift": fyne.KeyModifierShift,
}

// firstKey is how a menu names the key of an action: the one that always works,
// or else the single one.
func firstKey(b binding) string {
	for _, keys := range []string{b.always, b.single} {
		if names := strings.Fields(keys); len(names) > 0 {
			return names[0]
		}
	}
	return ""
}
