package widgets

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
	"postrider/mail/html/display"
)

func TestPageFollowsALinkThatIsClicked(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	var hovered []string
	s.OnHover = func(l *display.Link) {
		if l == nil {
			hovered = append(hovered, "")
			return
		}
		hovered = append(hovered, l.Target)
	}
	at := s.place("notes")
	s.MouseMoved(s.press(at, 0, noKey))
	if s.Cursor() != desktop.PointerCursor {
		t.Error("the pointer is no hand over a link")
	}
	s.click(at, noKey)
	s.MouseMoved(s.press(s.place("engine"), 0, noKey))
	if s.Cursor() != desktop.TextCursor {
		t.Error("the pointer is no beam over text")
	}
	if len(s.links) != 1 || s.links[0] != "https://example.org/notes" {
		t.Errorf("links followed: %q", s.links)
	}
	if strings.Join(hovered, " ") != "https://example.org/notes " {
		t.Errorf("hovered %q", hovered)
	}
}

func TestPageDoesNotFollowALinkThatIsDraggedOver(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	s.drag(s.place("the notes"), s.end("the notes"))
	s.drop()
	if len(s.links) != 0 {
		t.Error("selecting a link's text followed it")
	}
	if got := s.Selected(); got != "the notes" {
		t.Errorf("selected %q", got)
	}
}

func TestPageSelectsByMouse(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	s.drag(s.place("engine"), s.end("several"))
	s.drop()
	if got, want := s.Selected(), "engine is ready. See the notes for more.\nSecond paragraph with several"; got != want {
		t.Errorf("dragging selected %q, want %q", got, want)
	}
	at := s.place("several").Add(fyne.NewPos(4, 0))
	s.clock = s.clock.Add(minute)
	s.click(at, noKey)
	if s.Selected() != "" {
		t.Error("a click selects something")
	}
	s.click(at, noKey)
	if got := s.Selected(); got != "several" {
		t.Errorf("a double click selected %q", got)
	}
	s.click(at, noKey)
	if got, want := s.Selected(), "Second paragraph with several words in it."; got != want {
		t.Errorf("a triple click selected %q", got)
	}
	s.clock = s.clock.Add(minute)
	s.click(s.place("Third"), noKey)
	s.clock = s.clock.Add(minute)
	s.click(s.end("Third"), shift)
	if got := s.Selected(); got != "Third" {
		t.Errorf("a click with Shift selected %q", got)
	}
}

const minute = 60 * 1_000_000_000

func TestPageSelectsByKeysAndCopies(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	s.click(s.place("engine"), noKey)
	for range 6 {
		s.key(fyne.KeyRight, shift)
	}
	if got := s.Selected(); got != "engine" {
		t.Errorf("Shift+Right selected %q", got)
	}
	s.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "engine" {
		t.Errorf("the clipboard has %q", got)
	}
	s.TypedShortcut(&fyne.ShortcutSelectAll{})
	if got := s.Selected(); got != s.page.Text() {
		t.Errorf("all of it is %q", got)
	}
	s.key(fyne.KeyEscape, noKey)
	if s.Selected() != "" {
		t.Error("Escape keeps the selection")
	}
	s.click(s.place("engine"), noKey)
	s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: ctrl | shift})
	s.key(fyne.KeyDown, shift)
	if got := s.Selected(); !strings.HasPrefix(got, "engine is ready") || !strings.Contains(got, "\nSecond") {
		t.Errorf("a word and a line are %q", got)
	}
}

func TestPageLeavesKeysItHasNoUseFor(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	var keys []fyne.KeyName
	var runes []rune
	s.Keys = Keys{Key: func(e *fyne.KeyEvent) bool { keys = append(keys, e.Name); return true }, Rune: func(r rune) bool { runes = append(runes, r); return true }}
	s.key(fyne.KeyDelete, noKey)
	s.key(fyne.KeyEscape, noKey)
	s.TypedRune('j')
	if len(keys) != 2 || string(runes) != "j" {
		t.Errorf("got %v %q", keys, runes)
	}
}

func TestPageReachesLinksWithTab(t *testing.T) {
	s := newPageStage(t, shortMail+`<p><a href="https://example.org/two">two</a></p>`, false)
	s.window.Canvas().Focus(s.Page)
	s.key(fyne.KeyTab, noKey)
	s.key(fyne.KeyTab, noKey)
	s.key(fyne.KeyReturn, noKey)
	s.key(fyne.KeyTab, shift)
	s.key(fyne.KeyReturn, noKey)
	if strings.Join(s.links, " ") != "https://example.org/two https://example.org/notes" {
		t.Errorf("followed %q", s.links)
	}
}

