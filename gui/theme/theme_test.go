package theme

import (
	"bytes"
	"image/color"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"postrider/gui/fynetest"
)

func TestModesChooseThePalette(t *testing.T) {
	fynetest.New(t)
	t.Cleanup(func() { Set(FollowSystem) })
	for _, c := range []struct {
		mode Mode
		want *Palette
	}{{AlwaysDark, Dark}, {AlwaysLight, Light}, {AlwaysDark, Dark}, {FollowSystem, palette(fyne.CurrentApp().Settings().ThemeVariant())}} {
		Set(c.mode)
		if Current() != c.want {
			t.Errorf("mode %d: the palette is dark: %v, want %v", c.mode, Current().Dark, c.want.Dark)
		}
	}
}

func TestASystemThatSaysNothingIsLight(t *testing.T) {
	fynetest.New(t)
	t.Cleanup(func() { told.Store(false); Set(FollowSystem) })
	Set(FollowSystem)
	for _, c := range []struct {
		system, asked string
		want          *Palette
	}{{"linux", "", Light}, {"linux", "dark", Dark}, {"freebsd", "", Light}, {"windows", "", Dark}, {"darwin", "", Dark}} {
		told.Store(knows(c.system, c.asked))
		if got := palette(fynetheme.VariantDark); got != c.want {
			t.Errorf("%s %q: dark is %v", c.system, c.asked, got.Dark)
		}
	}
}

// What Fyne tells by itself comes from the system.
func TestTheSystemsAnswerIsFollowed(t *testing.T) {
	app := fynetest.New(t)
	t.Setenv("FYNE_THEME", "")
	t.Cleanup(func() { told.Store(false); Set(FollowSystem) })
	Install(app)
	Set(AlwaysDark)
	Set(FollowSystem)
	Redraw()
	if runtime.GOOS == "linux" && told.Load() {
		t.Error("our own drawing was taken for the system's word")
	}
	app.Settings().SetTheme(New())
	if !told.Load() {
		t.Error("the system's word was not heard")
	}
}

func TestChangesAreToldOnce(t *testing.T) {
	fynetest.New(t)
	Set(AlwaysLight)
	t.Cleanup(func() { Set(FollowSystem) })
	told := 0
	stop := OnChange(func() { told++ })
	Set(AlwaysDark)
	Set(AlwaysDark)
	if told != 1 {
		t.Errorf("told %d times of one change", told)
	}
	stop()
	Set(AlwaysLight)
	if told != 1 {
		t.Errorf("told after stop")
	}
}

func TestFyneDrawsInOurColours(t *testing.T) {
	app := fynetest.New(t)
	Install(app)
	t.Cleanup(func() { Set(FollowSystem) })
	for _, m := range []Mode{AlwaysLight, AlwaysDark} {
		Set(m)
		// Fyne asks with the system's variant, which the mode overrules.
		for _, variant := range []fyne.ThemeVariant{fynetheme.VariantLight, fynetheme.VariantDark} {
			if got, want := app.Settings().Theme().Color(fynetheme.ColorNameBackground, variant), color.Color(Current().Paper); got != want {
				t.Errorf("mode %d: the background is %v, want %v", m, got, want)
			}
		}
	}
	if got := app.Settings().Theme().Font(fyne.TextStyle{}).Name(); got != "Inter-Regular.otf" {
		t.Errorf("the font is %s", got)
	}
}

func TestEveryIconIsThereInItsColour(t *testing.T) {
	for _, icon := range append([]Icon{StarOn}, Icons...) {
		icon.Drawing() // panics if it cannot be read
		svg := icon.ResourceIn(rgb(0x2563C9)).Content()
		if !bytes.Contains(svg, []byte(`stroke="#2563c9"`)) || !bytes.Contains(svg, []byte(`stroke-width="1.75"`)) {
			t.Errorf("%s is not drawn in its colour and stroke", icon)
		}
		if want := icon.IsFilled(); bytes.Contains(svg, []byte(`fill="none"`)) == want {
			t.Errorf("%s: filled is not %v", icon, want)
		}
	}
}

func TestTheSameIconIsTheSameResource(t *testing.T) {
	if IconInbox.ResourceIn(Light.Ink) != IconInbox.ResourceIn(Light.Ink) {
		t.Error("an icon was made twice in one colour")
	}
	if IconInbox.ResourceIn(Light.Ink).Name() == IconInbox.ResourceIn(Dark.Ink).Name() {
		t.Error("two colours have one name, under which Fyne would cache one picture")
	}
}
