package message

import (
	"bytes"
	"iter"
	"strings"
)

// lookahead is how many bytes after a broken header line are searched for the
// header going on.
const lookahead = 8 << 10

// readHeader collects the header block that starts here into w.header: one
// line per field, folded lines kept with their line ends as "\n". It returns
// false if the part ended within its header; otherwise the body starts at
// w.off.
//
// The block ends at an empty line. A line that is no field ends it too, unless
// more fields follow: then it is taken for a badly folded piece of the field
// above, as broken senders write it.
func (w *walker) readHeader() bool {
	w.header = w.header[:0]
	field := -1 // where the current field starts in w.header
	started := false
	resume := int64(-1)
	for {
		ln, ok := w.next()
		switch {
		case !ok:
			return false
		case ln.cont:
			w.collect(field, ln.text)
		case len(ln.text) == 0:
			return true
		case started && isFold(ln.text):
			w.collect(field, []byte{'\n'}, ln.text)
		case fieldName(ln.text) != nil:
			field = w.startField(ln.text)
			started = true
		case ln.off < resume:
			w.collect(field, []byte{'\n', ' '}, ln.text)
		default:
			w.unread(ln)
			resume = w.headerResumes()
			if resume < 0 {
				return true
			}
			ln, _ = w.next()
			w.collect(field, []byte{'\n', ' '}, ln.text)
		}
	}
}

func isFold(text []byte) bool { return text[0] == ' ' || text[0] == '\t' }

// startField begins a field with its first line; -1 if the header has grown
// over its cap.
func (w *walker) startField(text []byte) int {
	if w.headerLeft <= 0 {
		w.msg.warn(WarnHeader)
		return -1
	}
	if len(w.header) > 0 {
		w.header = append(w.header, '\n')
	}
	field := len(w.header)
	w.collect(field, text)
	return field
}

// collect adds bytes to the field that starts at offset field, up to the caps.
func (w *walker) collect(field int, pieces ...[]byte) {
	if field < 0 {
		return // before any field, or beyond the cap
	}
	for _, b := range pieces {
		room := min(maxField-(len(w.header)-field), w.headerLeft)
		if len(b) > room {
			b = b[:max(room, 0)]
			w.msg.warn(WarnHeader)
		}
		w.header = append(w.header, b...)
		w.headerLeft -= len(b)
	}
}

// headerResumes looks for a header field ahead of the next empty line, past
// the next line, which is none. It returns the field's offset, or -1.
func (w *walker) headerResumes() int64 {
	ahead := w.peek(lookahead)
	off := w.off
	for first := true; len(ahead) > 0; first = false {
		text, rest, ended := bytes.Cut(ahead, []byte{w.term})
		trimmed := bytes.TrimSuffix(text, []byte{'\r'})
		if !first && (len(trimmed) == 0 || !ended) {
			return -1
		}
		if !first && looksLikeField(trimmed) {
			return off
		}
		off += int64(len(text)) + 1
		ahead = rest
	}
	return -1
}

// fieldName returns the name of the field that text starts, without blanks
// before the colon (RFC 5322 4.5.8), or nil if it starts none.
func fieldName(text []byte) []byte {
	i := bytes.IndexByte(text[:min(len(text), 256)], ':')
	if i <= 0 {
		return nil
	}
	name := bytes.TrimRight(text[:i], " \t")
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return nil
		}
	}
	if len(name) == 0 {
		return nil
	}
	return name
}

// looksLikeField is stricter than fieldName, to tell a header from prose: the
// name must have a hyphen or be one that every mail has.
func looksLikeField(text []byte) bool {
	name := fieldName(text)
	if name == nil {
		return false
	}
	hyphen := false
	for _, c := range name {
		hyphen = hyphen || c == '-'
		if !isAlnum(c) && c != '-' {
			return false
		}
	}
	if hyphen {
		return true
	}
	switch strings.ToLower(string(name)) {
	case "from", "to", "cc", "bcc", "subject", "date", "sender", "received", "references":
		return true
	}
	return false
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// fields yields the name and the raw, still folded value of each field of a
// block that readHeader collected.
func fields(block string) iter.Seq2[string, string] {
	return func(yield func(name, raw string) bool) {
		for len(block) > 0 {
			end := fieldEnd(block)
			name, raw, _ := strings.Cut(block[:end], ":")
			if !yield(strings.TrimRight(name, " \t"), raw) {
				return
			}
			block = block[min(end+1, len(block)):]
		}
	}
}

// fieldEnd returns the index of the first line end that no fold follows.
func fieldEnd(block string) int {
	for i := 0; ; i++ {
		n := strings.IndexByte(block[i:], '\n')
		if n < 0 {
			return len(block)
		}
		i += n
		if i+1 == len(block) || block[i+1] != ' ' && block[i+1] != '\t' {
			return i
		}
	}
}
