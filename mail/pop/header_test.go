package pop

import (
	"bytes"
	"testing"
)

func TestHeadOf(t *testing.T) {
	const message = "Received: by b\r\n\tfor c\r\nMessage-ID: <1@x>\r\nSubject: a\r\n"
	plain := headOf([]byte(message + "\r\nbody\r\n"))
	for name, tt := range map[string]struct {
		raw  string
		same bool
	}{
		"another body":            {message + "\r\nother\r\n", true},
		"the answer to TOP":       {message + "\r\n", true},
		"without the empty line":  {message, true},
		"bare LF":                 {"Received: by b\n\tfor c\nMessage-ID: <1@x>\nSubject: a\n\nbody\n", true},
		"read since":              {"Status: RO\r\n" + message + "X-UIDL: abc\r\n\tdef\r\n\r\nbody\r\n", true},
		"another value":           {"Received: by b\r\n\tfor d\r\nMessage-ID: <1@x>\r\nSubject: a\r\n\r\n", false},
		"another field":           {message + "X: y\r\n\r\n", false},
		"a field in another form": {message + "X-UIDLs: y\r\n\r\n", false},
	} {
		if got := headOf([]byte(tt.raw)); (got.sum == plain.sum) != tt.same || !got.unique {
			t.Errorf("%s: the same %v, unique %v", name, got.sum == plain.sum, got.unique)
		}
	}
	if headOf([]byte("Subject: Message-ID: <1@x>\r\n\r\nReceived: no\r\n")).unique {
		t.Error("nothing in this header is its own")
	}
}

// FuzzHeadOf: a header tells the same of itself alone and before a body.
func FuzzHeadOf(f *testing.F) {
	f.Add([]byte("Subject: a\r\n\r\nbody"))
	f.Add([]byte("\r\n\r\n"))
	f.Add([]byte("a\n b\n\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		whole := headOf(raw)
		head, _, found := bytes.Cut(raw, []byte("\r\n\r\n"))
		if !found || len(raw) > inMemory {
			return
		}
		if got := headOf(append(bytes.Clone(head), "\r\n\r\n"...)); got != whole {
			t.Errorf("%q alone is %x, with a body %x", head, got.sum, whole.sum)
		}
	})
}
