package message

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
)

// walker parses a message in one pass. Each method reads from the current line
// on and stops at the first line that is not its own: a boundary of an open
// multipart, named by hit, or the end of the input.
type walker struct {
	*lines
	msg     *Message
	bounds  []string // "--boundary" of the open multiparts, the outermost first
	hit     int      // index in bounds of the boundary just read; -1 at the end
	closing bool     // it was the closing one
	lastEOL int      // width of the line end before the current line
	bodyEnd int64    // end of the body just read
	more    bool     // the message went on after its header
	parts   int

	headerLeft int // of maxHeader
	textLeft   int // of maxTotalText
	addrLeft   int // of maxAddresses

	*scratch
}

// scratch is memory that one parse leaves to the next.
type scratch struct {
	buf    []byte // the line buffer of a stream
	header []byte
	body   []byte
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func newWalker() *walker {
	return &walker{
		msg:        &Message{},
		headerLeft: maxHeader, textLeft: maxTotalText, addrLeft: maxAddresses,
		scratch: scratches.Get().(*scratch),
	}
}

// stream returns a line buffer.
func (w *walker) stream() []byte {
	if w.scratch.buf == nil {
		w.scratch.buf = make([]byte, bufferSize)
	}
	return w.scratch.buf
}

// release gives the scratch back; memory that a monster needed is let go.
func (w *walker) release() {
	if cap(w.body) > maxText {
		w.body = nil
	}
	scratches.Put(w.scratch)
}

func (w *walker) run() {
	root := w.runHeader()
	w.headerLeft = maxHeader // the parts share as much again
	w.bodyOf(root, w.more, 0, "")
	w.msg.Size = w.off
}

// runHeader reads the header of the message and makes its root.
func (w *walker) runHeader() *Part {
	w.skipEnvelope()
	root := w.newPart(nil)
	w.msg.Root = root
	w.more = w.messageHeader(root, &w.msg.Header)
	root.Path = rootPath("", root)
	return root
}

// skipEnvelope passes over what mail stores and careless programs put in front
// of a message: a byte order mark, the "From " line of an mbox, empty lines.
func (w *walker) skipEnvelope() {
	if bytes.HasPrefix(w.peek(3), []byte("\xef\xbb\xbf")) {
		w.advance(3)
	}
	if isSeparator(w.peek(256)) {
		for ln, ok := w.lines.next(); ok && len(ln.eol) == 0; ln, ok = w.lines.next() {
		}
	}
	ahead := w.peek(lookahead)
	header := bytes.TrimLeft(ahead, "\r\n")
	first, _, _ := bytes.Cut(header, []byte{w.term})
	if looksLikeField(first) {
		w.advance(len(ahead) - len(header))
	}
}

// isSeparator reports the line that stands before each message of an mbox; the
// field may be written "From : " (RFC 5322 4.5.8).
func isSeparator(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(head, []byte{'>'}), []byte("From ")) && fieldName(head) == nil
}

// next is lines.next, but ends at a boundary.
func (w *walker) next() (line, bool) {
	ln, ok := w.lines.next()
	if !ok {
		w.hit = -1
		w.bodyEnd = w.off
		return ln, false
	}
	if len(w.bounds) > 0 && !ln.cont && w.matches(ln.text) {
		w.bodyEnd = ln.off - int64(w.lastEOL)
		w.lastEOL = len(ln.eol)
		return ln, false
	}
	w.lastEOL = len(ln.eol)
	return ln, true
}

// matches reports whether text is a boundary line, the innermost first, and
// sets hit. Only blanks may follow it (RFC 2046 5.1.1): "--abcd" is not "--abc".
func (w *walker) matches(text []byte) bool {
	if len(text) < 3 || text[0] != '-' || text[1] != '-' {
		return false
	}
	text = bytes.TrimRight(text, " \t\r")
	for i := len(w.bounds) - 1; i >= 0; i-- {
		rest, ok := bytes.CutPrefix(text, []byte(w.bounds[i]))
		if ok && (len(rest) == 0 || string(rest) == "--") {
			w.hit, w.closing = i, len(rest) > 0
			return true
		}
	}
	return false
}

