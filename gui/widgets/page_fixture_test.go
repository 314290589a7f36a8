package widgets

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
)

// laidOut is a mail laid out as the reader does it.
func laidOut(source string, width float32) *display.Page {
	doc := html.Parse(source)
	styles := css.Parse(doc).Cascade(css.Media{Width: float64(width), Height: 600})
	return box.Layout(doc, styles, box.Options{Width: float64(width), Library: library()})
}

// pageStage is a page in a window of Fyne's test driver, with a clock of its own.
// It paints at once.
type pageStage struct {
	*Page
	t      *testing.T
	source string
	window fyne.Window
	clock  time.Time
	later  []func()
	links  []string
	menus  []PageSpot
}

const pageWidth, pageHeight = 600, 400

func newPageStage(t *testing.T, source string, tall bool) *pageStage {
	t.Helper()
	fynetest.New(t)
	s := &pageStage{Page: newPage(tall), t: t, source: source, clock: time.Unix(1e9, 0)}
	s.tiles.spawn = func(f func()) { f() }
	s.post = func(f func()) { f() }
	s.now = func() time.Time { return s.clock }
	s.wait = func(_ time.Duration, f func()) { s.later = append(s.later, f) }
	s.Modifiers = heldKeys(0)
	s.OnWidth = func(px float32) { s.SetPage(laidOut(source, px)) }
	s.OnLink = func(l *display.Link) { s.links = append(s.links, l.Target) }
	s.OnMenu = func(spot PageSpot, _ fyne.Position) { s.menus = append(s.menus, spot) }
	s.window = test.NewTempWindow(t, s.Page)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(pageWidth, pageHeight))
	return s
}

// place is where a text of the mail stands in the widget: its left edge, middle
// height.
func (s *pageStage) place(text string) fyne.Position {
	s.t.Helper()
	at := strings.Index(s.page.Text(), text)
	if at < 0 {
		s.t.Fatalf("the mail has no %q", text)
	}
	r := s.page.Rects(at, at+len(text))[0]
	return fyne.NewPos(r.X*s.zoom-s.side+1, (r.Y+r.H/2)*s.zoom-s.shift())
}

func (s *pageStage) end(text string) fyne.Position {
	at := strings.Index(s.page.Text(), text)
	rects := s.page.Rects(at, at+len(text))
	r := rects[len(rects)-1]
	return fyne.NewPos(r.Right()*s.zoom-s.side-1, (r.Y+r.H/2)*s.zoom-s.shift())
}

func (s *pageStage) press(at fyne.Position, button desktop.MouseButton, with fyne.KeyModifier) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at, AbsolutePosition: at}, Button: button, Modifier: with}
}

func (s *pageStage) click(at fyne.Position, with fyne.KeyModifier) {
	ev := s.press(at, desktop.MouseButtonPrimary, with)
	s.MouseMoved(ev)
	s.MouseDown(ev)
	s.MouseUp(ev)
	s.clock = s.clock.Add(50 * time.Millisecond)
}

func (s *pageStage) drag(from, to fyne.Position) {
	s.clock = s.clock.Add(time.Minute)
	s.MouseDown(s.press(from, desktop.MouseButtonPrimary, noKey))
	for k := float32(1); k <= 4; k++ {
		at := from.Add(fyne.NewPos((to.X-from.X)*k/4, (to.Y-from.Y)*k/4))
		s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}})
	}
}

func (s *pageStage) drop() {
	s.DragEnd()
	s.MouseUp(s.press(s.mouse.at, desktop.MouseButtonPrimary, noKey))
}

func (s *pageStage) key(name fyne.KeyName, with fyne.KeyModifier) {
	s.Modifiers = heldKeys(with)
	s.TypedKey(&fyne.KeyEvent{Name: name})
	s.Modifiers = heldKeys(0)
}

// picture is what the window shows.
func (s *pageStage) picture() image.Image { return s.window.Canvas().Capture() }

const shortMail = `<p>Dear Ada, the <b>engine</b> is ready. See <a href="https://example.org/notes">the notes</a> for more.</p>
<p>Second paragraph with several words in it.</p><p>Third and last.</p>`

// longMail has n paragraphs.
func longMail(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p>Paragraph %d. The quick brown fox jumps over the lazy dog, again and again, until the line is full and another one begins.</p>", i)
	}
	return b.String()
}
