package pop3

import (
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// minSecret is the shortest text that is taken out of a server's words: shorter
// ones would take half the words with them, and protect nothing.
const minSecret = 3

const redacted = "***"

// transcript writes the session down, without secrets, for a person to send to
// us. Its zero value writes nothing.
type transcript struct {
	w       io.Writer
	bodies  bool
	secrets []string // longest first
}

// hide takes text, plain and in base64, out of everything written from now on:
// a server may repeat what it was sent.
func (t *transcript) hide(text string) {
	if len(text) < minSecret {
		return
	}
	t.secrets = append(t.secrets, text, base64.StdEncoding.EncodeToString([]byte(text)))
	slices.SortFunc(t.secrets, func(a, b string) int { return len(b) - len(a) })
	t.secrets = slices.Compact(t.secrets)
}

// hideParts hides a SASL response, and what it is made of.
func (t *transcript) hideParts(response []byte) {
	t.hide(string(response))
	parts := strings.FieldsFunc(string(response), func(r rune) bool { return r == 0 || r == 1 })
	for _, part := range parts {
		t.hide(part)
		if _, token, ok := strings.Cut(part, "Bearer "); ok {
			t.hide(token)
		}
	}
}

func (t *transcript) scrub(text string) string {
	for _, s := range t.secrets {
		text = strings.ReplaceAll(text, s, redacted)
	}
	return text
}

func (t *transcript) client(shown string) {
	if t.w != nil {
		t.write("C: ", t.scrub(shown))
	}
}

func (t *transcript) server(line []byte) {
	if t.w != nil {
		t.write("S: ", t.scrub(string(line)))
	}
}

// body notes octets of a message, which are written only where asked for.
func (t *transcript) body(run []byte) {
	if t.w == nil || !t.bodies {
		return
	}
	for line := range strings.Lines(string(run)) {
		t.write("S| ", t.scrub(line))
	}
}

// listing notes one line of a listing.
func (t *transcript) listing(line []byte) {
	if t.w != nil && t.bodies {
		t.server(line)
	}
}

// size stands for what was not written.
func (t *transcript) size(n int64, unit string) {
	if t.w != nil && !t.bodies {
		t.write("S: ", fmt.Sprintf("{%d %s}", n, unit))
	}
}

// write writes a line with everything escaped that does not print. A transcript
// that cannot be written must not disturb the session.
func (t *transcript) write(who, line string) {
	quoted := strconv.Quote(line)
	quoted = strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
	io.WriteString(t.w, who+quoted+"\n")
}

// note marks what happened below the protocol.
func (t *transcript) note(what string) {
	if t.w != nil {
		t.write("-- ", what)
	}
}
