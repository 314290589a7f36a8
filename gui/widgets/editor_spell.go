package widgets

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
)

// Spelling is what is known of a word.
type Spelling struct {
	Wrong   bool
	Instead []string // what may be meant, the likeliest first
}

// wordSpan is a word of a paragraph.
type wordSpan struct{ from, to int }

const (
	spellUpTo = 16 << 10 // octets of a paragraph that is looked at for words
	longWord  = 40       // runes; what is longer is no word
	mostMeant = 5        // words that are offered instead
)

// Spelled takes in what is known of words. Marks come and go at once.
func (e *Editor) Spelled(answers map[string]Spelling) {
	if e.spelling == nil {
		e.spelling = map[string]Spelling{}
	}
	for w, s := range answers {
		e.spelling[w] = s
	}
	e.arrange()
}

// Unspell forgets what is known of all words: they are asked about anew, or with no
// OnSpell the marks go.
func (e *Editor) Unspell() {
	e.spelling = nil
	e.arrange()
}

// words are those of a paragraph that the person wrote, and that mean themselves:
// no code, no address.
func (e *Editor) words(p *passage) []wordSpan {
	look := &p.look
	if look.read || look.kind != ownWords || look.literal || len(p.text) > spellUpTo {
		return look.words
	}
	look.read = true
	for at := 0; at < len(p.text); {
		end := wordEnd(p.text, at)
		if end == at {
			_, n := utf8.DecodeRuneInString(p.text[at:])
			at += n
			continue
		}
		w := trimWord(p.text, wordSpan{at, end})
		if isSpellable(p.text[w.from:w.to]) && !inAddress(p.text, at, end) && look.traitAt(w.from)&(codeTrait|linkTrait|markTrait) == 0 {
			look.words = append(look.words, w)
		}
		at = end
	}
	return look.words
}

// wordEnd is where the run of letters, digits and what stands within words ends.
func wordEnd(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !isInnerMark(r) && r != '_' {
			break
		}
		at += n
	}
	return at
}

// isInnerMark reports an apostrophe or a hyphen.
func isInnerMark(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '-' }

// trimWord takes off the marks that stand around a word and not within it.
func trimWord(text string, w wordSpan) wordSpan {
	for w.from < w.to {
		r, n := utf8.DecodeRuneInString(text[w.from:w.to])
		if !isInnerMark(r) {
			break
		}
		w.from += n
	}
	for w.from < w.to {
		r, n := utf8.DecodeLastRuneInString(text[w.from:w.to])
		if !isInnerMark(r) {
			break
		}
		w.to -= n
	}
	return w
}

// isSpellable reports a word of letters that are not all capitals.
func isSpellable(word string) bool {
	n, small := 0, false
	for _, r := range word {
		if unicode.IsDigit(r) || r == '_' {
			return false
		}
		small = small || !unicode.IsUpper(r) && unicode.IsLetter(r)
		n++
	}
	return n > 1 && n <= longWord && small
}

// inAddress reports a piece of an address: "ada@example.org", "example.org/lamps".
func inAddress(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, n := utf8.DecodeRuneInString(text[to:])
	next, _ := utf8.DecodeRuneInString(text[to+min(n, len(text)-to):])
	return slices.Contains([]rune("@/.:#\\&="), before) && from > 0 || slices.Contains([]rune("@/\\="), after) ||
		(after == '.' || after == ':') && (unicode.IsLetter(next) || unicode.IsDigit(next))
}

// wrong are the misspelt words of a paragraph. Where most are, it is in a language
// that the checker does not know.
func (e *Editor) wrong(p *passage) (list []wordSpan) {
	words := e.words(p)
	for _, w := range words {
		if e.spelling[p.text[w.from:w.to]].Wrong {
			list = append(list, w)
		}
	}
	if len(words) > 3 && 2*len(list) > len(words) {
		return nil
	}
	return list
}

