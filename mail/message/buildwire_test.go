package message

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func wire(t *testing.T, raw string, opts WireOptions) (string, *WireMessage) {
	t.Helper()
	m, err := Wire(opens([]byte(raw)), opts)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.Bytes())
	if int64(b.Len()) != m.Size {
		t.Errorf("it has %d octets, and says %d", b.Len(), m.Size)
	}
	return b.String(), m
}

const finished = "From: a@example.org\nTo: b@example.net\nBcc: s1@example.com,\n\ts2@example.com\nSubject: hi\nbcc : s3@example.com\nResent-Bcc: s4@example.com\n\n"

// What is fine stays as it is, but for Bcc and line ends.
func TestWireLeavesBccOut(t *testing.T) {
	got, m := wire(t, finished+".dot\nHello\r\nlast", WireOptions{})
	if want := "From: a@example.org\r\nTo: b@example.net\r\nSubject: hi\r\n\r\n.dot\r\nHello\r\nlast\r\n"; got != want || m.EightBit || m.UTF8 {
		t.Errorf("%q", got)
	}
	if got, _ = wire(t, finished+"x\n", WireOptions{KeepBcc: true}); strings.Count(strings.ToLower(got), "bcc") != 3 {
		t.Errorf("%q", got)
	}
}

// What the server does not take is encoded anew, and means the same.
func TestWireEncodesAnew(t *testing.T) {
	long := strings.Repeat("0123456789", 500)
	for name, c := range map[string]struct {
		raw       string
		opts      WireOptions
		eight     bool
		utf8      bool
		unchanged bool
	}{
		"8-bit body, taken":       {"To: b@x.y\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n", WireOptions{EightBit: true}, true, false, true},
		"8-bit body, not taken":   {"To: b@x.y\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n", WireOptions{}, false, false, false},
		"latin-1 body":            {"To: b@x.y\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe\r\n", WireOptions{}, false, false, false},
		"long line":               {"To: b@x.y\r\n\r\n" + long + "\r\n", WireOptions{EightBit: true}, false, false, false},
		"long line of base64":     {"To: b@x.y\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("aGVsbG8g", 500) + "\r\n", WireOptions{}, false, false, false},
		"8-bit header, taken":     {"To: b@x.y\r\nSubject: Grüße\r\n\r\nx\r\n", WireOptions{EightBit: true, UTF8: true}, false, true, true},
		"8-bit header, not taken": {"To: Bøb <b@x.y>\r\nSubject: Grüße\r\nX-Note: naïve\r\n\r\nx\r\n", WireOptions{EightBit: true}, false, false, false},
		"long header line":        {"To: b@x.y\r\nSubject: " + strings.Repeat("word ", 400) + "\r\n\r\nx\r\n", WireOptions{}, false, false, false},
		"long references":         {"To: b@x.y\r\nReferences: " + strings.Repeat("<aaaaaaaaaaaaaaaaaa@example.org> ", 60) + "\r\n\r\nx\r\n", WireOptions{}, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, m := wire(t, c.raw, c.opts)
			if m.EightBit != c.eight || m.UTF8 != c.utf8 {
				t.Errorf("EightBit %v, UTF8 %v", m.EightBit, m.UTF8)
			}
			if c.unchanged != (got == c.raw) {
				t.Errorf("changed: %v\n%.300s", got != c.raw, got)
			}
			if !c.eight && !c.utf8 && !isASCII([]byte(got)) {
				t.Errorf("8-bit bytes are left:\n%s", got)
			}
			before, after := ParseBytes([]byte(c.raw)), ParseBytes([]byte(got))
			if before.Subject != after.Subject || before.Text() != after.Text() || addressLine(before.To) != addressLine(after.To) ||
				strings.Join(before.References, " ") != strings.Join(after.References, " ") || before.Get("X-Note") != after.Get("X-Note") {
				t.Errorf("it does not mean the same:\n%.500s", got)
			}
		})
	}
}

const mixed = "To: b@x.y\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\npreamble\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nfine\r\n--B\r\n" +
	"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Grüße</p>\r\n--B\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n" +
	"Content-Disposition: attachment; filename=x.bin\r\n\r\n\x00\x01\xff\r\n--B--\r\nepilogue\r\n"

