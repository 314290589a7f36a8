package widgets

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// longDraft is a text of about n octets, as a mail with quotes is.
func longDraft(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		switch i % 5 {
		case 0:
			b.WriteString("The **post rider** carries letters between towns; what was promised arrives, whatever the weather.\n")
		case 1:
			b.WriteString("\n")
		case 2:
			b.WriteString("> What others wrote, quoted, and long enough to be broken into a second line somewhere.\n")
		case 3:
			b.WriteString("- an item with `code` and a [link](https://example.org/lamps)\n")
		default:
			b.WriteString("שלום לכולם, and English in between, 123.\n")
		}
	}
	return b.String()
}

// keystrokes times letters typed in the midst of a text, painting included.
func keystrokes(b *testing.B, text string, at int) {
	s := newEditorStage(b, text)
	s.OnChanged = nil
	s.settled()
	s.jump(s.prose.placeOf(at), false)
	var took []time.Duration
	letters := []rune("letters and words ")
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		s.TypedRune(letters[i%len(letters)])
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
}

func BenchmarkKeyIn100kB(b *testing.B) { keystrokes(b, longDraft(100_000), 50_000) }

func BenchmarkKeyIn1MB(b *testing.B) { keystrokes(b, longDraft(1_000_000), 500_000) }

func BenchmarkKeyInOneParagraphOf100kB(b *testing.B) {
	keystrokes(b, strings.ReplaceAll(longDraft(100_000), "\n", " "), 50_000)
}

func BenchmarkKeyInOneParagraphOf1MB(b *testing.B) {
	keystrokes(b, strings.ReplaceAll(longDraft(1_000_000), "\n", " "), 500_000)
}

// BenchmarkPaste1MB times how long the window stands still for a paste, and the
// longest step of setting the rest.
func BenchmarkPaste1MB(b *testing.B) {
	text := longDraft(1_000_000)
	var paste, step time.Duration
	for b.Loop() {
		b.StopTimer()
		s := newEditorStage(b, "before\n")
		s.now = time.Now
		s.MoveToEnd()
		b.StartTimer()
		began := time.Now()
		s.Insert(text)
		paste = max(paste, time.Since(began))
		for len(s.later) > 0 {
			f := s.later[0]
			s.later = s.later[1:]
			began := time.Now()
			f()
			step = max(step, time.Since(began))
		}
	}
	b.ReportMetric(float64(paste.Microseconds())/1000, "paste-ms")
	b.ReportMetric(float64(step.Microseconds())/1000, "step-ms")
}
