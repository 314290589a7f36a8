package typeset

import (
	"sort"
	"unicode/utf8"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
)

// word returns a word, from the cache or freshly shaped. Text has no white space
// that could break, and one direction.
func (l *Library) word(s *set, text string, rtl bool) *word {
	k := wordKey{s, text, rtl}
	if w := l.words.get(k); w != nil {
		return w
	}
	sh := takeShaper()
	w, pending := sh.word(s, text, rtl, l.hasty)
	sh.release()
	if !pending {
		l.words.put(k, w)
	}
	return w
}

// shaper has what shaping needs and what must not be used by two at once.
type shaper struct {
	buf   *harfbuzz.Buffer
	fonts map[*Face]*harfbuzz.Font
	seg   segmenter.Segmenter
	runes []rune
	at    []int // byte offset of each rune, and of the end
	ends  []int // end of each cluster, in runes
	items []item
}

// item is a part of a word with one face and one script.
type item struct {
	slot
	start, end int // runes
	script     language.Script
	blank      bool // its face is still being read
}

// shapers are those at rest. There are never more of them than goroutines that
// shaped at the same time, and no more than fit.
var shapers = make(chan *shaper, 8)

func takeShaper() *shaper {
	select {
	case s := <-shapers:
		return s
	default:
		return &shaper{buf: harfbuzz.NewBuffer(), fonts: map[*Face]*harfbuzz.Font{}}
	}
}

func (sh *shaper) release() {
	select {
	case shapers <- sh:
	default:
	}
}

// maxFonts bounds the fonts that a shaper keeps ready.
const maxFonts = 48

func (sh *shaper) font(f *Face) *harfbuzz.Font {
	if ft := sh.fonts[f]; ft != nil {
		return ft
	}
	if len(sh.fonts) >= maxFonts {
		clear(sh.fonts)
	}
	ft := harfbuzz.NewFont(bare(f.font))
	sh.fonts[f] = ft
	return ft
}

// word shapes a word. pending tells that it will look better once a face has been
// read.
func (sh *shaper) word(s *set, text string, rtl, hasty bool) (w *word, pending bool) {
	sh.split(text)
	pending = sh.itemise(s, hasty)
	w = &word{runs: make([]wordRun, 0, len(sh.items))}
	for i := range sh.items {
		it := &sh.items[i]
		if rtl {
			it = &sh.items[len(sh.items)-1-i]
		}
		run := sh.shape(s, it, rtl)
		run.x = w.width
		w.width += run.width
		w.runs = append(w.runs, run)
	}
	w.stops = sh.stops(w, rtl)
	return w, pending
}

// split fills runes, at and ends.
func (sh *shaper) split(text string) {
	sh.runes, sh.at, sh.ends = sh.runes[:0], sh.at[:0], sh.ends[:0]
	ascii := true
	for i, r := range text {
		sh.runes = append(sh.runes, r)
		sh.at = append(sh.at, i)
		ascii = ascii && r < utf8.RuneSelf
	}
	sh.at = append(sh.at, len(text))
	if ascii {
		for i := range sh.runes {
			sh.ends = append(sh.ends, i+1)
		}
		return
	}
	sh.seg.Init(sh.runes)
	for it := sh.seg.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		sh.ends = append(sh.ends, g.Offset+len(g.Text))
	}
}

// itemise parts the word by face and script.
func (sh *shaper) itemise(s *set, hasty bool) (pending bool) {
	sh.items = sh.items[:0]
	script := sh.firstScript()
	start := 0
	for _, end := range sh.ends {
		cluster := sh.runes[start:end]
		own := scriptOf(cluster)
		if own != language.Common {
			script = own
		}
		sl, p := s.pick(cluster, own, hasty)
		pending = pending || p
		if n := len(sh.items); n > 0 && sh.items[n-1].slot == sl && sh.items[n-1].script == script && sh.items[n-1].blank == p {
			sh.items[n-1].end = end
		} else {
			sh.items = append(sh.items, item{slot: sl, start: start, end: end, script: script, blank: p})
		}
		start = end
	}
	return pending
}

// firstScript is the script of what stands before the first letter.
func (sh *shaper) firstScript() language.Script {
	for _, r := range sh.runes {
		if s := language.LookupScript(r); s != language.Common && s != language.Inherited && s != language.Unknown {
			return s
		}
	}
	return language.Latin
}

// scriptOf is the script of a cluster, Common if it has none of its own.
func scriptOf(cluster []rune) language.Script {
	for _, r := range cluster {
		switch s := language.LookupScript(r); s {
		case language.Common, language.Inherited, language.Unknown:
		default:
			return s
		}
	}
	return language.Common
}

