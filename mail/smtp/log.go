package smtp

import (
	"fmt"
	"io"
)

const redacted = "[secret]"

// log writes the conversation; nothing is logged without a writer.
type log struct {
	w      io.Writer
	hidden bool // the server's lines: challenges may repeat what we sent
}

func (l *log) client(line string) { l.line("C: ", line) }

func (l *log) server(line []byte) {
	if l.hidden && len(line) > 3 && line[0] == '3' {
		line = append(append([]byte{}, line[:4]...), redacted...)
	}
	l.line("S: ", string(line))
}

func (l *log) line(who, line string) {
	if l.w != nil {
		fmt.Fprintf(l.w, "%s%s\n", who, line)
	}
}

// body notes that a message, or a piece of one, was sent.
func (l *log) body(octets int64) {
	if l.w != nil {
		fmt.Fprintf(l.w, "C: [%d octets of message]\n", octets)
	}
}
