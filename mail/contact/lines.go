package contact

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// maxLine is how much of an unfolded line is kept: pictures are cut, names are not.
const maxLine = 16 << 10

// lines reads lines, unfolded.
type lines struct {
	in  *bufio.Reader
	err error // of the file
}

func newLines(r io.Reader) *lines {
	in := bufio.NewReaderSize(r, 64<<10)
	if bom, _ := in.Peek(3); string(bom) == "\xef\xbb\xbf" {
		in.Discard(3)
	}
	return &lines{in: in}
}

// next returns the next line with those that go on with it (RFC 6350 3.2); "" with
// false at the end.
func (l *lines) next() (string, bool) {
	line, ok := l.raw(nil)
	if !ok {
		return "", false
	}
	for {
		ahead, _ := l.in.Peek(1)
		soft := quoted(line) && bytes.HasSuffix(line, []byte("=")) // vCard 2.1 2.1.3
		if len(ahead) == 0 || ahead[0] != ' ' && ahead[0] != '\t' && !soft {
			return string(line), true
		}
		if soft {
			line = line[:len(line)-1]
		} else {
			l.in.Discard(1)
		}
		line, _ = l.raw(line)
	}
}

// raw adds a line to what was read of one; what goes beyond maxLine is dropped.
func (l *lines) raw(line []byte) ([]byte, bool) {
	some := false
	for {
		piece, err := l.in.ReadSlice('\n')
		some = some || len(piece) > 0
		end := err == nil
		if end {
			piece = bytes.TrimRight(piece, "\r\n")
		}
		line = append(line, piece[:min(len(piece), max(maxLine-len(line), 0))]...)
		switch {
		case end:
			return line, true
		case errors.Is(err, bufio.ErrBufferFull):
		default:
			if !errors.Is(err, io.EOF) {
				l.err = err
			}
			return line, some
		}
	}
}

// quoted reports that the value of a line is quoted-printable, as vCard 2.1 has it.
func quoted(line []byte) bool {
	colon := bytes.IndexByte(line, ':')
	return colon > 0 && bytes.Contains(bytes.ToUpper(line[:colon]), []byte("QUOTED-PRINTABLE"))
}

// cards cuts a file into cards.
type cards struct{ lines *lines }

// wanted are the properties that are read; no other comes as far as to be parsed.
var wanted = map[string]bool{
	"VERSION": true, "FN": true, "N": true, "NICKNAME": true, "ORG": true, "EMAIL": true, "UID": true, "KIND": true, "MEMBER": true,
	"CATEGORIES": true, "X-ADDRESSBOOKSERVER-KIND": true, "X-ADDRESSBOOKSERVER-MEMBER": true,
}

// next returns the next card: its first line, what is wanted of it, and its last.
// A card that never ends goes on to the next or to the end. Cards within cards are
// passed over.
func (c *cards) next() (text string, ok bool) {
	var b strings.Builder
	depth := 0
	for {
		line, more := c.lines.next()
		switch {
		case !more && depth == 0:
			return "", false
		case !more, is(line, "END"):
			if depth--; depth > 0 && more {
				continue
			}
			if depth < 0 {
				depth = 0
				continue
			}
			return "BEGIN:VCARD\r\n" + b.String() + "END:VCARD\r\n", true
		case is(line, "BEGIN"):
			depth++
		case depth == 1 && wanted[property(line)] && b.Len() < maxCard:
			b.WriteString(plain(line) + "\r\n")
		}
	}
}

// maxCard is how much of one card is parsed.
const maxCard = 1 << 20

func is(line, what string) bool {
	name, value, _ := strings.Cut(line, ":")
	return strings.EqualFold(strings.TrimSpace(name), what) && strings.EqualFold(strings.TrimSpace(value), "VCARD")
}

// property is the name of a line, without its group ("item1.EMAIL").
func property(line string) string {
	name := line[:max(strings.IndexAny(line, ":;"), 0)]
	return strings.ToUpper(name[strings.LastIndexByte(name, '.')+1:])
}

// plain is a line in UTF-8 with nothing encoded in it.
func plain(line string) string {
	end := headEnd(line)
	head, value := line[:end], strings.TrimPrefix(line[end:], ":")
	if quoted([]byte(line)) {
		data, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value)))
		if err == nil {
			value = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(string(data))
		}
	}
	return typed(strings.ToValidUTF8(head, "")) + ":" + inUTF8(head, value)
}

// headEnd is where the value of a line begins: at a colon that stands in no quotes.
func headEnd(line string) int {
	in := false
	for i := range len(line) {
		switch line[i] {
		case '"':
			in = !in
		case ':':
			if !in {
				return i
			}
		}
	}
	return len(line)
}

// typed names the parameters that vCard 2.1 lets stand without a name (2.1.1):
// they are types.
func typed(head string) string {
	if strings.Contains(head, `"`) {
		return head
	}
	params := strings.Split(head, ";")
	for i, p := range params[1:] {
		if !strings.Contains(p, "=") {
			params[i+1] = "TYPE=" + p
		}
	}
	return strings.Join(params, ";")
}

// inUTF8 reads a value by the charset that vCard 2.1 lets a line have; what is no
// UTF-8 without one is taken for windows-1252.
func inUTF8(head, value string) string {
	if utf8.ValidString(value) {
		return value
	}
	charset := "windows-1252"
	for param := range strings.SplitSeq(head, ";") {
		if name, v, ok := strings.Cut(param, "="); ok && strings.EqualFold(name, "charset") {
			charset = v
		}
	}
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return strings.ToValidUTF8(value, "")
	}
	text, err := enc.NewDecoder().String(value)
	if err != nil {
		return strings.ToValidUTF8(value, "")
	}
	return strings.ToValidUTF8(strings.NewReplacer("\r", " ", "\n", " ").Replace(text), "")
}