// Of a message with parts only those that need it change.
func TestWireChangesPartsAlone(t *testing.T) {
	got, _ := wire(t, mixed, WireOptions{})
	if !strings.Contains(got, "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nfine\r\n--B\r\n") {
		t.Errorf("the first part was changed:\n%s", got)
	}
	m := ParseBytes([]byte(got))
	if !strings.Contains(m.HTML(), "Grüße") || len(m.Attachments()) != 1 {
		t.Fatalf("%s", got)
	}
	p := m.Attachments()[0]
	if data, _ := io.ReadAll(p.Decode(strings.NewReader(got[p.Offset : p.Offset+p.Length]))); string(data) != "\x00\x01\xff" {
		t.Errorf("the file reads %q", data)
	}
}

// Nothing changes in what is signed: 8-bit text asks for 8BITMIME, and a line
// that is too long is refused in words.
func TestWireLeavesSignedPartsAlone(t *testing.T) {
	signed := func(text string) string {
		return "To: b@x.y\r\nContent-Type: multipart/signed; boundary=S\r\n\r\n--S\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n--S\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--S--\r\n"
	}
	got, m := wire(t, signed("Grüße"), WireOptions{})
	if got != signed("Grüße") || !m.EightBit {
		t.Errorf("EightBit %v:\n%s", m.EightBit, got)
	}
	if _, err := Wire(opens([]byte(signed(strings.Repeat("x", 2000)))), WireOptions{}); err == nil {
		t.Error("a signed line that is too long passes")
	}
}

// A separator of an mbox, and what else stands before a message, is no part of
// it.
func TestWireDropsTheSeparator(t *testing.T) {
	got, _ := wire(t, "From a@x.y Mon Mar  2 10:00:00 2026\nTo: b@x.y\n\nhi\n", WireOptions{})
	if got != "To: b@x.y\r\n\r\nhi\r\n" {
		t.Errorf("%q", got)
	}
}

// Whatever comes in goes out well-formed, in ASCII where it must be.
func FuzzWire(f *testing.F) {
	for _, raw := range []string{finished + "x", mixed, question, "", "\r", "\n\n", "a: b\rc: d\r\r\xff", "From x\nTo: b\n\n\x00"} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Wire(opens(raw), WireOptions{})
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := m.Write(&b); err != nil {
			t.Fatal(err)
		}
		if int64(b.Len()) != m.Size {
			t.Errorf("it has %d octets, and says %d", b.Len(), m.Size)
		}
		for _, line := range bytes.SplitAfter(b.Bytes(), []byte("\n")) {
			if len(line) > 0 && (!bytes.HasSuffix(line, []byte("\r\n")) || bytes.ContainsAny(line[:len(line)-2], "\r\n\x00")) {
				t.Errorf("a line is %q", line)
			}
		}
	})
}

func TestFinish(t *testing.T) {
	me := Address{"Anna", "anna@example.org"}
	f, err := Finish(opens([]byte(strings.Replace(finished, "Resent-Bcc: s4@example.com\n", "", 1)+"x\n")), me, written)
	if err != nil {
		t.Fatal(err)
	}
	if f.From != "a@example.org" || strings.Join(f.To, " ") != "b@example.net s1@example.com s2@example.com s3@example.com" {
		t.Errorf("from %s to %v", f.From, f.To)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	m := ParseBytes(b.Bytes())
	if m.MessageID == "" || m.MessageID != f.NewID || m.Date.IsZero() || m.From[0].Addr != "a@example.org" || len(m.Bcc) == 0 {
		t.Errorf("%s", b.Bytes())
	}
	if f, err = Finish(opens([]byte(finished)), me, written); err != nil || !f.Resent || f.From != me.Addr || strings.Join(f.To, " ") != "s4@example.com" {
		t.Errorf("redirected from %s to %v, %v", f.From, f.To, err)
	}
	for _, raw := range []string{"", "no mail at all", "Subject: nobody\n\nx", "To: a@\n\nx"} {
		if f, err := Finish(opens([]byte(raw)), me, written); err == nil {
			t.Errorf("%q goes to %v", raw, f.To)
		}
	}
}
