package sample

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"
)

// header is a message's or part's fields in order.
type header []field

func (h *header) add(name, value string) { *h = append(*h, field{name, value}) }

// addText adds unstructured text, encoded where it has to be (RFC 2047).
func (h *header) addText(name, text, charset string) { h.add(name, encodeWords(text, charset)) }

// addPeople adds a list of addresses, unless it is empty.
func (h *header) addPeople(name string, list []Person, charset string) {
	var out []string
	for _, p := range list {
		out = append(out, formatPerson(p, charset))
	}
	if len(out) > 0 {
		h.add(name, strings.Join(out, ", "))
	}
}

func formatPerson(p Person, charset string) string {
	switch {
	case p.Name == "":
		return p.Address
	case !isASCII(p.Name):
		return encodeWords(p.Name, charset) + " <" + p.Address + ">"
	case strings.ContainsAny(p.Name, `.,:;@"()<>[]\`):
		return fmt.Sprintf("%q <%s>", p.Name, p.Address)
	}
	return p.Name + " <" + p.Address + ">"
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf || r < ' ' }) < 0
}

// maxWord is the length of an encoded word (RFC 2047 2).
const maxWord = 75

// encodeWords encodes text that is not ASCII as encoded words; a charset that
// lacks a letter gives way to UTF-8.
func encodeWords(text, charset string) string {
	if isASCII(text) {
		return text
	}
	if _, used := encodeText(text, charset); used == utf8Name {
		charset = utf8Name
	}
	var words []string
	rest := text
	for rest != "" {
		word, n := encodeWord(rest, charset)
		words = append(words, word)
		rest = rest[n:]
	}
	return strings.Join(words, " ")
}

// encodeWord encodes as many letters from the start of text as one word holds.
func encodeWord(text, charset string) (word string, n int) {
	for i := range text {
		if i == 0 {
			continue
		}
		longer := wordOf(text[:i], charset)
		if len(longer) > maxWord {
			return word, n
		}
		word, n = longer, i
	}
	if whole := wordOf(text, charset); len(whole) <= maxWord || n == 0 {
		return whole, len(text)
	}
	return word, n
}

func wordOf(text, charset string) string {
	raw, charset := encodeText(text, charset)
	if mostlyASCII(raw) {
		return "=?" + charset + "?Q?" + q(raw) + "?="
	}
	return "=?" + charset + "?B?" + base64.StdEncoding.EncodeToString(raw) + "?="
}

// mostlyASCII says whether the Q encoding is the shorter; escapes of stateful
// charsets want B.
func mostlyASCII(raw []byte) bool {
	plain := 0
	for _, b := range raw {
		if b == 0x1b {
			return false
		}
		if b < 0x80 {
			plain++
		}
	}
	return plain*3 > len(raw)*2
}

func q(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		switch {
		case c == ' ':
			b.WriteByte('_')
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "=%02X", c)
		}
	}
	return b.String()
}

// foldAt is the length of a line that mail programs aim for (RFC 5322 2.1.1).
const foldAt = 76

// write writes the fields folded at blanks, without the empty line.
func (h header) write(b *strings.Builder) {
	for _, f := range h {
		line := f.name + ":"
		for i, word := range strings.Split(f.value, " ") {
			if i > 0 && word != "" && len(line)+1+len(word) > foldAt {
				b.WriteString(line + "\r\n")
				line = ""
			}
			line += " " + word
		}
		b.WriteString(line + "\r\n")
	}
}
