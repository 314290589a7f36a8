package vm_test

import (
	"context"
	"flag"
	"runtime"
	"slices"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/mailtest/hoard"
	"postrider/mail/message"
	"postrider/mail/store"
)

var hoarded = flag.Int("hoard", 100_000, "how many messages the benchmarks of lists have; they are made once, in the folder for temporary files")

// bench is a list on a hoard, at a desk whose UI goroutine is the benchmark's.
type bench struct {
	b     *testing.B
	store *store.Store
	list  *vm.List
	posts chan func()
	worst time.Duration // of what ran on the UI goroutine
	boxes map[string]mail.Mailbox
}

func newBench(b *testing.B, dir string, opts store.Options) *bench {
	b.Helper()
	s, err := store.Open(b.Context(), dir, opts)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	h := &bench{b: b, store: s, posts: make(chan func(), 1000), boxes: map[string]mail.Mailbox{}}
	desk := &vm.Desk{
		Go:   func(fn func()) { go fn() },
		Post: func(fn func()) { h.posts <- fn },
		Now:  time.Now,
		After: func(d time.Duration, fn func()) func() {
			t := time.AfterFunc(d, func() { h.posts <- fn })
			return func() { t.Stop() }
		},
	}
	h.list = vm.NewList(desk, library{s}, vm.ListOptions{})
	boxes, err := read(s, b.Context(), func(sn *store.Snapshot) ([]mail.Mailbox, error) { return sn.Mailboxes("") })
	if err != nil {
		b.Fatal(err)
	}
	for _, m := range boxes {
		h.boxes[string(m.Account)+"/"+m.Path] = m
	}
	return h
}

// ui runs something as the window would, and notes how long it took.
func (h *bench) ui(fn func()) {
	began := time.Now()
	fn()
	h.worst = max(h.worst, time.Since(began))
}

// until runs what is posted until something is so.
func (h *bench) until(so func() bool) {
	for !so() {
		h.ui(<-h.posts)
	}
}

func (h *bench) view(conversations bool, names ...string) (v client.View) {
	for name, m := range h.boxes {
		if len(names) == 0 || slices.Contains(names, name) {
			v.Mailboxes = append(v.Mailboxes, m.ID)
		}
	}
	v.Conversations = conversations
	return v
}

func (h *bench) filled(from, to int) bool {
	for i := from; i < min(to, h.list.Len()); i++ {
		if h.list.Row(i).Loading {
			return false
		}
	}
	return h.list.Len() > 0
}

func aHoard(b *testing.B) string {
	b.Helper()
	dir, err := hoard.Folder(b.Context(), hoard.Options{Messages: *hoarded})
	if err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkListOpen opens a view, until its first window is filled; and tells
// how long until the order of all of it is there.
func BenchmarkListOpen(b *testing.B) {
	h := newBench(b, aHoard(b), store.Options{ReadOnly: true})
	for _, c := range []struct {
		name string
		view client.View
	}{
		{"inbox", h.view(true, "hoardone/INBOX")}, {"archive", h.view(false, "hoardone/Archive")}, {"archive-conversations", h.view(true, "hoardone/Archive")},
		{"all", h.view(false)}, {"all-conversations", h.view(true)}, {"small", h.view(true, "hoardone/Drafts")},
	} {
		b.Run(c.name, func(b *testing.B) {
			var whole time.Duration
			h.worst = 0
			for b.Loop() {
				began := time.Now()
				h.ui(func() { h.list.Open(c.view) })
				h.ui(func() { h.list.Want(0, 20) })
				h.until(func() bool { return h.filled(0, 20) })
				b.StopTimer()
				h.until(h.list.Whole)
				whole += time.Since(began)
				b.StartTimer()
			}
			b.ReportMetric(float64(whole.Milliseconds())/float64(b.N), "ms-whole")
			b.ReportMetric(float64(h.worst.Microseconds())/1000, "ms-stall")
		})
	}
}

// BenchmarkListScroll jumps about in a list, until the window is filled.
func BenchmarkListScroll(b *testing.B) {
	h := newBench(b, aHoard(b), store.Options{ReadOnly: true})
	for name, v := range map[string]client.View{"messages": h.view(false), "conversations": h.view(true)} {
		b.Run(name, func(b *testing.B) {
			h.list.Open(v)
			h.until(h.list.Whole)
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			h.list.Open(v)
			h.until(h.list.Whole)
			runtime.GC()
			runtime.ReadMemStats(&after)
			h.worst = 0
			at := 0
			for b.Loop() {
				at = (at + 7919*50) % (h.list.Len() - 50)
				h.ui(func() { h.list.Want(at, at+20) })
				h.until(func() bool { return h.filled(at, at+20) })
			}
			b.ReportMetric(float64(h.worst.Microseconds())/1000, "ms-stall")
			b.ReportMetric(float64(after.HeapAlloc)/1e6, "MB-heap")
		})
	}
}

// BenchmarkListArrivals takes in 20,000 messages that arrive in a large mailbox
// that is looked at, a frame at a time.
func BenchmarkListArrivals(b *testing.B) {
	for name, conversations := range map[string]bool{"messages": false, "conversations": true} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				dir := b.TempDir()
				if err := hoard.Copy(aHoard(b), dir); err != nil {
					b.Fatal(err)
				}
				h := newBench(b, dir, store.Options{})
				h.list.Open(h.view(conversations, "hoardone/Archive"))
				h.list.Want(0, 20)
				h.until(h.list.Whole)
				told := 0
				h.list.Changed = func(vm.Delta) { told++ }
				h.worst = 0
				b.StartTimer()
				frames := h.arrive(20_000)
				b.ReportMetric(float64(h.worst.Microseconds())/1000, "ms-stall")
				b.ReportMetric(float64(told)/float64(frames), "deltas/frame")
				b.StopTimer()
				h.store.Close()
				b.StartTimer()
			}
		})
	}
}