func TestPageFindsAndGoesThere(t *testing.T) {
	s := newPageStage(t, longMail(300), false)
	if n := s.Find("PARAGRAPH 250"); n != 1 {
		t.Fatalf("found %d", n)
	}
	if at := s.place("Paragraph 250"); at.Y < 0 || at.Y > pageHeight {
		t.Errorf("what was found is at %v, which cannot be seen", at.Y)
	}
	if n := s.Find("fox"); n != 300 {
		t.Errorf("found %d", n)
	}
	first, _ := s.Found()
	next, of := s.FindNext()
	back, _ := s.FindPrevious()
	if next != first+1 || of != 300 || back != first {
		t.Errorf("from hit %d to %d of %d and back to %d", first, next, of, back)
	}
	if s.Find("nowhere"); s.found.current != -1 {
		t.Error("what is not there is looked at")
	}
	if k, n := s.FindNext(); k != -1 || n != 0 {
		t.Errorf("next of none is %d of %d", k, n)
	}
}

func TestPageShowsHitsInTheirColours(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	s.Mark([]string{"paragraph", "graph with"})
	if !s.hasColour("paragraph", theme.Light.Hit) {
		t.Error("a word of the search has no mark")
	}
	s.Find("ready")
	if !s.hasColour("ready", theme.Light.Accent) {
		t.Error("the hit that is looked at has no mark")
	}
	if s.hasColour("paragraph", theme.Light.Hit) {
		t.Error("the mark before stays")
	}
}

// hasColour tells whether a pixel where a text stands has a colour.
func (s *pageStage) hasColour(text string, want color.NRGBA) bool {
	img, from, to := s.picture(), s.place(text), s.end(text)
	for y := int(from.Y) - 8; y < int(from.Y)+8; y++ {
		for x := int(from.X) - 3; x < int(to.X)+3; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			if uint8(r>>8) == want.R && uint8(g>>8) == want.G && uint8(b>>8) == want.B {
				return true
			}
		}
	}
	return false
}

func TestPageScrollsWithoutGrowing(t *testing.T) {
	s := newPageStage(t, longMail(2000), false)
	pool := len(s.view.strips)
	for range 400 {
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -333.5)})
	}
	if s.scroll.off == 0 {
		t.Fatal("nothing moved")
	}
	if len(s.view.strips) != pool {
		t.Errorf("%d strips became %d", pool, len(s.view.strips))
	}
	if len(s.tiles.free) > freeTiles || len(s.tiles.done) > pool {
		t.Errorf("%d strips lie around, %d wait", len(s.tiles.free), len(s.tiles.done))
	}
	blank := true
	img := s.picture()
	for y := 0; y < pageHeight && blank; y++ {
		for x := 0; x < pageWidth; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				blank = false
				break
			}
		}
	}
	if blank {
		t.Error("far down the page is blank")
	}
}

func TestPageKeepsItsPlaceWhenLaidOutAnew(t *testing.T) {
	s := newPageStage(t, longMail(300), false)
	s.Find("Paragraph 200")
	s.drag(s.place("Paragraph 201"), s.end("Paragraph 201"))
	s.drop()
	top, _ := s.page.TextAt(0, float32(s.scroll.off))
	s.window.Resize(fyne.NewSize(420, pageHeight))
	now, _ := s.page.TextAt(0, float32(s.scroll.off)+2)
	if d := now - top; d < -200 || d > 200 {
		t.Errorf("the first text to be seen was at %d, now %d", top, now)
	}
	if got := s.Selected(); got != "Paragraph 201" {
		t.Errorf("selected is %q", got)
	}
	s.SetPage(laidOut(shortMail, 420))
	if s.Selected() != "" || s.scroll.off != 0 {
		t.Error("another mail begins where the one before was")
	}
}

func TestPageZooms(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	before := s.place("Second")
	var widths []float32
	s.OnWidth = func(px float32) { widths = append(widths, px); s.SetPage(laidOut(s.source, px)) }
	s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyPlus, Modifier: ctrl})
	s.SetZoom(2)
	if len(widths) != 2 || widths[1] != pageWidth/2 {
		t.Errorf("told widths %v", widths)
	}
	if after := s.place("Second"); after.Y < before.Y*1.5 {
		t.Errorf("at twice the size a text is at %v, before at %v", after.Y, before.Y)
	}
	s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.Key0, Modifier: ctrl})
	if s.Zoom() != 1 {
		t.Error("Ctrl+0 is not life size")
	}
	s.SetZoom(90)
	if s.Zoom() != pageZoomMax {
		t.Errorf("zoom %v", s.Zoom())
	}
}

