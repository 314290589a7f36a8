package message

import "io"

// Message is what a mail says. Parse makes one of any bytes at all.
type Message struct {
	Header
	Root     *Part    // the whole body; never nil
	Size     int64    // bytes read
	Warnings []string // what was given up or looks like a trick; the Warn constants

	html map[*Part]rendered // html parts turned to text, see Message.render
}

// Parse reads a message to the end of r in flat memory. The error is r's own,
// and the Message then holds what came before it; the mail itself is never
// refused.
func Parse(r io.Reader) (*Message, error) {
	w := newWalker()
	defer w.release()
	w.lines = newLines(r, w.stream())
	w.run()
	return w.msg, w.err
}

// ParseBytes is Parse for a message in memory; it copies only what it keeps.
func ParseBytes(b []byte) *Message {
	w := newWalker()
	defer w.release()
	w.lines = newLines(nil, b)
	w.run()
	return w.msg
}

// ParseHeader interprets a header block alone, with or without the empty line
// that ends it: the answer to a fetch of BODY[HEADER.FIELDS (...)]. Root then
// says what Content-Type says, and has no extent.
func ParseHeader(b []byte) *Message {
	w := newWalker()
	defer w.release()
	w.lines = newLines(nil, b)
	w.runHeader()
	return w.msg
}
