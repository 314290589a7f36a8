package html

import (
	"strings"
	"unicode/utf8"
)

// line is a line of plain text without its marks of quotation.
type line struct {
	text  string
	depth int
	soft  bool // it goes on in the next one
}

// lines cuts text into lines. Of flowed text those that belong together are
// joined already.
func lines(text string, flowed, delsp bool) []line {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(text)
	text = strings.TrimRight(text, "\n\t ")
	if text == "" {
		return nil
	}
	list := make([]line, 0, strings.Count(text, "\n")+1)
	for raw := range strings.SplitSeq(text, "\n") {
		if flowed {
			list = appendFlowed(list, raw, delsp)
			continue
		}
		depth, rest := quoteDepth(raw)
		list = append(list, line{text: strings.TrimRight(rest, " \t"), depth: depth})
	}
	if !flowed {
		unescapeFrom(list)
	}
	return list
}

// quoteDepth takes the marks of quotation off a line: ">", and spaces between
// them.
func quoteDepth(raw string) (depth int, rest string) {
	at := 0
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == '>':
			if depth++; depth <= maxDepthPlain {
				at = i + 1
			}
		case raw[i] == ' ' && (depth > 0 || i == 0):
		case depth == 0:
			return 0, raw
		default:
			return min(depth, maxDepthPlain), strings.TrimPrefix(raw[at:], " ")
		}
	}
	if depth == 0 {
		return 0, raw
	}
	return min(depth, maxDepthPlain), ""
}

// unescapeFrom takes away the ">" that mailboxes put before "From " (and that
// is no quotation: the lines around it are none).
func unescapeFrom(list []line) {
	for i := range list {
		l := &list[i]
		if l.depth != 1 || !strings.HasPrefix(l.text, "From ") {
			continue
		}
		before := i > 0 && list[i-1].depth > 0
		after := i+1 < len(list) && list[i+1].depth > 0
		if !before && !after {
			l.depth = 0
		}
	}
}

// appendFlowed appends a line of flowed text (RFC 3676, 4): ">" without spaces
// quotes, a space before the text is stuffing, one at its end joins.
func appendFlowed(list []line, raw string, delsp bool) []line {
	depth := 0
	for depth < len(raw) && raw[depth] == '>' {
		depth++
	}
	text := strings.TrimPrefix(raw[depth:], " ")
	depth = min(depth, maxDepthPlain)
	soft := strings.HasSuffix(text, " ") && text != "-- "
	if soft && delsp {
		text = text[:len(text)-1]
	}
	if n := len(list); n > 0 && list[n-1].soft && list[n-1].depth == depth && text != "-- " && len(list[n-1].text) < maxValue {
		list[n-1].text += text
		list[n-1].soft = soft
		return list
	}
	return append(list, line{text, depth, soft})
}

// wrapped reports whether a program broke these lines at a fixed width: each
// is as full as it could be with the words that follow, so that joining them
// brings back what was written.
func wrapped(list []line) bool {
	if len(list) < 2 {
		return false
	}
	width := 0
	for _, l := range list {
		width = max(width, utf8.RuneCountInString(l.text))
	}
	if width < 60 || width > 84 {
		return false
	}
	for i := range list[:len(list)-1] {
		next := list[i+1].text
		if next[0] == ' ' || next[0] == '\t' || listItem(next) {
			return false
		}
		word, _, _ := strings.Cut(next, " ")
		if utf8.RuneCountInString(list[i].text)+1+utf8.RuneCountInString(word) <= width {
			return false
		}
	}
	return true
}

// listItem reports whether a line begins an item of a list.
func listItem(s string) bool {
	s = strings.TrimLeft(s, " \t")
	for _, mark := range []string{"- ", "* ", "• ", "+ ", "– "} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	n := 0
	for n < len(s) && n < 3 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n > 0 && n+1 < len(s) && (s[n] == '.' || s[n] == ')') && s[n+1] == ' '
}

// isSignature reports whether a line stands above a signature.
func isSignature(l line) bool {
	return l.text == "-- " || l.text == "--"
}
