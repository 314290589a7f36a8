package typeset

import (
	"slices"
	"sync"
	"sync/atomic"

	"postrider/mail"
)

// Library is the faces there are, and what was set with them. The zero value is
// of no use; see New and FromDir.
type Library struct {
	*shelf
	hasty bool
}

// shelf is what a library and its hasty view have in common.
type shelf struct {
	strict bool // a fixed folder: no guesses beyond what the browser of the measurements does
	words  cache

	mu       sync.RWMutex
	families map[string][]*candidate
	faces    []*candidate // all, in the order in which they are asked for a rune
	sets     map[setKey]*set
	fetching map[*candidate]bool
	watchers []func()

	generation atomic.Uint64
	ready      chan struct{} // closed when the system's faces are known
}

// New returns a library of the embedded faces, which soon has the system's faces
// too: they are looked for in a goroutine that ends by itself. cache is the
// folder for the index of them, made if missing; "" is fontscan's default.
func New(cache string) *Library {
	s := newShelf()
	s.add(embedded())
	go func() {
		defer close(s.ready)
		found := system(cache)
		if len(found) > 0 {
			s.add(found)
			s.changed()
		}
	}()
	return &Library{shelf: s}
}

// Embedded returns a library of the embedded faces and nothing else, for tests
// that must not depend on the system they run on.
func Embedded() *Library {
	s := newShelf()
	s.add(embedded())
	close(s.ready)
	return &Library{shelf: s}
}

// FromDir returns a library of the font files in one folder and of nothing else,
// with a browser's rules for names it does not have: for measuring the layout
// of mail against one. The error is of kind input if the folder cannot be read.
func FromDir(dir string) (*Library, error) {
	found, err := folder(dir)
	if err != nil {
		return nil, &mail.Error{Op: "reading a folder of fonts", Kind: mail.KindInput, Message: "The folder of fonts cannot be read.", Detail: err.Error(), Err: err}
	}
	s := newShelf()
	s.strict = true
	s.add(found)
	close(s.ready)
	return &Library{shelf: s}, nil
}

func newShelf() *shelf {
	s := &shelf{families: map[string][]*candidate{}, sets: map[setKey]*set{}, fetching: map[*candidate]bool{}, ready: make(chan struct{})}
	s.words.init()
	return s
}

// Hasty returns a view of the library that never reads a face which is not
// embedded: text that needs one is set with what is at hand, the face is read in
// a goroutine, and whoever called Watch hears of it. It is for the goroutine
// that draws the window.
func (l *Library) Hasty() *Library { return &Library{shelf: l.shelf, hasty: true} }

// Ready is closed when the system's faces are known.
func (l *Library) Ready() <-chan struct{} { return l.ready }

// Generation grows when text that was set before might be set better now,
// because faces were found or read. What was set under an older one stays right
// to draw.
func (l *Library) Generation() uint64 { return l.generation.Load() }

// Watch calls f, from any goroutine, after the generation has grown. There is no
// way to stop it: a window that is closed ignores it.
func (l *Library) Watch(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.watchers = append(l.watchers, f)
}

func (s *shelf) add(found []*candidate) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range found {
		s.families[c.family] = append(s.families[c.family], c)
	}
	s.faces = append(s.faces, found...)
}

// changed forgets what was chosen from fewer faces.
func (s *shelf) changed() {
	s.mu.Lock()
	clear(s.sets)
	watchers := slices.Clone(s.watchers)
	s.mu.Unlock()
	s.words.clear()
	s.generation.Add(1)
	for _, f := range watchers {
		f()
	}
}

// fetch reads a face in a goroutine of its own, once.
func (s *shelf) fetch(c *candidate) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fetching[c] {
		return
	}
	s.fetching[c] = true
	go func() {
		c.load()
		s.changed()
	}()
}
