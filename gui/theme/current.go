package theme

import (
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// A Mode is what the person chose.
type Mode uint8

// The modes.
const (
	FollowSystem Mode = iota
	AlwaysLight
	AlwaysDark
)

var (
	current atomic.Pointer[Palette]
	mode    atomic.Uint32
	told    atomic.Bool // Fyne knows from the system whether it is light or dark
	ours    atomic.Bool // it is us who have everything drawn anew

	listenersMu sync.Mutex
	listeners   []*func()
)

func init() { current.Store(Light) }

// Current is the palette to draw with now.
func Current() *Palette { return current.Load() }

// CurrentMode is what [Set] chose last.
func CurrentMode() Mode { return Mode(mode.Load()) }

// Install makes an app look like Postrider, now and whenever the system changes
// between light and dark.
func Install(app fyne.App) {
	told.Store(knows(runtime.GOOS, os.Getenv("FYNE_THEME")))
	settle(app)
	redraw(app)
	app.Settings().AddListener(func(fyne.Settings) {
		if ours.Load() {
			return
		}
		told.Store(true)
		// Fyne's own listener came first and has refreshed the widgets already,
		// in the colours of before.
		if settle(app) {
			redraw(app)
		}
	})
}

// knows reports whether what Fyne says at the start is the system's word. Where
// a desktop portal is asked it is not: Fyne says dark until that has answered,
// and for good where there is none.
func knows(system, asked string) bool {
	switch system {
	case "windows", "darwin":
		return true
	}
	return asked != ""
}

// Redraw has every widget drawn anew, in all windows. Without an app it does
// nothing.
func Redraw() {
	if app := fyne.CurrentApp(); app != nil {
		redraw(app)
	}
}

func redraw(app fyne.App) {
	ours.Store(true)
	defer ours.Store(false)
	app.Settings().SetTheme(New())
}

// Set chooses a mode and draws everything anew if that changes the colours. It
// works on the current app, and without one changes [Current] alone.
func Set(m Mode) {
	mode.Store(uint32(m))
	app := fyne.CurrentApp()
	if app == nil {
		use(palette(fynetheme.VariantLight))
		return
	}
	if settle(app) {
		redraw(app)
	}
}

// settle makes current what the mode and the system ask for, and says whether
// that changed it.
func settle(app fyne.App) bool { return use(palette(app.Settings().ThemeVariant())) }

func use(p *Palette) bool {
	if current.Swap(p) == p {
		return false
	}
	listenersMu.Lock()
	all := slices.Clone(listeners)
	listenersMu.Unlock()
	for _, listener := range all {
		(*listener)()
	}
	return true
}

// palette is the one that the mode asks for, given the system's variant. A
// system that says nothing is light.
func palette(system fyne.ThemeVariant) *Palette {
	switch {
	case CurrentMode() == AlwaysDark, CurrentMode() == FollowSystem && system == fynetheme.VariantDark && told.Load():
		return Dark
	default:
		return Light
	}
}

// OnChange calls f after each change of the palette, where the change happens,
// until stop is called.
func OnChange(f func()) (stop func()) {
	listenersMu.Lock()
	defer listenersMu.Unlock()
	listeners = append(listeners, &f)
	return func() {
		listenersMu.Lock()
		defer listenersMu.Unlock()
		listeners = slices.DeleteFunc(listeners, func(l *func()) bool { return l == &f })
	}
}
