package html

import (
	"io"
	"strings"
	"unicode/utf8"
)

// longToken is the length in bytes from which a text or an attribute's value is
// looked at before it is parsed: the parser keeps whole tokens, in memory that
// it doubles until they fit.
const longToken = maxValue

// shorten lists the parts of a source with attributes' values as short as they
// will be kept, and with long texts divided by empty comments. The parts share
// the source's memory.
func shorten(source string) []string {
	s := shortener{source: source}
	for s.at < len(source) {
		i := strings.IndexByte(source[s.at:], '<')
		end := len(source)
		if i >= 0 {
			end = s.at + i
		}
		if !s.raw {
			s.divide(end)
		}
		if s.at = end; i >= 0 {
			s.markup()
		}
	}
	return append(s.parts, source[s.from:])
}

type shortener struct {
	source string
	parts  []string
	from   int // where the part that is not in parts yet begins
	at     int
	raw    bool // within an element whose text has no tags in it
}

// rawText are the elements in which a comment would be text.
var rawText = map[string]bool{
	"style": true, "script": true, "title": true, "textarea": true, "xmp": true, "iframe": true, "noembed": true,
	"noframes": true, "plaintext": true,
}

// divide puts comments into a text up to end, where it is long: at a space, or
// at a character.
func (s *shortener) divide(end int) {
	for end-s.at > longToken {
		k := s.at + longToken
		if space := strings.LastIndexByte(s.source[s.at:k], ' '); space > 0 {
			k = s.at + space
		}
		for k > s.at && !utf8.RuneStart(s.source[k]) {
			k--
		}
		if k == s.at {
			k = s.at + longToken
		}
		s.parts = append(s.parts, s.source[s.from:k], "<!---->")
		s.from, s.at = k, k
	}
}

// markup passes over a tag or whatever else begins with "<".
func (s *shortener) markup() {
	rest := s.source[s.at+1:]
	switch {
	case strings.HasPrefix(rest, "!--"):
		n := strings.Index(rest, "-->")
		if n < 0 {
			n = len(rest) - 1
		}
		s.at += n + 1
	case rest == "" || rest[0] != '/' && tagName(rest) == "":
		s.at++
	default:
		s.tag(tagName(strings.TrimPrefix(rest, "/")), rest[0] == '/')
	}
}

// tag passes over a tag, and cuts the long values of its attributes.
func (s *shortener) tag(name string, ends bool) {
	if s.raw && !ends {
		s.at++
		return
	}
	s.raw = !ends && rawText[name]
	for s.at < len(s.source) {
		n := strings.IndexAny(s.source[s.at:], `>"'`)
		if n < 0 {
			s.at = len(s.source)
			return
		}
		s.at += n + 1
		quote := s.source[s.at-1]
		if quote == '>' {
			return
		}
		if end := strings.IndexByte(s.source[s.at:], quote); end >= 0 {
			s.value(end)
			s.at += end + 1
		}
	}
}

// value leaves out what no attribute may have of the next n bytes.
func (s *shortener) value(n int) {
	if n <= longToken || n <= maxData && isData(s.source[s.at:min(len(s.source), s.at+64)]) {
		return
	}
	kept := clip(s.source[s.at:s.at+n], longToken)
	s.parts = append(s.parts, s.source[s.from:s.at+len(kept)])
	s.from = s.at + n
}

// read gives the parts one after the other.
func read(parts []string) io.Reader {
	readers := make([]io.Reader, len(parts))
	for i, p := range parts {
		readers[i] = strings.NewReader(p)
	}
	return io.MultiReader(readers...)
}

// total is the length of all parts, in bytes.
func total(parts []string) (n int) {
	for _, p := range parts {
		n += len(p)
	}
	return n
}
