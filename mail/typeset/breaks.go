package typeset

import (
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// Break is a place where a line may end, or must.
type Break struct {
	At   int // byte offset; what is before it is in the line
	Must bool
}

// Breaks lists where lines of text may end, in order. The end of the text is not
// among them. Between two ASCII characters it decides as browsers do, elsewhere
// by UAX #14: so addresses of web pages are not cut at each slash.
func Breaks(text string) []Break {
	var out []Break
	if isASCII(text) {
		return asciiBreaks(out, text)
	}
	runes := []rune(text)
	var seg segmenter.Segmenter
	seg.Init(runes)
	at := offsets(text, len(runes))
	allowed := make([]uint8, len(runes)+1)
	for it := seg.LineIterator(); it.Next(); {
		line := it.Line()
		end := line.Offset + len(line.Text)
		allowed[end] = 1
		if line.IsMandatoryBreak {
			allowed[end] = 2
		}
	}
	for i := 1; i < len(runes); i++ {
		must, may := allowed[i] == 2, allowed[i] != 0
		a, b := runes[i-1], runes[i]
		if printable(a) && printable(b) {
			may = asciiPair(before(runes, i-2), a, b)
		} else if a == ' ' && b != ' ' && b != '\n' && b != '\r' {
			may = true
		} else if leads(b) && thai(a) {
			may = true
		}
		if must || may {
			out = append(out, Break{at[i], must})
		}
	}
	return out
}

// leads tells whether a vowel of Thai or Lao stands before the consonant that it
// follows in speech: it begins a syllable. Neither writes spaces between words,
// and without a dictionary this is the best place to end a line.
func leads(r rune) bool { return r >= 0x0E40 && r <= 0x0E44 || r >= 0x0EC0 && r <= 0x0EC4 }

func thai(r rune) bool { return r >= 0x0E01 && r <= 0x0EFF && !leads(r) }

func before(runes []rune, i int) rune {
	if i < 0 {
		return 0
	}
	return runes[i]
}

// offsets lists the byte offset of each rune.
func offsets(text string, n int) []int {
	out := make([]int, 0, n)
	for i := range text {
		out = append(out, i)
	}
	return out
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func asciiBreaks(out []Break, text string) []Break {
	for i := 1; i < len(text); i++ {
		a, b := text[i-1], text[i]
		switch {
		case a == '\r' && b == '\n':
		case a == '\n' || a == '\r' || a == '\v' || a == '\f':
			out = append(out, Break{i, true})
		case b == '\n' || b == '\r' || b == '\v' || b == '\f':
		case a == ' ' || a == '\t':
			if b != ' ' && b != '\t' {
				out = append(out, Break{i, false})
			}
		case printable(rune(a)) && printable(rune(b)):
			if asciiPair(byteBefore(text, i-2), rune(a), rune(b)) {
				out = append(out, Break{i, false})
			}
		}
	}
	return out
}

func byteBefore(text string, i int) rune {
	if i < 0 {
		return 0
	}
	return rune(text[i])
}

func printable(r rune) bool { return r > ' ' && r < 0x7F }

// Between ASCII characters browsers break before an opening bracket that follows
// one of some marks, and after "-" and "?": older than UAX #14, and what senders
// have seen.
const (
	openers        = "(<[{"
	beforeOpeners  = "!\"#%&)*+,.:;=>\\]|}~"
	notAfterHyphen = "!$),./:;?]}"
	notAfterMark   = "!\"'),./:;?]}"
)

// asciiPair tells whether a line may end between a and b; p stands before a.
func asciiPair(p, a, b rune) bool {
	switch {
	case a == '-' && b >= '0' && b <= '9': // a minus, unless a word or number goes before
		return letterOrDigit(p)
	case a == '-':
		return !strings.ContainsRune(notAfterHyphen, b)
	case a == '?':
		return !strings.ContainsRune(notAfterMark, b)
	}
	return strings.ContainsRune(openers, b) && strings.ContainsRune(beforeOpeners, a)
}

func letterOrDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// NextCluster is the offset after the cluster (what a reader takes for one
// character) at an offset; len(text) at the end.
func NextCluster(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	for _, c := range clusters(text[at:min(len(text), at+256)]) {
		return at + c
	}
	return len(text)
}

// PrevCluster is the offset of the cluster before an offset; 0 at the beginning.
func PrevCluster(text string, at int) int {
	from := max(0, at-256)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	start := from
	for _, c := range clusters(text[from:at]) {
		if from+c < at {
			start = from + c
		}
	}
	return start
}

// clusters lists the ends of the clusters of text.
func clusters(text string) []int {
	runes := []rune(text)
	at := append(offsets(text, len(runes)), len(text))
	var seg segmenter.Segmenter
	seg.Init(runes)
	var out []int
	for it := seg.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		out = append(out, at[g.Offset+len(g.Text)])
	}
	return out
}

// WordAt returns the word or number at an offset (UAX #29); what is between words
// counts as one too.
func WordAt(text string, at int) (start, end int) {
	runes := []rune(text)
	off := append(offsets(text, len(runes)), len(text))
	var seg segmenter.Segmenter
	seg.Init(runes)
	for it := seg.WordIterator(); it.Next(); {
		w := it.Word()
		from, to := off[w.Offset], off[w.Offset+len(w.Text)]
		if at < from {
			return end, from
		}
		if at < to || at == to && at == len(text) {
			return from, to
		}
		end = to
	}
	return end, len(text)
}