func TestTallPagePaintsWhatItIsToldCanBeSeen(t *testing.T) {
	s := newPageStage(t, longMail(400), true)
	if got := s.MinSize().Height; got < s.page.Height {
		t.Errorf("%v high, the mail is %v", got, s.page.Height)
	}
	s.Reveal(5000, 400)
	shown := 0
	for _, p := range s.view.strips {
		if p.picture.Visible() {
			y, h := p.picture.Position().Y, p.picture.Size().Height
			if y+h < 5000-3*tileRows || y > 5400+3*tileRows {
				t.Errorf("a strip at %v shows", y)
			}
			shown++
		}
	}
	if shown < 2 || shown > 8 {
		t.Errorf("%d strips show", shown)
	}
	var wheel float32
	s.OnWheel = func(ev *fyne.ScrollEvent) { wheel += ev.Scrolled.DY }
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	if wheel != -25 {
		t.Error("the wheel does not reach what is around")
	}
	var reveal float32
	s.OnReveal = func(top, _ float32) { reveal = top }
	s.Find("Paragraph 399.")
	if reveal < 5400 {
		t.Errorf("asked to show %v", reveal)
	}
}

func TestPageFollowsASelectionBeyondItsEdge(t *testing.T) {
	s := newPageStage(t, longMail(300), false)
	s.drag(s.place("Paragraph 1."), fyne.NewPos(100, pageHeight+60))
	for range 20 {
		again := s.later
		s.later = nil
		for _, f := range again {
			f()
		}
	}
	if s.scroll.off < 200 {
		t.Errorf("it moved on to %v only", s.scroll.off)
	}
	s.drop()
	off := s.scroll.off
	for _, f := range s.later {
		f()
	}
	if s.scroll.off != off {
		t.Error("it moves on after the button was let go")
	}
	if !strings.Contains(s.Selected(), "Paragraph 5.") {
		t.Error("what it moved over is not selected")
	}
}

func TestWideMailScrollsSideways(t *testing.T) {
	s := newPageStage(t, `<table width="1500"><tr><td>left</td><td align="right">right</td></tr></table>`, false)
	if at := s.place("right"); at.X < pageWidth {
		t.Fatal("the table is not wide")
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-1000, 0)})
	if at := s.place("right"); at.X > pageWidth {
		t.Errorf("scrolled, its right end is at %v", at.X)
	}
	if !s.hasColour("right", color.NRGBA{0, 0, 0, 255}) {
		t.Error("its right end is not painted")
	}
}

func TestPageIsDarkInTheDark(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	theme.Set(theme.AlwaysDark)
	defer theme.Set(theme.FollowSystem)
	s.Refresh()
	if got := color.NRGBAModel.Convert(s.picture().At(3, 390)); got != theme.Dark.Paper {
		t.Errorf("the paper is %v", got)
	}
	s.SetOriginal(true)
	if got := color.NRGBAModel.Convert(s.picture().At(3, 390)); got != theme.Light.Paper {
		t.Errorf("in its own colours the paper is %v", got)
	}
}

func TestPageAsksForPicturesAndPaintsThemWhenTheyCome(t *testing.T) {
	s := newPageStage(t, `<p>a <img src="cid:one" width="40" height="40"></p>`, false)
	red := image.NewRGBA(image.Rect(0, 0, 2, 2))
	for i := 0; i < len(red.Pix); i += 4 {
		red.Pix[i], red.Pix[i+3] = 255, 255
	}
	s.Picture = func(source string) image.Image {
		if source == "cid:one" {
			return red
		}
		return nil
	}
	page := *s.page
	for i := range page.Images {
		page.Images[i].Missing = false
	}
	s.SetPage(&page)
	s.Repaint()
	r := s.page.Images[0].Content
	if got := color.NRGBAModel.Convert(s.picture().At(int(r.X+r.W/2), int(r.Y+r.H/2))); got != (color.NRGBA{255, 0, 0, 255}) {
		t.Errorf("where the picture is, it is %v", got)
	}
	s.MouseDown(s.press(fyne.NewPos(r.X+5, r.Y+5), desktop.MouseButtonSecondary, noKey))
	if len(s.menus) != 1 || s.menus[0].Picture == nil {
		t.Error("the menu does not know of the picture")
	}
}

func TestEmptyPageTakesEverything(t *testing.T) {
	s := newPageStage(t, shortMail, false)
	s.click(s.place("engine"), noKey)
	s.Clear()
	at := fyne.NewPos(40, 40)
	s.click(at, noKey)
	s.drag(at, fyne.NewPos(90, 900))
	s.drop()
	s.MouseDown(s.press(at, desktop.MouseButtonSecondary, noKey))
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyEnd, fyne.KeyTab, fyne.KeyReturn, desktop.KeyMenu, fyne.KeyLeft} {
		s.key(k, noKey)
		s.key(k, shift)
	}
	s.SelectAll()
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-9, -9)})
	if s.Find("x") != 0 || s.Copy() || s.Selected() != "" || len(s.menus) != 0 {
		t.Error("there is something on an empty page")
	}
	if r, g, b, _ := s.picture().At(100, 20).RGBA(); r != 0xFFFF || g != 0xFFFF || b != 0xFFFF {
		t.Error("the mail before still shows")
	}
}
