package pop

import (
	"bytes"
	"crypto/sha256"
	"strings"
)

// inMemory is up to where a message, or a header, is read into memory. Octets.
const inMemory = 1 << 20

// head tells a message by its header.
type head struct {
	sum string // SHA-256 of the lines that stay the same, whoever asks
	// unique says that the header has a field that no other message's has: then
	// two messages with the same sum are one.
	unique bool
}

// unstable are fields that servers write when they give a message out, with
// what changes while it lies there.
var unstable = map[string]bool{
	"status": true, "x-status": true, "x-keywords": true, "x-uid": true, "x-uidl": true, "x-imap": true, "x-imapbase": true,
	"content-length": true, "lines": true, "x-mozilla-status": true, "x-mozilla-status2": true,
}

// headOf reads the header that raw begins with: a message, or the answer to TOP.
func headOf(raw []byte) (h head) {
	sum := sha256.New()
	counts := false // the field at hand is one of those that stay
	raw = raw[:min(len(raw), inMemory)]
	for len(raw) > 0 {
		var line []byte
		line, raw, _ = bytes.Cut(raw, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		if line[0] != ' ' && line[0] != '\t' {
			name := fieldName(line)
			counts = !unstable[name]
			h.unique = h.unique || name == "message-id" || name == "received"
		}
		if counts {
			sum.Write(line)
			sum.Write([]byte("\n"))
		}
	}
	h.sum = string(sum.Sum(nil))
	return h
}

// fieldName is the lower-case name of a field.
func fieldName(line []byte) string {
	name, _, _ := bytes.Cut(line[:min(len(line), 80)], []byte(":"))
	return strings.ToLower(string(bytes.TrimRight(name, " \t")))
}
