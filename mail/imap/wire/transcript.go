package wire

import (
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// maxShown is how much of a line the transcript shows, in octets.
const maxShown = 2000

// transcript writes the conversation down without its secrets. It knows these,
// and so also takes them out of what a server repeats ("unknown command LOGIN
// bob hunter2"), for the transcript and for errors. Both the goroutine that
// reads and the one that writes use it.
type transcript struct {
	w      io.Writer // nil: nothing is written
	bodies bool

	mu       sync.Mutex
	secrets  []string
	received int64 // octets of the literal that goes on
	uploaded int64
}

func newTranscript(w io.Writer, bodies bool) *transcript {
	return &transcript{w: w, bodies: bodies}
}

// hide adds a secret, in the forms in which it goes over the wire.
func (t *transcript) hide(secret string) {
	if secret == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.secrets = append(t.secrets, secret, escape(secret), base64.StdEncoding.EncodeToString([]byte(secret)))
	for shift := range 3 {
		if part := withinBase64(secret, shift); len(part) > 5 {
			t.secrets = append(t.secrets, part)
		}
	}
}

// withinBase64 is what shows of a secret in the base64 of something longer, in
// which it begins at an octet that leaves the remainder shift divided by 3.
func withinBase64(secret string, shift int) string {
	octets := shift + len(secret)
	encoded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), secret...))
	return encoded[(8*shift+5)/6 : 8*octets/6]
}

// scrub takes the secrets out of s.
func (t *transcript) scrub(s string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.scrubLocked(s)
}

func (t *transcript) scrubLocked(s string) string {
	for _, secret := range t.secrets {
		s = strings.ReplaceAll(s, secret, "[secret]")
	}
	return s
}

// line notes a line of the server.
func (t *transcript) line(text []byte, cut bool) {
	if t.w == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.flush()
	more := ""
	if cut {
		more = "… (cut)"
	}
	t.write("S: ", string(text), more)
}

// sent notes a line of the client, already without secrets of its own.
func (t *transcript) sent(line string) {
	if t.w == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.flush()
	t.write("C: ", line, "")
}

// note writes a remark of our own.
func (t *transcript) note(remark string) {
	if t.w == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.flush()
	t.write("-- ", remark, "")
}

// body notes octets of a literal of the server, upload those of one of ours.
func (t *transcript) body(b []byte)   { t.literal("S: ", &t.received, b) }
func (t *transcript) upload(b []byte) { t.literal("C: ", &t.uploaded, b) }

func (t *transcript) literal(who string, n *int64, b []byte) {
	if t.w == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bodies {
		for s := range strings.SplitAfterSeq(string(b), "\n") {
			t.write(who, s, "")
		}
		return
	}
	*n += int64(len(b))
}

// flush writes how long the literals were that ended.
func (t *transcript) flush() {
	if t.received > 0 {
		fmt.Fprintf(t.w, "S: {%d octets}\n", t.received)
	}
	if t.uploaded > 0 {
		fmt.Fprintf(t.w, "C: {%d octets}\n", t.uploaded)
	}
	t.received, t.uploaded = 0, 0
}

// write writes one line. A transcript that cannot be written is none; the
// conversation goes on.
func (t *transcript) write(who, text, more string) {
	octets := len(text)
	// Cut with room to spare: a secret that the first cut parts goes with the second.
	text = t.scrubLocked(text[:min(octets, 8*maxShown)])
	if len(text) > maxShown {
		text, more = text[:maxShown], fmt.Sprintf("… (%d octets)", octets)
	}
	fmt.Fprintf(t.w, "%s%s%s\n", who, visibleText(text), more)
}

// visibleText writes controls and octets that are no UTF-8 as escapes.
func visibleText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1, r < ' ', r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}
