package stage_test

import (
	"context"
	"errors"
	"flag"
	"image"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"postrider/gui/stage"
	"postrider/mail/mailtest/hoard"
)

var (
	hoarded   = flag.Int("hoard", 1_000_000, "how many messages the window is measured with")
	hoardPath = flag.String("hoard-data", "", "a data folder to measure the window with, instead of a copy of a hoard; it is changed")
	scrolling = flag.Duration("scrolling", 10*time.Second, "for how long the list is paged through before memory is looked at")
)

// BenchmarkWindow measures the window with a hoard of mail, on a screen without a
// graphics card: how long it takes from the start of the program until the list
// is drawn, with the hoard and with hardly any mail; what it takes at rest, while
// pages scroll by, mailboxes are opened, something is looked for, and a large
// mailbox is marked.
func BenchmarkWindow(b *testing.B) {
	w := newWindow(b)
	b.Run("start-of-few", func(b *testing.B) { w.starts(b, hoardOf(b, 100)) })
	data := *hoardPath
	if data == "" {
		data = hoardOf(b, *hoarded)
	}
	b.Run("start", func(b *testing.B) { w.starts(b, data) })
	b.Run("rest", func(b *testing.B) { w.rests(b, data) })
	b.Run("scroll", func(b *testing.B) { w.scrolls(b, data) })
	b.Run("open", func(b *testing.B) { w.opens(b, data) })
	b.Run("type", func(b *testing.B) { w.types(b, data) })
	b.Run("mark", func(b *testing.B) { w.marks(b, data) })
}

// window is what a benchmark of the window needs.
type window struct {
	screen  *stage.Screen
	program string
	home    string
	log     *safeLog
}

