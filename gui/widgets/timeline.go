package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// StopState is how a stop of a timeline is marked.
type StopState uint8

// The states: nothing there, something under way, something safe.
const (
	StopEmpty StopState = iota
	StopUnderWay
	StopSafe
)

// A Stop is a station on a way that things take, with how many are there.
type Stop struct {
	State StopState
	Name  string
	Text  string
	Count string
}

// A Timeline shows stations below each other.
type Timeline struct {
	picture
	stops []Stop
}

const (
	stopHeight float32 = 52
	stopColumn float32 = 16
	stopDot    float32 = 10
	stopLine   float32 = 2
	stopLeft           = stopColumn + theme.Space3
)

// NewTimeline shows stations.
func NewTimeline(stops []Stop) *Timeline {
	t := &Timeline{stops: stops}
	t.become(t)
	return t
}

// Set changes the stations.
func (t *Timeline) Set(stops []Stop) {
	before := len(t.stops)
	t.stops = stops
	if before != len(stops) {
		t.remeasure()
		return
	}
	t.repaint()
}

// AccessibilityLabel is for Fyne.
func (t *Timeline) AccessibilityLabel() string {
	label := ""
	for _, s := range t.stops {
		label += s.Name + ": " + s.Count + ". "
	}
	return label
}

// AccessibilityRole is for Fyne.
func (t *Timeline) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (t *Timeline) measure() fyne.Size {
	return fyne.NewSize(160, stopHeight*float32(len(t.stops)))
}

func (t *Timeline) paint(s *Sheet) {
	width := t.Size().Width
	count := theme.TextLine.With(theme.SemiBold)
	for i, stop := range t.stops {
		y := stopHeight * float32(i)
		x := (stopColumn - stopDot) / 2
		switch stop.State {
		case StopUnderWay:
			s.Box(x, y+4, stopDot, stopDot, stopDot/2, theme.Accent)
		case StopSafe:
			s.Box(x, y+4, stopDot, stopDot, stopDot/2, theme.Good)
		default:
			s.ring(x, y+4, stopDot, stopLine, theme.Control)
		}
		if i < len(t.stops)-1 {
			s.Box((stopColumn-stopLine)/2, y+4+stopDot+4, stopLine, stopHeight-stopDot-8, 0, theme.Line)
		}
		w := TextWidth(stop.Count, count)
		s.Text(width-w, y, w+1, Words{Text: stop.Count, Style: count, Color: theme.Ink})
		s.Text(stopLeft, y, width-w-stopLeft-theme.Space2, Words{Text: stop.Name, Style: theme.TextButton, Color: theme.Ink})
		s.Text(stopLeft, y+theme.TextLine.Line, width-stopLeft, Words{Text: stop.Text, Style: theme.TextCaption, Color: theme.Ink3})
	}
}
