package stage_test

import (
	"slices"
	"testing"
	"time"

	"postrider/gui/stage"
)

// answered presses a key and waits, without a rest, until the window is so. It
// returns how long that took from before the key was pressed, and false if it did
// not come about.
func answered(b *testing.B, st *stage.Stage, patience time.Duration, so func(state) bool, key string) (time.Duration, bool) {
	b.Helper()
	began := time.Now()
	pressed := make(chan error, 1)
	go func() { pressed <- st.Key(key) }()
	took, came := patience, false
	for !came && time.Since(began) < patience {
		if s := look(b, st); so(s) && !slices.ContainsFunc(s.Shown, func(r row) bool { return r.Loading }) {
			took, came = time.Since(began), true
		}
	}
	if err := <-pressed; err != nil {
		b.Fatal(err)
	}
	return took, came
}

// times reports how long something took, mostly and at worst.
func times(b *testing.B, what string, took []time.Duration) {
	b.Helper()
	if len(took) == 0 {
		b.Fatalf("nothing to report of %s", what)
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(float64(len(took)), what+"s")
	b.ReportMetric(ms(took[len(took)/2]), "ms-"+what+"-p50")
	b.ReportMetric(ms(took[len(took)*95/100]), "ms-"+what+"-p95")
	b.ReportMetric(ms(took[len(took)-1]), "ms-"+what+"-max")
	b.ReportMetric(0, "ns/op")
}

// opens goes down the sidebar and opens every mailbox, until its rows are there.
// The time is that from a key of xdotool's, which takes some milliseconds itself.
func (w *window) opens(b *testing.B, data string) {
	var took []time.Duration
	for b.Loop() {
		st := w.open(b, data)
		ready(b, st)
		if err := st.ClickOn(`place "All inboxes"`); err != nil {
			b.Fatal(err)
		}
		filled(b, st, "all inboxes", func(s state) bool { return s.Place == "All inboxes" && s.Focus == "sidebar" })
		last := "All inboxes"
		for heads := 0; heads < 3; { // the name of an account opens nothing; three times nothing is the end
			t, opened := answered(b, st, time.Second, func(s state) bool { return s.Place != last && (len(s.Shown) > 0 || s.Whole) }, "Down")
			if !opened {
				heads++
				continue
			}
			heads, last = 0, look(b, st).Place
			took = append(took, t)
		}
		st.Close()
	}
	times(b, "mailbox", took)
}

// sought are typed into the search box, letter by letter.
var sought = []string{"invoice", "meeting notes", "report march", "from:ines", "zebra", "q3 budget", "thank you for", "re", "2026", "a b c"}

// types looks for something as a person types it. Between two letters there is
// no pause but for the answer.
func (w *window) types(b *testing.B, data string) {
	var took []time.Duration
	for b.Loop() {
		st := w.open(b, data)
		ready(b, st)
		if err := st.Key("slash"); err != nil {
			b.Fatal(err)
		}
		for _, text := range sought {
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
			}
		}
		st.Close()
	}
	times(b, "letter", took)
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
