package gui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// typist types on keys without a window.
type typist struct {
	*keys
	held fyne.KeyModifier
	did  []string
}

func newTypist() *typist {
	p := &typist{}
	p.keys = newKeys(func() fyne.KeyModifier { return p.held }, func(a action) bool {
		p.did = append(p.did, string(a))
		return true
	})
	return p
}

func (p *typist) type_(text string) {
	for _, r := range text {
		p.typedRune(r)
	}
}

func TestSingleKeysAndSequences(t *testing.T) {
	for typed, want := range map[string]string{
		"jk": "next, previous", "e": "archive", "#": "delete", "?": "keys", "/": "search",
		"gi": "inbox", "gs": "sent", "gd": "drafts", "ga": "archive folder", "gg": "all inboxes",
		"gq": "", "gqj": "next", "gjj": "junk folder, next", " ": "page down", "Z": "",
	} {
		p := newTypist()
		p.type_(typed)
		if got := strings.Join(p.did, ", "); got != want {
			t.Errorf("%q does %q, want %q", typed, got, want)
		}
	}
}

func TestSingleKeysCanBeSwitchedOff(t *testing.T) {
	p := newTypist()
	p.off = true
	p.type_("jegi#")
	p.typedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	p.typedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault})
	if got := strings.Join(p.did, ", "); got != "delete, archive" {
		t.Errorf("with single keys off, done %q", got)
	}
}

func TestNamedKeysAndShortcuts(t *testing.T) {
	p := newTypist()
	p.typedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.typedKey(&fyne.KeyEvent{Name: fyne.KeyJ}) // comes as a character, too
	p.held = fyne.KeyModifierShift
	p.typedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	p.type_(" ")
	p.typedShortcut(&fyne.ShortcutUndo{})
	p.typedShortcut(&fyne.ShortcutCopy{})
	p.typedShortcut(&desktop.CustomShortcut{KeyName: fyne.Key3, Modifier: fyne.KeyModifierShortcutDefault})
	p.typedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyR, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	want := "open, delete for good, page up, undo, account 3, reply all"
	if got := strings.Join(p.did, ", "); got != want {
		t.Errorf("done %q, want %q", got, want)
	}
}

// A sequence that is broken off by another key means nothing later.
func TestSequencesAreForgotten(t *testing.T) {
	p := newTypist()
	p.type_("g")
	p.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	p.type_("s")
	if got := strings.Join(p.did, ", "); got != "back, star" {
		t.Errorf("done %q", got)
	}
}

func TestNoKeyDoesTwoThings(t *testing.T) {
	single, always := map[string]action{}, map[string]action{}
	titles := map[action]bool{}
	for _, s := range keyMap {
		for _, b := range s.bindings {
			if titles[b.action] {
				t.Errorf("%s is in the map twice", b.action)
			}
			titles[b.action] = true
			for _, key := range strings.Fields(b.single) {
				if other, taken := single[key]; taken {
					t.Errorf("%s is %s and %s", key, other, b.action)
				}
				single[key] = b.action
			}
			for _, key := range strings.Fields(b.always) {
				if other, taken := always[key]; taken {
					t.Errorf("%s is %s and %s", key, other, b.action)
				}
				always[key] = b.action
			}
		}
	}
	for key := range single {
		if len(key) == 2 && single[key[:1]] != "" {
			t.Errorf("%s begins with %s, which does %s at once", key, key[:1], single[key[:1]])
		}
	}
}

// Shift and Delete come as the shortcut of cutting, as Ctrl and X do.
func TestShiftAndDeleteIsNoCutting(t *testing.T) {
	for held, want := range map[fyne.KeyModifier]string{fyne.KeyModifierShift: "delete for good", fyne.KeyModifierShortcutDefault: ""} {
		p := newTypist()
		p.held = held
		p.typedShortcut(&fyne.ShortcutCut{})
		if got := strings.Join(p.did, ", "); got != want {
			t.Errorf("with %v held it does %q, want %q", held, got, want)
		}
	}
}

// The canvas passes on every key with a modifier.
func TestShortcutsAreOfTheMap(t *testing.T) {
	k := newTypist().keys
	listed := map[string]bool{}
	for _, s := range k.shortcuts() {
		if _, cuts := s.(*fyne.ShortcutCut); cuts { // of Shift and Delete, as Fyne says it
			continue
		}
		name := shortcutName(s)
		if _, ok := k.named[name]; !ok {
			t.Errorf("%q is listed, and does nothing", name)
		}
		listed[name] = true
	}
	for name := range k.named {
		if strings.HasPrefix(name, "Ctrl+") && !listed[name] {
			t.Errorf("%q is not listed", name)
		}
	}
}
