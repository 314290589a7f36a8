package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a part of a text, in bytes.
type Span struct{ From, Until int }

// Hits finds where words that a match has to show (see [Texts]) stand in a text:
// as the index cuts and folds it, so without case and accents. Spans ascend and
// do not overlap. The beginning of a word is marked as far as it was typed.
func Hits(text string, words []Text) []Span {
	spans, _ := hits(text, words)
	return spans
}

// hits also tells for each span which of words it is of.
func hits(text string, words []Text) (spans []Span, of []int) {
	wanted := make([]phrase, 0, len(words))
	for i, w := range words {
		if p := phraseOf(w); len(p.tokens) > 0 {
			p.of = i
			wanted = append(wanted, p)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	tokens := located(text)
	for i := 0; i < len(tokens); {
		end, last := 0, 0
		for _, p := range wanted {
			if until, n := p.at(tokens[i:]); until > end {
				end, last = until, n
				of = append(of[:len(spans)], p.of)
			}
		}
		if end == 0 {
			i++
			continue
		}
		spans = append(spans, Span{tokens[i].span.From, end})
		i += last
	}
	return spans, of
}

// phrase is what a Text looks for: folded tokens in a row.
type phrase struct {
	tokens []string
	prefix bool
	of     int
}

func phraseOf(t Text) phrase {
	p := phrase{prefix: t.Prefix}
	for _, token := range Tokens(t.Value) {
		p.tokens = append(p.tokens, Fold(token))
	}
	return p
}

// at reports where the phrase ends if the tokens begin with it, and how many it
// takes; 0 if they do not.
func (p phrase) at(tokens []token) (until, n int) {
	if len(tokens) < len(p.tokens) {
		return 0, 0
	}
	last := len(p.tokens) - 1
	for i, want := range p.tokens {
		t := tokens[i]
		switch {
		case t.folded == want:
		case i == last && p.prefix && strings.HasPrefix(t.folded, want):
			return t.partly(want), last + 1
		default:
			return 0, 0
		}
	}
	return tokens[last].span.Until, last + 1
}

// token is a word of a text as it stands there.
type token struct {
	text   string
	folded string
	span   Span
}

// partly is where the part of the token ends that folds to a beginning.
func (t token) partly(beginning string) int {
	want := utf8.RuneCountInString(beginning)
	for i, r := range t.text {
		size := utf8.RuneLen(r)
		if size < 0 {
			size = 1
		}
		head := t.text[:i+size]
		if utf8.RuneCountInString(Fold(Segment(head))) >= want {
			// The marks that belong to the last letter go with it.
			for _, m := range t.text[len(head):] {
				if !unicode.Is(unicode.M, m) {
					break
				}
				head = t.text[:len(head)+utf8.RuneLen(m)]
			}
			return t.span.From + len(head)
		}
	}
	return t.span.Until
}

// located cuts a text into its words. One that the index takes apart further, as
// it does with scripts without spaces, is one for each of its parts.
func located(text string) (list []token) {
	start := -1
	flush := func(end int) {
		if start >= 0 {
			list = appendTokens(list, text, Span{start, end})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case isUnspaced(r):
			flush(i)
			start = i
		case isTokenRune(r):
			if start >= 0 && !unicode.Is(unicode.M, r) && startsUnspaced(text[start:]) {
				flush(i)
			}
			if start < 0 {
				start = i
			}
		case start >= 0 && plain(r) < 0: // not seen, and within words
		default:
			flush(i)
		}
	}
	flush(len(text))
	return list
}

func startsUnspaced(text string) bool { return isUnspaced(firstRune(text)) }

func appendTokens(list []token, text string, at Span) []token {
	word := text[at.From:at.Until]
	if asciiLen(word) == len(word) {
		return append(list, token{word, Fold(word), at})
	}
	for _, part := range Tokens(word) {
		list = append(list, token{word, Fold(part), at})
	}
	return list
}

// Passage is a piece of a text around what was looked for, on one line, with the
// hits in it. Cut at an end is marked by an ellipsis.
type Passage struct {
	Text string
	Hits []Span
}

// passageLead is how many characters a passage shows before its first hit.
const passageLead = 30

// PassageOf returns the passage of up to width characters in which most of the
// words stand, the first of several; "" where none does.
func PassageOf(text string, words []Text, width int) Passage {
	spans, of := hits(text, words)
	if len(spans) == 0 {
		return Passage{}
	}
	best, most := 0, 0
	for i := range spans[:min(len(spans), 200)] {
		met := map[int]bool{}
		for j := i; j < len(spans) && spans[j].Until-spans[i].From <= width; j++ {
			met[of[j]] = true
		}
		if len(met) > most {
			best, most = i, len(met)
		}
	}
	line := around(text, spans[best].From, width)
	return Passage{line, Hits(line, words)}
}

// around cuts a line of width characters out of a text, so that the place shows.
func around(text string, place, width int) string {
	from := back(text, place, passageLead)
	line := strings.Join(strings.Fields(text[from:min(len(text), from+4*width+utf8.UTFMax)]), " ")
	runes := []rune(line)
	cut := len(runes) > width
	if cut {
		runes = runes[:width]
	}
	line = strings.TrimSpace(string(runes))
	if from > 0 {
		line = "…" + line
	}
	if cut {
		line += "…"
	}
	return line
}

// back goes some characters back from a place, to where a word begins.
func back(text string, place, n int) int {
	at := place
	for range n {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		if size == 0 {
			return 0
		}
		at -= size
	}
	if i := strings.IndexFunc(text[at:place], unicode.IsSpace); i >= 0 {
		return at + i
	}
	return at
}

// Among returns the words of a query that are looked for in a field, with those
// that are looked for anywhere.
func Among(words []Text, fields ...Field) []Text {
	return slices.DeleteFunc(slices.Clone(words), func(t Text) bool {
		return t.Field != Anywhere && !slices.Contains(fields, t.Field)
	})
}
