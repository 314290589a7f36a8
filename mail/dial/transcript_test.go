package dial

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

func TestTranscriptHidesSecretsInEveryForm(t *testing.T) {
	const secret = `pä"ss\w0rd+x`
	b64 := base64.StdEncoding.EncodeToString
	for _, line := range []string{
		"C: A1 LOGIN anna " + secret,
		`C: A1 LOGIN "anna" "pä\"ss\\w0rd+x"`,
		"C: PASS " + secret,
		"C: AUTH PLAIN " + b64([]byte("\x00anna@example.org\x00"+secret)),
		"C: " + b64([]byte("\x00a\x00"+secret)),
		"C: " + b64([]byte("\x00ab\x00"+secret)),
		"C: " + b64([]byte(secret)),
		"C: " + base64.RawURLEncoding.EncodeToString([]byte("user=anna\x01auth=Bearer "+secret+"\x01\x01")),
		"S: https://example.org/?token=" + url.QueryEscape(secret),
		fmt.Sprintf("S: NO cannot read %q", secret),
	} {
		var b bytes.Buffer
		tr := NewTranscript(&b, clock)
		tr.Hide(secret, "")
		io.WriteString(tr.Writer("bbbbbbbb", ""), line+"\r\n")
		got := b.String()
		if !strings.Contains(got, hidden) || leaks(got, secret) || strings.Contains(got, "w0rd") {
			t.Errorf("%s\nis shown as %s", line, got)
		}
	}
}

// leaks looks for the secret in text the hard way: in each base64 that is in it.
func leaks(text, secret string) bool {
	if strings.Contains(text, secret) {
		return true
	}
	for from := range text {
		for to := len(text); to >= from+4; to-- {
			plain, err := base64.RawStdEncoding.DecodeString(text[from:to])
			if err == nil && bytes.Contains(plain, []byte(secret)) {
				return true
			}
		}
	}
	return false
}

func TestTranscriptLines(t *testing.T) {
	var b bytes.Buffer
	tr := NewTranscript(&b, clock)
	tr.Hide("hunter2")
	w := tr.Writer("bbbbbbbb", "C: ")
	for _, part := range []string{"A1 LOGIN bob hun", "ter2\r", "\nA2 \x1b]0;x\a\u202e\xff\x00\r\nthe end, without a line break"} {
		io.WriteString(w, part)
	}
	const head = "2026-06-15T12:00:00.000Z bbbbbbbb C: "
	want := head + "A1 LOGIN bob [hidden]\n" + head + `A2 \x1b]0;x\x07\u{202e}\xff\x00` + "\n"
	if b.String() != want {
		t.Errorf("transcript:\n%s\nwant:\n%s", b.String(), want)
	}
	b.Reset()
	w = tr.Writer("bbbbbbbb", "")
	for range 100 {
		io.WriteString(w, strings.Repeat("x", 10_000)+"hunter2")
	}
	io.WriteString(w, "\nnext\n")
	if b.Len() > 3000 || strings.Contains(b.String(), "hunter2") || !strings.Contains(b.String(), "not kept") || !strings.HasSuffix(b.String(), "next\n") {
		t.Errorf("a long line of %d bytes: %.100q", b.Len(), b.String())
	}
	if none := (*Transcript)(nil).Writer("bbbbbbbb", ""); none != nil {
		t.Error("no transcript has a writer")
	}
}

func TestTranscriptOfManyConnectionsKeepsLinesWhole(t *testing.T) {
	var b bytes.Buffer
	tr := NewTranscript(&b, clock)
	var wg sync.WaitGroup
	for range 8 {
		w := tr.Writer("bbbbbbbb", "")
		wg.Go(func() {
			for range 50 {
				io.WriteString(w, "C: one ")
				io.WriteString(w, "line\n")
			}
		})
	}
	wg.Wait()
	if got := strings.Count(b.String(), " bbbbbbbb C: one line\n"); got != 400 {
		t.Errorf("%d whole lines, want 400", got)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestTranscriptThatFailsDisturbsNobody(t *testing.T) {
	tr := NewTranscript(full{}, clock)
	if n, err := io.WriteString(tr.Writer("bbbbbbbb", ""), "x\n"); n != 2 || err != nil {
		t.Errorf("write: %d, %v", n, err)
	}
	if err := tr.Close(); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("close: %v", err)
	}
}

func FuzzHide(f *testing.F) {
	f.Add("LOGIN anna ", "pass word\"\\", " tail", "\x00anna\x00")
	f.Add("", "ya29.a0+/==", "", "user=")
	f.Fuzz(func(t *testing.T, before, secret, after, sasl string) {
		if len(secret) < 6 || len(before)+len(after)+len(sasl) > 200 || len(secret) > 60 || !utf8.ValidString(secret) ||
			strings.ContainsAny(secret, "\n\r") || strings.Contains(hidden, secret) {
			t.Skip("no secret: it is too short to be looked for, or is cut at a line's end")
		}
		// What is escaped later may look like a part of the secret by chance.
		before, after = printable(before, 1000), printable(after, 1000)
		var b bytes.Buffer
		tr := NewTranscript(&b, clock)
		tr.Hide(secret)
		w := tr.Writer("", "")
		for _, line := range []string{before + secret + after, before + " " + base64.StdEncoding.EncodeToString([]byte(sasl+secret)) + " " + after} {
			b.Reset()
			io.WriteString(w, line+"\n")
			shown := strings.TrimPrefix(b.String(), now.Format("2006-01-02T15:04:05.000Z"))
			if leaks(shown, secret) {
				t.Fatalf("%q hidden in %q is shown as %q", secret, line, shown)
			}
		}
	})
}