// beingTyped reports the word that the caret stands at the end of.
func (e *Editor) beingTyped(par int, w wordSpan) bool {
	return e.focused && e.prose.caret == textPlace{par, w.to}
}

// placeWrongs marks misspelt words that can be seen, and asks about those of which
// nothing is known.
func (v *editorView) placeWrongs(shown []shownLine) {
	e := v.e
	n := 0
	if e.OnSpell != nil {
		e.askSpelling(shown)
		for _, l := range shown {
			n = v.placeWrong(l, n)
		}
	}
	for _, w := range v.wrongs[n:] {
		if w.Visible() {
			w.Hide()
		}
	}
}

func (v *editorView) placeWrong(l shownLine, n int) int {
	line := l.p.set.lines[l.line]
	for _, w := range v.e.wrong(l.p) {
		from, to := max(w.from, line.start()), min(w.to, line.end())
		if from >= to || v.e.beingTyped(l.par, w) {
			continue
		}
		for _, s := range line.spans(from, to) {
			if n == len(v.wrongs) {
				v.wrongs = append(v.wrongs, canvas.NewRectangle(theme.Danger.Now()))
				v.gather()
			}
			r := v.wrongs[n]
			n++
			if color := theme.Danger.Now(); r.FillColor != color {
				r.FillColor = color
				r.Refresh()
			}
			left := floorHalf(float32(s.Left))
			put(r, editorSide+left, l.y+lineHeight-wrongUp, floorHalf(float32(s.Right))-left, wrongHeight)
		}
	}
	return n
}

// The mark of a misspelt word: how high it is, and how far above the lower edge of
// its line.
const (
	wrongHeight float32 = 1.5
	wrongUp     float32 = 3
)

// askSpelling asks about the words that can be seen of which nothing is known.
func (e *Editor) askSpelling(shown []shownLine) {
	var ask []string
	last := -1
	for _, l := range shown {
		if l.par == last {
			continue
		}
		last = l.par
		for _, w := range e.words(l.p) {
			word := l.p.text[w.from:w.to]
			if _, known := e.spelling[word]; known || e.beingTyped(l.par, w) {
				continue
			}
			if e.spelling == nil {
				e.spelling = map[string]Spelling{}
			}
			e.spelling[word] = Spelling{} // it is asked about once
			ask = append(ask, word)
		}
	}
	if len(ask) > 0 {
		e.OnSpell(ask)
	}
}

// spellingMenu is what may be meant by the misspelt word at the caret.
func (e *Editor) spellingMenu() (items []MenuItem) {
	par := e.prose.caret.par
	p := e.prose.pars[par]
	if e.OnSpell == nil || e.disabled {
		return nil
	}
	at := e.prose.caret.at
	i := slices.IndexFunc(e.wrong(p), func(w wordSpan) bool { return w.from <= at && at <= w.to })
	if i < 0 {
		return nil
	}
	w := e.wrong(p)[i]
	word := p.text[w.from:w.to]
	for _, meant := range e.spelling[word].Instead {
		if len(items) < mostMeant {
			items = append(items, MenuItem{Label: meant, Act: func() { e.respell(par, w, word, meant) }})
		}
	}
	if len(items) == 0 {
		items = append(items, MenuItem{Label: "No suggestions", Disabled: true})
	}
	if e.OnLearn != nil {
		items = append(items, MenuItem{}, MenuItem{Label: "Add to the dictionary", Icon: theme.IconPlus, Act: func() { e.OnLearn(word) }})
	}
	return append(items, MenuItem{})
}

// respell puts another word in the place of one, if that is still there.
func (e *Editor) respell(par int, w wordSpan, word, meant string) {
	if par >= len(e.prose.pars) || w.to > len(e.prose.pars[par].text) || e.prose.pars[par].text[w.from:w.to] != word {
		return
	}
	e.prose.moveTo(textPlace{par, w.from}, false)
	e.prose.moveTo(textPlace{par, w.to}, true)
	e.Insert(meant)
}
