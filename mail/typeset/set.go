package typeset

import (
	"slices"
	"sync"

	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/norm"
)

// set is the faces for one kind of style, whatever its size.
type set struct {
	key    setKey
	shelf  *shelf
	list   []*candidate // what the style names and there is; never empty
	lang   language.Language
	mu     sync.Mutex
	chosen map[uint64]slot     // for runes that the list lacks
	space  map[[2]rune]float32 // how far pairs with a space are moved, in ems
	sizes  map[float64]Metrics
}

// set returns the set for a style.
func (l *Library) set(s Style) *set {
	key := keyOf(s)
	l.mu.RLock()
	found := l.sets[key]
	l.mu.RUnlock()
	if found != nil {
		return found
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if found = l.sets[key]; found != nil {
		return found
	}
	if len(l.sets) >= maxSets {
		clear(l.sets)
	}
	found = &set{key: key, shelf: l.shelf, lang: language.NewLanguage(key.lang), chosen: map[uint64]slot{}, space: map[[2]rune]float32{}, sizes: map[float64]Metrics{}}
	found.list = l.resolve(key)
	l.sets[key] = found
	return found
}

// maxSets bounds the sets kept; a mail may name any number of families.
const maxSets = 1024

// resolve lists the best candidate of each family named. The caller holds mu.
func (s *shelf) resolve(key setKey) []*candidate {
	var out []*candidate
	guess := ""
	for _, name := range families(key.families) {
		if c := s.named(name, key); c != nil {
			out = append(out, c)
		} else if guess == "" {
			guess = likeSans[name]
		}
	}
	if len(out) > 0 {
		return out
	}
	if s.strict || guess == "" {
		guess = normal(serif)
	}
	if c := nearest(s.families[guess], key); c != nil {
		return []*candidate{c}
	}
	return s.anything(key)
}

// named returns the candidate for one name of a list.
func (s *shelf) named(name string, key setKey) *candidate {
	if alias, ok := metric[name]; ok {
		if c := nearest(s.families[alias], key); c != nil {
			return c
		}
	}
	if c := nearest(s.families[name], key); c != nil {
		return c
	}
	if s.strict && name == "system-ui" {
		return nearest(s.families["dejavusans"], key)
	}
	if !s.strict {
		return nearest(s.families[further[name]], key)
	}
	return nil
}

// anything is for a folder that lacks the default family.
func (s *shelf) anything(key setKey) []*candidate {
	if c := nearest(s.families[normal(sans)], key); c != nil {
		return []*candidate{c}
	}
	return s.faces
}

// nearest returns the candidate that is nearest to a weight and a slant, by the
// rules of CSS Fonts 4, section 5.2.
func nearest(of []*candidate, key setKey) *candidate {
	if len(of) == 0 {
		return nil
	}
	return slices.MinFunc(of, func(a, b *candidate) int { return distance(a, key) - distance(b, key) })
}

func distance(c *candidate, key setKey) int {
	d := weightDistance(c.weight, key.weight)
	if c.italic != key.italic {
		d += 1 << 20
	}
	return d
}

// weightDistance orders weights: for a regular one, those up to 500 first, then
// lighter, then bolder; for a light one lighter first; for a bold one bolder.
func weightDistance(has, want int) int {
	if has == want {
		return 0
	}
	d, away := has-want, 1<<12
	switch {
	case want >= 400 && want <= 500 && has > want && has <= 500:
		return d
	case want > 500 && has > want:
		return d
	case want <= 500 && has < want:
		return -d + 1
	}
	return max(d, -d) + away
}

// first returns the first face of the list that can be read. pending tells that
// one before it is being read.
func (s *set) first(hasty bool) (_ *Face, pending bool) {
	for _, c := range s.list {
		f, p := s.get(c, hasty)
		if f != nil {
			return f, pending
		}
		pending = pending || p
	}
	return s.shelf.lastResort(), pending
}

// lastResort is a face that is always there.
func (s *shelf) lastResort() *Face {
	s.mu.RLock()
	faces := s.faces
	s.mu.RUnlock()
	for _, c := range faces {
		if c.embedded() || s.strict {
			if f := c.load(); f != nil {
				return f
			}
		}
	}
	return nil
}

// embedded tells that reading the face takes next to no time.
func (c *candidate) embedded() bool { return c.covers == nil }

// get returns a face, or nil; pending tells that it is being read.
func (s *set) get(c *candidate, hasty bool) (f *Face, pending bool) {
	if f, done := c.loaded(); done {
		return f, false
	}
	if hasty && !c.embedded() {
		s.shelf.fetch(c)
		return nil, true
	}
	return c.load(), false
}

func (s *set) metrics(size float64, hasty bool) Metrics {
	s.mu.Lock()
	m, ok := s.sizes[size]
	s.mu.Unlock()
	if ok {
		return m
	}
	f, pending := s.first(hasty)
	if f == nil {
		return Metrics{}
	}
	m = f.Metrics(size)
	if pending {
		return m // those of the right face come with it
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sizes) > 256 {
		clear(s.sizes)
	}
	s.sizes[size] = m
	return m
}

// pick chooses the face for one cluster. pending tells that a better one is being
// read.
func (s *set) pick(cluster []rune, script language.Script, hasty bool) (_ slot, pending bool) {
	emoji := wantsColor(cluster)
	if !emoji {
		for _, c := range s.list {
			f, p := s.get(c, hasty)
			pending = pending || p
			if f != nil && f.shows(cluster) {
				return s.slot(f), pending
			}
		}
	}
	key := keyOfCluster(cluster)
	s.mu.Lock()
	found, ok := s.chosen[key]
	s.mu.Unlock()
	if ok {
		return found, pending
	}
	f, p := s.fallback(cluster, script, emoji, hasty)
	pending = pending || p
	if f == nil { // nothing shows it, so anything will do
		f, _ = s.first(hasty)
	}
	found = s.slot(f)
	if !pending {
		s.keep(key, found)
	}
	return found, pending
}

// maxChosen bounds the clusters for which a set remembers a face.
const maxChosen = 8192

func (s *set) keep(key uint64, found slot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.chosen) >= maxChosen {
		clear(s.chosen)
	}
	s.chosen[key] = found
}

// keyOfCluster is the runes of a cluster in one number (FNV-1a): that two become
// the same is as unlikely as it is harmless.
func keyOfCluster(cluster []rune) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range cluster {
		h = (h ^ uint64(r)) * 1099511628211
	}
	return h
}

// shows tells whether the face has a glyph for all of a cluster that is to be
// seen, composed or not.
func (f *Face) shows(cluster []rune) bool {
	if len(cluster) == 1 {
		return invisible(cluster[0]) || f.has(cluster[0])
	}
	for _, r := range cluster {
		if !invisible(r) && !f.has(r) {
			return f.showsComposed(cluster)
		}
	}
	return true
}

func (f *Face) showsComposed(cluster []rune) bool {
	for _, r := range norm.NFC.String(string(cluster)) {
		if !invisible(r) && !f.has(r) {
			return false
		}
	}
	return true
}
