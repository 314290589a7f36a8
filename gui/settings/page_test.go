package settings

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
	"postrider/gui/widgets"
)

func custody(t *testing.T, c Custody) *CustodyView {
	t.Helper()
	fynetest.New(t)
	v := NewCustodyView()
	w := test.NewWindow(v)
	t.Cleanup(w.Close)
	w.Resize(fyne.NewSize(1000, 800))
	v.Set(c)
	return v
}

func TestPolicyIsChosenWithItsDays(t *testing.T) {
	var got [][2]int
	c := home()
	c.Chosen = 0
	c.OnOption = func(i, days int) { got = append(got, [2]int{i, days}) }
	v := custody(t, c)
	v.radios[2].Tapped(nil)
	v.days.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	v.radios[3].Tapped(nil)
	if want := [][2]int{{2, 14}, {2, 30}, {3, 0}}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	if !v.radios[3].On() || v.radios[2].On() {
		t.Error("not the chosen one is lit")
	}
}

func TestDaysThatAreNotOfferedAreKept(t *testing.T) {
	c := home()
	c.Days = 45
	got := 0
	c.OnOption = func(_, days int) { got = days }
	v := custody(t, c)
	v.radios[2].Tapped(nil)
	if got != 45 {
		t.Errorf("pressing what is chosen changed 45 days to %d", got)
	}
}

func TestMessageCanBeKeptOnTheServer(t *testing.T) {
	kept := ""
	c := home()
	for i := range c.Leaving {
		c.Leaving[i].Keep = func() { kept += c.Leaving[i].From }
	}
	v := custody(t, c)
	size := v.table.Size()
	row := fyne.NewPos(size.Width-30, 28+36+18)
	v.table.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: row}})
	v.table.Tapped(&fyne.PointEvent{Position: row})
	v.table.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, row.Y)}) // on the name: nothing
	v.table.MouseOut()
	v.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	v.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if kept != "Village schoolStadtwerke Lindenau" {
		t.Errorf("kept %q", kept)
	}
}

func TestTableWithoutRowsTakesKeys(t *testing.T) {
	c := home()
	c.Leaving = nil
	v := custody(t, c)
	v.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	v.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if v.leaving.Visible() {
		t.Error("an empty table shows")
	}
}

func TestEachChangeIsTold(t *testing.T) {
	fynetest.New(t)
	var got Values
	p := programPage(0, func(v Values) { got = v })
	w := test.NewWindow(p)
	defer w.Close()
	w.Resize(fyne.NewSize(1000, 800))
	for i := range p.parts {
		p.Open(i)
		eachControl(p.parts[i], func(o fyne.CanvasObject) {
			switch o := o.(type) {
			case *widgets.Check:
				o.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
			case *widgets.Segments:
				o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			case *widgets.Select:
				o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			case *widgets.Radio:
				o.Tapped(nil)
			}
		})
	}
	want := Values{Show: ShowSender, QuietFrom: 1320, QuietTo: 405, Tray: true, Hidden: true, Session: true, ReadAfter: 2, Mode: theme.AlwaysDark, Density: widgets.Compact, MailSize: 110, Pictures: PicturesAllowed,
		Quote: QuoteAbove, Plain: true, Undo: 20, Spell: true}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// eachControl walks through what is shown.
func eachControl(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	f(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			eachControl(child, f)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			eachControl(child, f)
		}
	}
}

func TestQuietHoursComeBackAsTheyWere(t *testing.T) {
	fynetest.New(t)
	var got Values
	p := programPage(0, func(v Values) { got = v })
	var quiet *widgets.Check
	eachControl(p.parts[0], func(o fyne.CanvasObject) {
		if c, ok := o.(*widgets.Check); ok && c.AccessibilityLabel() == "Be quiet from, on" {
			quiet = c
		}
	})
	quiet.Tapped(nil)
	if got.Quiet {
		t.Error("switched off, and on")
	}
	quiet.Tapped(nil)
	if !got.Quiet || got.QuietFrom != 1320 || got.QuietTo != 405 {
		t.Errorf("switched on again: %+v", got)
	}
}

func TestSequencesAreSpelled(t *testing.T) {
	for key, want := range map[string]string{"gi": "g i", "e": "e", "Ctrl+E": "Ctrl+E", "#": "#", "++": "++"} {
		if got := spelled(key); got != want {
			t.Errorf("%q is spelled %q", key, got)
		}
	}
}

func TestIdentitiesAreToldWhenTheyAreComplete(t *testing.T) {
	fynetest.New(t)
	var got [][]Identity
	p := NewIdentities([]Identity{{Name: "Nora Falk", Address: "nora@fernlight.example"}}, func(list []Identity) { got = append(got, list) })
	w := test.NewWindow(p)
	defer w.Close()
	w.Resize(fyne.NewSize(700, 900))
	p.add()
	p.tell()
	if len(got) != 0 {
		t.Fatal("an identity without an address was told")
	}
	var fields []*widgets.Field
	eachControl(p.cards.Objects[1], func(o fyne.CanvasObject) {
		if f, ok := o.(*widgets.Field); ok {
			fields = append(fields, f)
		}
	})
	w.Canvas().Focus(fields[1].Line)
	test.Type(fields[1].Line, "office@fernlight.example ")
	w.Canvas().Unfocus()
	if len(got) != 1 || len(got[0]) != 2 || got[0][1] != (Identity{Name: "Nora Falk", Address: "office@fernlight.example"}) {
		t.Fatalf("told %+v", got)
	}
	p.remove(1)
	if len(got) != 2 || len(got[1]) != 1 {
		t.Errorf("after the removal told %+v", got)
	}
}

func TestRemovalKeepsMailUnlessToldOtherwise(t *testing.T) {
	fynetest.New(t)
	var got []bool
	removal := NewRemoval("What is on the server stays there.", func(keep bool) { got = append(got, keep) })
	w := test.NewWindow(removal)
	defer w.Close()
	w.Resize(fyne.NewSize(700, 600))
	press := func() {
		eachControl(removal, func(o fyne.CanvasObject) {
			if b, ok := o.(*widgets.Button); ok && b.Label() == "Remove account …" {
				b.Tapped(nil)
			}
		})
	}
	press()
	eachControl(removal, func(o fyne.CanvasObject) {
		if r, ok := o.(*widgets.Radio); ok && r.AccessibilityLabel() == "Delete the mail that is here" {
			r.Tapped(nil)
		}
	})
	press()
	if !slices.Equal(got, []bool{true, false}) {
		t.Errorf("asked to remove, keeping mail: %v", got)
	}
}
