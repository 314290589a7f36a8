package stage_test

import (
	"slices"
	"testing"
	"time"

	"postrider/gui/stage"
)

// often is how often the window is looked at: it costs the window some of its time.
const often = 4 * time.Millisecond

// answered presses a key and waits until the window is so. It returns how long
// that took from before the key was pressed, and false if it did not come about.
func answered(b *testing.B, st *stage.Stage, patience time.Duration, so func(state) bool, key string) (time.Duration, bool) {
	b.Helper()
	began := time.Now()
	pressed := make(chan error, 1)
	go func() { pressed <- st.Key(key) }()
	took, came := patience, false
	for !came && time.Since(began) < patience {
		if s := look(b, st); so(s) && !slices.ContainsFunc(s.Shown, func(r row) bool { return r.Loading }) {
			took, came = time.Since(began), true
			break
		}
		time.Sleep(often)
	}
	if err := <-pressed; err != nil {
		b.Fatal(err)
	}
	return took, came
}

// effort is how long the window took for things that were asked of it one after
// the other, and what of the processor's time: the first is much longer where
// others want it, too.
type effort struct {
	took         []time.Duration
	cpu, drawing time.Duration
}

// of adds what a program does while fn works it.
func (e *effort) of(b *testing.B, st *stage.Stage, fn func()) {
	b.Helper()
	p := process{b, st.Pid()}
	cpu, drawing := p.cpu()
	fn()
	if err := st.Wait("the end", func() bool { return look(b, st).Whole }); err != nil {
		b.Fatal(err)
	}
	after, drawn := p.cpu()
	e.cpu, e.drawing = e.cpu+after-cpu, e.drawing+drawn-drawing
}

// report reports how long something took, mostly and at worst.
func (e *effort) report(b *testing.B, what string) {
	b.Helper()
	took := e.took
	if len(took) == 0 {
		b.Fatalf("nothing to report of %s", what)
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(float64(len(took)), what+"s")
	b.ReportMetric(ms(took[len(took)/2]), "ms-"+what+"-p50")
	b.ReportMetric(ms(took[len(took)*95/100]), "ms-"+what+"-p95")
	b.ReportMetric(ms(took[len(took)-1]), "ms-"+what+"-max")
	b.ReportMetric(float64(e.cpu.Milliseconds())/float64(len(took)), "cpu-ms/"+what)
	b.ReportMetric(float64(e.drawing.Milliseconds())/float64(len(took)), "drawing-ms/"+what)
	b.ReportMetric(0, "ns/op")
}

// opens goes down the sidebar and opens every mailbox, until its rows are there.
// The time is that from a key of xdotool's, which takes some milliseconds itself.
func (w *window) opens(b *testing.B, data string) {
	var e effort
	for b.Loop() {
		st := w.open(b, data)
		ready(b, st)
		if err := st.ClickOn(`place "All inboxes"`); err != nil {
			b.Fatal(err)
		}
		filled(b, st, "all inboxes", func(s state) bool { return s.Place == "All inboxes" && s.Focus == "sidebar" })
		e.of(b, st, func() { e.took = append(e.took, down(b, st)...) })
		st.Close()
	}
	e.report(b, "mailbox")
}

// down goes down the sidebar to its end, and unfolds what is folded on the way.
func down(b *testing.B, st *stage.Stage) (took []time.Duration) {
	b.Helper()
	for heads := 0; heads < 5; { // the name of an account opens nothing; five times nothing is the end
		if err := st.Key("Right"); err != nil { // of what is unfolded it goes to the first line below
			b.Fatal(err)
		}
		last := look(b, st).Place
		t, opened := answered(b, st, 600*time.Millisecond, func(s state) bool { return s.Place != last && (len(s.Shown) > 0 || s.Whole) }, "Down")
		if !opened {
			heads++
			continue
		}
		heads = 0
		took = append(took, t)
	}
	return took
}

// sought are typed into the search box, letter by letter.
var sought = []string{"invoice", "meeting notes", "report march", "from:ines", "zebra", "q3 budget", "thank you for", "re", "2026", "a b c"}

// between is how long somebody who types fast waits between two letters.
const between = 80 * time.Millisecond

// types looks for something as a person types it.
func (w *window) types(b *testing.B, data string) {
	var e effort
	for b.Loop() {
		st := w.open(b, data)
		ready(b, st)
		if err := st.Key("slash"); err != nil {
			b.Fatal(err)
		}
		e.of(b, st, func() {
			for _, text := range sought {
				e.took = append(e.took, letters(b, st, text)...)
			}
		})
		st.Close()
	}
	e.report(b, "letter")
}

// letters types a text into the empty box.
func letters(b *testing.B, st *stage.Stage, text string) (took []time.Duration) {
	b.Helper()
	if err := st.Key("ctrl+a", "BackSpace"); err != nil {
		b.Fatal(err)
	}
	if err := st.Wait("an empty box", func() bool { return look(b, st).Sought == "" }); err != nil {
		b.Fatal(err)
	}
	typed := ""
	for _, letter := range text {
		typed += string(letter)
		t, found := answered(b, st, 10*time.Second, func(s state) bool { return s.Sought == typed }, key(letter))
		if !found {
			b.Fatalf("nothing came of %q, but of %q", typed, look(b, st).Sought)
		}
		if letter != ' ' { // which changes nothing of what is looked for
			took = append(took, t)
		}
		time.Sleep(between)
	}
	return took
}

// key is what xdotool calls the key of a letter.
func key(letter rune) string {
	switch letter {
	case ' ':
		return "space"
	case ':':
		return "colon"
	}
	return string(letter)
}
