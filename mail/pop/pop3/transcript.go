package pop3

import (
	"cmp"
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

// hide takes text out of everything written from now on, also in base64 and in
// UTF-16: a server may repeat what it was sent.
func (t *transcript) hide(text string) {
	if len(text) < minSecret {
		return
	}
	t.secrets = append(t.secrets, text, strings.Join(strings.Split(text, ""), "\x00"))
	t.secrets = append(t.secrets, base64Cores(text)...)
	slices.SortFunc(t.secrets, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	t.secrets = slices.Compact(t.secrets)
}

// base64Cores returns what is left of text in any base64 that it is a part of:
// one form for each place that its first octet can have in a group of three.
func base64Cores(text string) []string {
	var cores []string
	for shift := range 3 {
		whole := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), text...))
		core := whole[(shift*8+5)/6 : (shift+len(text))*8/6]
		if len(core) > minSecret {
			cores = append(cores, core)
		}
	}
	return cores
}

// hideParts hides a SASL response, and what it is made of: fields that NUL or
// ^A part, some of them with a name before them.
func (t *transcript) hideParts(response []byte) {
	t.hide(string(response))
	for _, part := range strings.FieldsFunc(string(response), func(r rune) bool { return r <= 1 }) {
		t.hide(part)
		_, value, _ := strings.Cut(part, "=")
		t.hide(strings.Trim(value, ","))
		t.hide(strings.TrimPrefix(value, "Bearer "))
	}
}

func (t *transcript) scrub(text string) string {
	for _, s := range t.secrets {
		text = strings.ReplaceAll(text, s, redacted)
	}
	return text
}

func (t *transcript) client(shown []byte) {
	if t.w != nil {
		t.write("C: ", t.scrub(string(shown)))
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
