package setup

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/widgets"
)

func TestEditorSavesWhatWasTried(t *testing.T) {
	test.NewTempApp(t)
	var tried, saved []Account
	e := NewEditor(Guess(nora, widgets.IMAP), "", EditorCalls{Try: func(a Account) { tried = append(tried, a) }, Save: func(a Account) { saved = append(saved, a) }})
	w := test.NewWindow(e)
	defer w.Close()
	w.Resize(fyne.NewSize(800, 900))
	if !e.save.Disabled() {
		t.Error("there is something to save before anything changed")
	}
	e.form.incoming.host.Line.TypedRune('x')
	e.save.Tapped(nil)
	e.SetTest(failed())
	if len(tried) != 1 || len(saved) != 0 {
		t.Fatalf("tried %d, saved %d after a failed test", len(tried), len(saved))
	}
	e.keep() // "Save as it is"
	e.SetSaving(false, "")
	if len(saved) != 1 || saved[0].Incoming.Host != "imap.fernlight.examplex" || !e.save.Disabled() || e.said.Text() != "Saved." {
		t.Errorf("saved %+v, and says %q", saved, e.said.Text())
	}
}