func newWindow(b *testing.B) *window {
	w := &window{home: b.TempDir(), log: &safeLog{}}
	var err error
	if w.screen, err = stage.NewScreen(b.Context(), 1280, 800); errors.Is(err, stage.ErrMissing) {
		b.Skip(err)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(w.screen.Close)
	if w.program, err = stage.Build(b.Context(), b.TempDir()); err != nil {
		b.Fatal(err)
	}
	return w
}

// hoardOf is a data folder of one's own with n messages.
func hoardOf(b *testing.B, n int) string {
	b.Helper()
	from, err := hoard.Folder(b.Context(), hoard.Options{Messages: n})
	if err != nil {
		b.Fatal(err)
	}
	to := b.TempDir()
	if err := hoard.Copy(from, to); err != nil {
		b.Fatal(err)
	}
	return to
}

// open starts the program.
func (w *window) open(b *testing.B, data string) *stage.Stage {
	b.Helper()
	st, err := stage.Open(context.WithoutCancel(b.Context()), w.screen, stage.Options{
		Program: w.program, Args: []string{"--data", data, "--keyring", "vault"}, Log: w.log,
		Env: []string{"HOME=" + w.home, "XDG_CONFIG_HOME=" + filepath.Join(w.home, "config"), "XDG_CACHE_HOME=" + filepath.Join(w.home, "cache"), "FYNE_THEME=light", "TZ=UTC"},
	})
	if err != nil {
		b.Fatal(err, w.log)
	}
	return st
}

// look returns what the window says of itself.
func look(b *testing.B, st *stage.Stage) (s state) {
	b.Helper()
	if err := st.State(&s); err != nil {
		b.Fatal(err)
	}
	return s
}

// filled waits until the window is so and its rows are there.
func filled(b *testing.B, st *stage.Stage, what string, so func(state) bool) state {
	b.Helper()
	var s state
	if err := st.Wait(what, func() bool {
		s = look(b, st)
		return s.Ready && len(s.Shown) > 5 && !slices.ContainsFunc(s.Shown, func(r row) bool { return r.Loading }) && so(s)
	}); err != nil {
		s.Says = ""
		b.Fatalf("%v: %+v", err, s)
	}
	return s
}

// ready waits for the first list.
func ready(b *testing.B, st *stage.Stage) state {
	return filled(b, st, "the list", func(s state) bool { return s.Whole })
}

// lines is where the rows of a list are drawn in a window of the usual size.
var lines = image.Rect(300, 120, 600, 760)

// sample is how much was written in the list at a time.
type sample struct {
	at   time.Time
	dark int
}

// watch looks at the list's part of the screen until told to stop.
func (w *window) watch(ctx context.Context) <-chan []sample {
	out := make(chan []sample, 1)
	go func() {
		var list []sample
		for ctx.Err() == nil {
			if dark, light, err := w.screen.Ink(lines); err == nil && light > dark {
				list = append(list, sample{time.Now(), dark})
			}
			time.Sleep(5 * time.Millisecond)
		}
		out <- list
	}()
	return out
}

// starts reports how long it takes until the list is on the screen.
func (w *window) starts(b *testing.B, data string) {
	var took, cpu []time.Duration
	for b.Loop() {
		ctx, stop := context.WithCancel(b.Context())
		samples := w.watch(ctx)
		began := time.Now()
		st := w.open(b, data)
		ready(b, st)
		used, _ := process{b, st.Pid()}.cpu()
		if _, err := st.Picture(); err != nil { // when it has stopped to move
			b.Fatal(err)
		}
		stop()
		list := <-samples
		st.Close()
		if len(list) == 0 {
			b.Fatal("the list was never drawn")
		}
		full := list[len(list)-1].dark
		at := slices.IndexFunc(list, func(s sample) bool { return s.at.After(began) && s.dark > full/2 })
		took, cpu = append(took, list[at].at.Sub(began)), append(cpu, used)
	}
	slices.Sort(took)
	slices.Sort(cpu)
	b.ReportMetric(took[0].Seconds(), "s-first-list")
	b.ReportMetric(took[len(took)/2].Seconds(), "s-first-list-p50")
	b.ReportMetric(cpu[0].Seconds(), "cpu-s-first-list")
	b.ReportMetric(0, "ns/op")
}

// rests reports what the window takes when nothing happens.
func (w *window) rests(b *testing.B, data string) {
	for b.Loop() {
		st := w.open(b, data)
		ready(b, st)
		time.Sleep(10 * time.Second) // what the start left to be done
		p := process{b, st.Pid()}
		before, drawn := p.cpu()
		const while = 10 * time.Second
		time.Sleep(while)
		after, drawing := p.cpu()
		own, all := p.megabytes()
		st.Close()
		b.ReportMetric(100*float64(after-before)/float64(while), "%-cpu")
		b.ReportMetric(100*float64(drawing-drawn)/float64(while), "%-drawing")
		b.ReportMetric(own, "MB-own")
		b.ReportMetric(all, "MB")
	}
	b.ReportMetric(0, "ns/op")
}

// scrolls pages through the list.
func (w *window) scrolls(b *testing.B, data string) {
	for b.Loop() {
		st := w.open(b, data)
		s := ready(b, st)
		if err := st.ClickOn(rowPart(s.Shown[0])); err != nil {
			b.Fatal(err)
		}
		p := process{b, st.Pid()}
		before, drawn := p.cpu()
		pages := 0
		for end := time.Now().Add(*scrolling); time.Now().Before(end); pages += 5 {
			if err := st.Key("Next", "Next", "Next", "Next", "Next"); err != nil {
				b.Fatal(err)
			}
		}
		filled(b, st, "the last page", func(state) bool { return true })
		after, drawing := p.cpu()
		own, all := p.megabytes()
		st.Close()
		b.ReportMetric(float64(pages), "pages")
		b.ReportMetric(float64((after-before).Milliseconds())/float64(pages), "cpu-ms/page")
		b.ReportMetric(float64((drawing-drawn).Milliseconds())/float64(pages), "drawing-ms/page")
		b.ReportMetric(own, "MB-own")
		b.ReportMetric(all, "MB")
	}
	b.ReportMetric(0, "ns/op")
}

// marks marks a mailbox as read, with a million messages one of 14,000 in half as
// many conversations, and reports for how long the window did not answer meanwhile.
func (w *window) marks(b *testing.B, data string) {
	unread := func(want bool) func(state) bool {
		return func(s state) bool {
			return !slices.ContainsFunc(s.Shown, func(r row) bool { return r.Unread != want })
		}
	}
	for b.Loop() {
		st := w.open(b, data)
		ready(b, st)
		if err := st.Key("g", "t"); err != nil {
			b.Fatal(err)
		}
		s := filled(b, st, "the folder", func(s state) bool { return s.Place == "Trash" && s.Whole })
		press := func(key, what string, so func(state) bool) time.Duration {
			began := time.Now()
			if err := st.Key(key); err != nil {
				b.Fatal(err)
			}
			filled(b, st, what, so)
			return time.Since(began)
		}
		if err := st.ClickOn(rowPart(s.Shown[0])); err != nil {
			b.Fatal(err)
		}
		press("ctrl+a", "all selected", func(s state) bool { return s.Selected == s.Rows })
		if !unread(true)(look(b, st)) {
			press("u", "all to be read", unread(false))
			press("u", "all to be unread", unread(true))
		}
		stall := make(chan time.Duration)
		ctx, stop := context.WithCancel(b.Context())
		go func() { stall <- longest(ctx, b, st) }()
		p := process{b, st.Pid()}
		before, _ := p.cpu()
		took, marked := answered(b, st, time.Minute, unread(false), "u")
		after, _ := p.cpu()
		stop()
		if !marked {
			b.Fatal("they are unread still")
		}
		b.ReportMetric(float64(s.Rows), "conversations")
		b.ReportMetric(float64(took.Milliseconds()), "ms-mark")
		b.ReportMetric(float64((after - before).Milliseconds()), "cpu-ms-mark")
		b.ReportMetric(float64((<-stall).Milliseconds()), "ms-stall")
		st.Close()
	}
	b.ReportMetric(0, "ns/op")
}

// longest is the longest time that the window took to answer.
func longest(ctx context.Context, b *testing.B, st *stage.Stage) (most time.Duration) {
	for ctx.Err() == nil {
		began := time.Now()
		look(b, st)
		most = max(most, time.Since(began))
		time.Sleep(often)
	}
	return most
}
