package widgets

import (
	"image"
	"sync"

	"postrider/mail/html/display"
	"postrider/mail/html/paint"
	"postrider/mail/typeset/ink"
)

// tileRows is the height of a strip in device pixels: small enough to be painted
// within a frame, large enough that there are few.
const tileRows = 256

// tiles paints strips of a page off Fyne's goroutine. One goroutine paints while
// there is something to paint, and ends. Finished strips are handed over once for
// all that were finished since.
type tiles struct {
	post  func(func()) // runs on Fyne's goroutine
	spawn func(func()) // starts a goroutine

	mu     sync.Mutex
	work   tileWork
	want   []int // strips, the most wanted first
	done   map[int]tile
	free   []*image.RGBA
	busy   bool
	posted bool

	taken func() // on Fyne's goroutine: there are strips to take
}

// tileWork is what strips are painted of. It does not change; another one has
// another number.
type tileWork struct {
	number int
	page   *display.Page
	look   *paint.Look
	scale  float64 // device pixels per px of the page
	left   float64 // px of the page at the strip's left edge
	width  int     // device pixels
}

// tile is a painted strip.
type tile struct {
	picture *image.RGBA
	number  int // of the work
}

// freeTiles is how many strips are kept to be painted again.
const freeTiles = 4

func newTiles(post func(func())) *tiles {
	return &tiles{post: post, spawn: func(f func()) { go f() }, done: map[int]tile{}}
}

// start takes over new work; what was wanted of the old is not any more.
func (t *tiles) start(w tileWork) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w.width != t.work.width {
		t.free = nil
	}
	t.work, t.want = w, nil
	clear(t.done)
}

// ask says which strips are wanted, the most wanted first. Those that are
// painted already are not asked for.
func (t *tiles) ask(rows []int) {
	t.mu.Lock()
	t.want = t.want[:0]
	for _, r := range rows {
		if _, ok := t.done[r]; !ok {
			t.want = append(t.want, r)
		}
	}
	begin := len(t.want) > 0 && !t.busy
	t.busy = t.busy || begin
	t.mu.Unlock()
	if begin {
		t.spawn(t.paint)
	}
}

// paint paints until nothing is wanted.
func (t *tiles) paint() {
	for {
		row, w, picture, ok := t.next()
		if !ok {
			return
		}
		w.paint(picture, row)
		t.finish(row, tile{picture, w.number})
	}
}

func (t *tiles) next() (row int, w tileWork, picture *image.RGBA, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.want) == 0 {
		t.busy = false
		return 0, w, nil, false
	}
	row, t.want = t.want[0], t.want[1:]
	if n := len(t.free); n > 0 {
		picture, t.free = t.free[n-1], t.free[:n-1]
	} else {
		picture = image.NewRGBA(image.Rect(0, 0, t.work.width, tileRows))
	}
	return row, t.work, picture, true
}

// finish hands a strip over, unless it is of yesterday.
func (t *tiles) finish(row int, done tile) {
	t.mu.Lock()
	if done.number != t.work.number {
		t.mu.Unlock()
		t.give(done.picture)
		return
	}
	t.done[row] = done
	tell := !t.posted
	t.posted = true
	t.mu.Unlock()
	if tell {
		t.post(t.hand)
	}
}

func (t *tiles) hand() {
	t.mu.Lock()
	t.posted = false
	t.mu.Unlock()
	if t.taken != nil {
		t.taken()
	}
}

// take returns the finished strips. They are the caller's until given back.
func (t *tiles) take() map[int]tile {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.done) == 0 {
		return nil
	}
	out := t.done
	t.done = map[int]tile{}
	return out
}

// give takes a strip back that is not shown any more.
func (t *tiles) give(picture *image.RGBA) {
	if picture == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if picture.Rect.Dx() == t.work.width && len(t.free) < freeTiles {
		t.free = append(t.free, picture)
	}
}

// paint paints one strip.
func (w *tileWork) paint(picture *image.RGBA, row int) {
	top := float64(row) * tileRows / w.scale
	c := pageInk().Canvas(picture, w.scale, w.left, top)
	area := display.Rect{X: float32(w.left), Y: float32(top), W: float32(float64(w.width) / w.scale), H: float32(tileRows / w.scale)}
	paint.Paint(c, w.page, area, w.look)
}

// pageInk is what pages are painted with: the ink of all text.
func pageInk() *ink.Ink {
	library()
	return typecase.ink
}