// noLigatures is for spaced text, as CSS Text 3 section 8.2 has it.
var noLigatures = []harfbuzz.Feature{
	{Tag: font.Tag(0x6c696761), End: harfbuzz.FeatureGlobalEnd}, // liga
	{Tag: font.Tag(0x636c6967), End: harfbuzz.FeatureGlobalEnd}, // clig
}

// shape shapes one item of the word at upem.
func (sh *shaper) shape(s *set, it *item, rtl bool) wordRun {
	run := wordRun{slot: it.slot, start: sh.at[it.start], end: sh.at[it.end]}
	if it.blank || it.face == nil {
		return sh.blank(run, it)
	}
	buf := sh.buf
	buf.Clear()
	buf.AddRunes(sh.runes, it.start, it.end-it.start)
	buf.Props = harfbuzz.SegmentProperties{Language: s.lang, Script: it.script, Direction: harfbuzz.LeftToRight}
	if rtl {
		buf.Props.Direction = harfbuzz.RightToLeft
	}
	ft := sh.font(it.face)
	ft.XScale, ft.YScale = int32(it.face.upem), int32(it.face.upem)
	var features []harfbuzz.Feature
	if s.key.spaced {
		features = noLigatures
	}
	buf.Shape(ft, features)
	em := float32(1 / it.face.upem)
	x := 0
	run.glyphs = make([]Glyph, len(buf.Info))
	for i, info := range buf.Info {
		pos := buf.Pos[i]
		run.glyphs[i] = Glyph{
			ID:      uint32(info.Glyph),
			X:       float32(x+int(pos.XOffset)) * em,
			Y:       -float32(pos.YOffset) * em,
			Advance: float32(pos.XAdvance) * em,
			Cluster: int32(sh.at[info.Cluster]),
		}
		if invisible(sh.runes[info.Cluster]) && info.Glyph == 0 {
			run.glyphs[i].ID, run.glyphs[i].Advance = NoGlyph, 0
			continue
		}
		x += int(pos.XAdvance)
	}
	run.width = float64(x) / it.face.upem
	return run
}

// blank leaves room for text whose face is being read.
func (sh *shaper) blank(run wordRun, it *item) wordRun {
	advance := float32(0.6)
	if it.script == language.Han || it.script == language.Hangul || it.script == language.Hiragana || it.script == language.Katakana {
		advance = 1
	}
	for i := it.start; i < it.end; i++ {
		if invisible(sh.runes[i]) {
			continue
		}
		run.glyphs = append(run.glyphs, Glyph{ID: NoGlyph, X: float32(run.width), Advance: advance, Cluster: int32(sh.at[i])})
		run.width += float64(advance)
	}
	return run
}

// stops lists the clusters of the word in the order of its text. A ligature is
// parted evenly among the clusters that it shows.
func (sh *shaper) stops(w *word, rtl bool) []stop {
	out := make([]stop, 0, len(sh.ends))
	start := 0
	for _, end := range sh.ends {
		out = append(out, stop{start: sh.at[start], end: sh.at[end], x: -1})
		start = end
	}
	for _, run := range w.runs {
		x := run.x
		for i := 0; i < len(run.glyphs); {
			j := i
			width := float64(0)
			for j < len(run.glyphs) && run.glyphs[j].Cluster == run.glyphs[i].Cluster {
				width += float64(run.glyphs[j].Advance)
				j++
			}
			from := int(run.glyphs[i].Cluster)
			to := run.end
			if !rtl && j < len(run.glyphs) {
				to = int(run.glyphs[j].Cluster)
			} else if rtl && i > 0 {
				to = int(run.glyphs[i-1].Cluster)
			}
			place(within(out, from, to), x, width, rtl)
			x += width
			i = j
		}
	}
	settle(out, w.width, rtl)
	return out
}

// within returns the stops that begin in [from,to).
func within(stops []stop, from, to int) []stop {
	begins := func(at int) int { return sort.Search(len(stops), func(i int) bool { return stops[i].start >= at }) }
	i := begins(from)
	return stops[i:max(i, begins(to))]
}

// place parts a width among stops.
func place(stops []stop, x, width float64, rtl bool) {
	each := width / float64(max(len(stops), 1))
	for i := range stops {
		k := i
		if rtl {
			k = len(stops) - 1 - i
		}
		stops[i].x, stops[i].width = x+float64(k)*each, each
	}
}

// settle puts clusters for which the face made no glyph at the end of the one
// before.
func settle(stops []stop, width float64, rtl bool) {
	edge := 0.0
	if rtl {
		edge = width
	}
	for i := range stops {
		if stops[i].x < 0 {
			stops[i].x, stops[i].width = edge, 0
		}
		edge = stops[i].x
		if !rtl {
			edge += stops[i].width
		}
	}
}
