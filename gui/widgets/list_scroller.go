package widgets

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
)

const (
	thumbMin   = 32 // a thumb is never shorter
	thumbGrab  = 12 // what of the right edge belongs to the thumb
	wheelNotch = 25 // what Fyne reports for one notch of a wheel
	wheelStep  = 72 // how far a notch goes: a comfortable row
	glideTime  = 110 * time.Millisecond
)

// scroller is the place of a viewport over something tall, with a thumb at its
// right edge. Offsets are whole pixels, so that nothing drifts however tall it
// is. It is for one widget, on Fyne's goroutine.
type scroller struct {
	off, total, view int64
	slack            int64 // an offset that is allowed beyond the end, while the view is held

	moved func() // lays the owner out after each change of off
	inset float32

	rest  float64 // of a wheel's way, what is not a whole pixel yet
	glide *fyne.Animation
	goal  int64 // where the glide ends

	thumb   *canvas.Rectangle
	grabbed bool
	grabAt  float32 // where in the thumb it was taken
}

func newScroller(moved func()) *scroller {
	thumb := canvas.NewRectangle(theme.Thumb.Now())
	thumb.CornerRadius = theme.ThumbWidth / 2
	return &scroller{moved: moved, inset: theme.Hairline, thumb: thumb}
}

// end is the largest offset.
func (s *scroller) end() int64 { return max(0, s.total-s.view, s.slack) }

// hold goes to an offset even if that is beyond the end.
func (s *scroller) hold(off int64) {
	s.slack = max(0, off)
	s.goal += s.slack - s.off
	s.off = s.slack
}

// set takes over new measures, and keeps the offset within them.
func (s *scroller) set(total, view int64) {
	s.total, s.view = total, view
	s.off = min(max(s.off, 0), s.end())
}

// to goes to an offset at once.
func (s *scroller) to(off int64) {
	s.stop()
	s.jump(off)
}

func (s *scroller) jump(off int64) {
	off = min(max(off, 0), s.end())
	if off == s.off {
		return
	}
	s.off = off
	s.moved()
}

// shift moves the offset to where contents moved, also under a glide.
func (s *scroller) shift(to int64) {
	to = min(max(to, 0), s.end())
	s.goal += to - s.off
	s.off = to
}

// glideTo goes to an offset within glideTime, or at once if the person wants no
// motion.
func (s *scroller) glideTo(off int64) {
	off = min(max(off, 0), s.end())
	s.stop()
	if off == s.off {
		return
	}
	if !motion() {
		s.jump(off)
		return
	}
	s.goal = off
	way := off - s.off
	s.glide = &fyne.Animation{Duration: glideTime, Curve: fyne.AnimationEaseOut}
	s.glide.Tick = func(done float32) {
		left := int64(math.Round(float64(way) * float64(1-done)))
		if done >= 1 {
			s.glide = nil
		}
		s.jump(s.goal - left)
	}
	s.glide.Start()
}

func (s *scroller) stop() {
	if s.glide == nil {
		return
	}
	s.glide.Stop()
	s.glide = nil
}

// motion says whether the person wants to see movement.
func motion() bool {
	app := fyne.CurrentApp()
	return app != nil && app.Settings().ShowAnimations()
}

// wheel follows a wheel or a touchpad. Whole notches glide; the small steps of
// a touchpad are followed at once, for they are smooth already.
func (s *scroller) wheel(dy float32) {
	if dy == 0 {
		return
	}
	notches := float64(dy) / wheelNotch
	if notches == math.Trunc(notches) {
		from := s.off
		if s.glide != nil {
			from = s.goal
		}
		s.glideTo(from - int64(notches*wheelStep))
		return
	}
	s.rest -= float64(dy)
	whole := math.Trunc(s.rest)
	s.rest -= whole
	s.to(s.off + int64(whole))
}

// reveal scrolls as little as needed to show what lies between the heights top
// and bottom.
func (s *scroller) reveal(top, bottom int64) {
	switch {
	case top < s.off:
		s.to(top)
	case bottom > s.off+s.view:
		s.to(bottom - s.view)
	}
}

// bar is where the thumb is: its upper edge and height, 0 if all shows.
func (s *scroller) bar() (y, h float32) {
	if s.total <= s.view || s.view <= 0 {
		return 0, 0
	}
	view := float64(s.view)
	height := math.Max(thumbMin, view*view/float64(s.total))
	return float32((view - height) * float64(s.off) / float64(s.end())), float32(height)
}

// placeThumb puts the thumb where it belongs in a widget of this width.
func (s *scroller) placeThumb(width float32) {
	y, h := s.bar()
	if h == 0 {
		s.thumb.Hide()
		return
	}
	put(s.thumb, width-s.inset-theme.ThumbWidth, y, theme.ThumbWidth, h)
}

// press takes the thumb, or goes a page towards where its strip was pressed. It
// says whether the press was meant for it.
func (s *scroller) press(at fyne.Position, width float32) bool {
	y, h := s.bar()
	if h == 0 || at.X < width-thumbGrab {
		return false
	}
	switch {
	case at.Y < y:
		s.glideTo(s.off - s.page())
	case at.Y >= y+h:
		s.glideTo(s.off + s.page())
	default:
		s.stop()
		s.grabbed, s.grabAt = true, at.Y-y
	}
	return true
}

// page is how far PageUp and PageDown go: a little less than what shows, so
// that the eye finds its place again.
func (s *scroller) page() int64 { return max(1, s.view-wheelStep/2) }

// drag moves the thumb that was taken to height y.
func (s *scroller) drag(y float32) {
	_, h := s.bar()
	room := float64(s.view) - float64(h)
	if room <= 0 {
		return
	}
	part := math.Min(1, math.Max(0, float64(y-s.grabAt)/room))
	s.to(int64(math.Round(part * float64(s.end()))))
}

func (s *scroller) release() { s.grabbed = false }