// skip passes over lines up to the end of the body.
func (w *walker) skip() {
	for _, ok := w.next(); ok; _, ok = w.next() {
	}
}

func (w *walker) newPart(parent *Part) *Part {
	w.parts++
	p := &Part{Type: "text", Subtype: "plain", HeaderOffset: w.off, parent: parent}
	if parent != nil {
		parent.Children = append(parent.Children, p)
	}
	return p
}

// bodyOf reads the body of p, whose header ended here; more is false if the
// part ended with it. prefix is what the paths of its children start with.
func (w *walker) bodyOf(p *Part, more bool, depth int, prefix string) {
	p.Offset = w.off
	if !more {
		p.Offset = w.bodyEnd
		p.HeaderOffset = min(p.HeaderOffset, p.Offset)
		return
	}
	w.lastEOL = 0
	switch {
	case (p.isMultipart() || p.isMessage()) && depth >= maxDepth:
		w.msg.warn(WarnDepth)
		w.leaf(p)
	case p.isMultipart() && w.open(p):
		w.multipart(p, depth, prefix)
	case p.isMessage() && p.walkable():
		w.attached(p, depth)
	default:
		w.leaf(p)
	}
	p.Length = max(w.bodyEnd-p.Offset, 0)
}

// open puts p's boundary on the stack; false if it has none.
func (w *walker) open(p *Part) bool {
	b := strings.TrimRight(p.Params["boundary"], " \t")
	if b == "" {
		b = w.guessBoundary()
	}
	if b == "" {
		return false
	}
	w.bounds = append(w.bounds, "--"+b)
	return true
}

// guessBoundary finds the boundary that a multipart forgot to declare: its
// first line with anything on it, if that starts with two hyphens.
func (w *walker) guessBoundary() string {
	ahead := bytes.TrimLeft(w.peek(lookahead), "\r\n")
	first, _, ended := bytes.Cut(ahead, []byte{w.term})
	rest, ok := bytes.CutPrefix(bytes.TrimRight(first, " \t\r"), []byte("--"))
	if !ok || !ended || bytes.ContainsAny(rest, " \t") || bytes.HasSuffix(rest, []byte("--")) {
		return ""
	}
	return string(rest)
}

// multipart reads the parts of p, whose boundary was put on the stack last.
func (w *walker) multipart(p *Part, depth int, prefix string) {
	level := len(w.bounds) - 1
	w.preamble(p, prefix)
	for n := 1; w.hit == level && !w.closing; n++ {
		w.part(p, depth+1, join(prefix, strconv.Itoa(n)))
	}
	w.bounds = w.bounds[:min(level, len(w.bounds))]
	if w.hit == level {
		w.skip() // the epilogue
	}
}

// part reads one child of the multipart p.
func (w *walker) part(p *Part, depth int, path string) {
	c := w.newPart(p)
	c.Path = path
	if w.parts >= maxParts {
		w.msg.warn(WarnParts)
		w.bounds = w.bounds[:0] // all that follows is this part
		w.bodyOf(c, true, depth, path)
		return
	}
	if p.Subtype == "digest" { // RFC 2046 5.1.5
		c.Type, c.Subtype = "message", "rfc822"
	}
	more := w.partHeader(c)
	w.bodyOf(c, more, depth, path)
}

// attached reads the message that p is.
func (w *walker) attached(p *Part, depth int) {
	c := w.newPart(p)
	p.Message = &Header{}
	more := w.messageHeader(c, p.Message)
	c.Path = rootPath(p.Path, c)
	w.bodyOf(c, more, depth+1, p.Path)
}

// rootPath is the path of the whole body of a message that is itself the part
// at path outer.
func rootPath(outer string, root *Part) string {
	if root.isMultipart() {
		return join(outer, "TEXT")
	}
	return join(outer, "1")
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}