// arrive lets n messages arrive while frames go by, and waits until the list
// shows them.
func (h *bench) arrive(n int) (frames int) {
	sub, _ := h.store.Subscribe()
	defer sub.Close()
	box := h.boxes["hoardone/Archive"]
	until := h.list.Len()
	done := make(chan error, 1)
	go func() { done <- h.deliver(box, n) }()
	feed := make(chan []mail.Batch)
	go func() {
		for {
			list, err := sub.Next(context.Background())
			if err != nil {
				close(feed)
				return
			}
			feed <- list
		}
	}()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	var waiting []mail.Batch
	for arrived := false; !arrived || h.list.Len() == until || len(waiting) > 0; {
		select {
		case fn := <-h.posts:
			h.ui(fn)
		case list := <-feed:
			waiting = append(waiting, list...)
		case <-tick.C:
			frames++
			list := waiting
			waiting = nil
			h.ui(func() { h.list.Apply(list) })
		case err := <-done:
			if err != nil {
				h.b.Fatal(err)
			}
			arrived = true
		}
	}
	return frames
}

func (h *bench) deliver(box mail.Mailbox, n int) error {
	m := h.store.Mirror(box.Account)
	for at := 0; at < n; at += 200 {
		var list []store.Seen
		for i := range 200 {
			uid := mail.UID(10_000_000 + at + i)
			raw := []byte("From: Ada <ada@x.example>\r\nSubject: news\r\nDate: " + time.Now().Format(time.RFC1123Z) + "\r\n\r\n")
			list = append(list, store.Seen{UID: uid, Received: time.Now(), Size: int64(uid), Header: message.ParseHeader(raw)})
		}
		if _, err := m.Seen(context.Background(), box.ID, list); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkListMarkMany marks 10,000 selected messages read, until their rows
// show it.
func BenchmarkListMarkMany(b *testing.B) {
	dir := b.TempDir()
	if err := hoard.Copy(aHoard(b), dir); err != nil {
		b.Fatal(err)
	}
	h := newBench(b, dir, store.Options{})
	h.list.Open(h.view(false, "hoardone/Archive"))
	h.list.Want(0, 20)
	h.until(h.list.Whole)
	sub, _ := h.store.Subscribe()
	defer sub.Close()
	h.list.Pick(0)
	h.list.PickTo(9_999, false)
	h.worst = 0
	unread := !h.list.Row(0).Unread
	for b.Loop() {
		patch := mail.FlagPatch{Add: mail.Bits(mail.Seen)}
		if unread {
			patch = mail.FlagPatch{Remove: mail.Bits(mail.Seen)}
		}
		h.ui(func() {
			h.list.Targets(func(ids []mail.PlacementID, err error) {
				if err == nil {
					_, err = h.store.Do(b.Context(), mail.SetFlags{Targets: ids, Patch: patch})
				}
				if err != nil {
					b.Fatal(err)
				}
			})
		})
		h.worst = 0 // that was not the list's
		list, err := sub.Next(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		h.ui(func() { h.list.Apply(list) })
		h.until(func() bool { return h.list.Row(0).Unread == unread && h.list.Row(19).Unread == unread })
		unread = !unread
	}
	b.ReportMetric(float64(h.worst.Microseconds())/1000, "ms-stall")
}
