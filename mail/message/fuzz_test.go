package message

import (
	"bytes"
	"io"
	"path"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
	"unicode/utf8"
)

// checkMessage fails if m breaks what a parse promises of any size bytes.
func checkMessage(t *testing.T, m *Message, size int64) {
	t.Helper()
	if m.Size != size {
		t.Errorf("size %d, want %d", m.Size, size)
	}
	for _, f := range m.Fields {
		checkLine(t, "field "+f.Name, f.Value)
	}
	for _, list := range [][]Address{m.From, m.Sender, m.ReplyTo, m.To, m.Cc, m.Bcc} {
		for _, a := range list {
			checkLine(t, "name", a.Name)
			checkLine(t, "address", a.Addr)
		}
	}
	for _, id := range append([]string{m.MessageID, m.InReplyTo}, m.References...) {
		if len(id) > maxID || strings.ContainsAny(id, " <>\r\n\t") {
			t.Errorf("message id %q", id)
		}
	}
	parts, text := checkPart(t, m.Root, 0, 0, size)
	if parts > maxParts+1 || text > maxTotalText {
		t.Errorf("%d parts with %d bytes of text", parts, text)
	}
	for _, s := range []string{m.Text(), m.HTML(), m.Snippet(), m.IndexText()} {
		checkText(t, s)
	}
	if n := utf8.RuneCountInString(m.Snippet()); n > maxSnippet || strings.Contains(m.Snippet(), "\n") {
		t.Errorf("snippet of %d characters: %q", n, m.Snippet())
	}
	for _, p := range append(m.Attachments(), m.Inline()...) {
		checkFilename(t, p.SaveName())
	}
}

func checkPart(t *testing.T, p *Part, depth int, from, to int64) (parts, text int) {
	t.Helper()
	if p.HeaderOffset < from || p.HeaderOffset > p.Offset || p.Length < 0 || p.Offset+p.Length > to {
		t.Errorf("part %s: header at %d, body at %d, %d bytes, within [%d,%d]", p.Path, p.HeaderOffset, p.Offset, p.Length, from, to)
	}
	if depth > 2*maxDepth+2 {
		t.Errorf("part %s is %d deep", p.Path, depth)
	}
	checkText(t, p.Text)
	for _, s := range []string{p.Filename, p.Charset, p.Encoding, p.ContentID, p.Location, p.Description} {
		checkLine(t, "part "+p.Path, s)
	}
	parts, text = 1, len(p.Text)
	for _, c := range p.Children {
		n, size := checkPart(t, c, depth+1, p.Offset, p.Offset+p.Length)
		parts, text = parts+n, text+size
	}
	return parts, text
}

func checkText(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("text is not UTF-8: %.100q", s)
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			t.Fatalf("text has control character %U: %.100q", r, s)
		}
	}
}

func checkLine(t *testing.T, what, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%s is not UTF-8: %.100q", what, s)
	}
	for _, r := range s {
		if unicode.IsControl(r) || isBidiControl(r) {
			t.Fatalf("%s has character %U: %.100q", what, r, s)
		}
	}
}

func checkFilename(t *testing.T, name string) {
	t.Helper()
	checkLine(t, "file name", name)
	switch {
	case name == "", len(name) > 255, path.Base(name) != name, strings.ContainsAny(name, `/\:*?"<>|`),
		strings.HasPrefix(name, "."), strings.HasPrefix(name, "-"), strings.HasSuffix(name, "."), strings.HasSuffix(name, " "),
		isDevice(name):
		t.Errorf("file name %q", name)
	}
}

func FuzzParse(f *testing.F) {
	for _, h := range hostileMails() {
		if mail := h.build(); len(mail) < 10_000 {
			f.Add(mail)
		}
	}
	f.Add([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x--\r\n--x\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		checkMessage(t, ParseBytes(b), int64(len(b)))
		m, err := Parse(iotest.OneByteReader(bytes.NewReader(b)))
		if err != nil {
			t.Error(err)
		}
		checkMessage(t, m, int64(len(b)))
		if got, want := outline(m), outline(ParseBytes(b)); got != want {
			t.Errorf("from a stream:\n%s\nfrom memory:\n%s", got, want)
		}
		m.Root.Walk(func(p *Part) bool {
			if _, err := io.Copy(io.Discard, p.Decode(bytes.NewReader(b[p.Offset:p.Offset+p.Length]))); err != nil {
				t.Error(err)
			}
			return true
		})
	})
}

func FuzzDecodeHeader(f *testing.F) {
	for _, s := range []string{
		"=?utf-8?q?=E2=98=83?=", "=?iso-2022-jp?b?GyRCJDMbKEI=?= x", "Doe, Jane <jane@x.test>", `"a\"b" <c@d>`,
		"<a@b> <c@d>", "g: a@b, c@d;", "(c) a@b", "Mon, 02 Jan 2006 15:04:05 -0700", "<id@x>", "\xff\xfe",
	} {
		f.Add("From", s)
		f.Add("Content-Disposition", s)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		m := ParseHeader([]byte(name + ": " + value + "\r\n\r\n"))
		for _, field := range m.Fields {
			checkLine(t, "field", field.Value)
		}
		for _, a := range m.From {
			checkLine(t, "name", a.Name)
			checkLine(t, "address", a.Addr)
			for _, w := range strings.Fields(a.Name) {
				if posesAsAddress(w) && hasAt(w) && !strings.EqualFold(strings.Trim(w, `<>()[]"',;:`), a.Addr) {
					t.Errorf("name %q poses as an address beside %q", a.Name, a.Addr)
				}
			}
		}
		checkLine(t, "word", displayValue(value))
	})
}

func FuzzCleanFilename(f *testing.F) {
	for _, s := range []string{"../../etc/passwd", "CON", "a.txt:ads", "-rf", "\u202efdp.exe", strings.Repeat("n", 5000) + ".txt", "x. ."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := CleanFilename(name)
		checkFilename(t, got)
		if again := CleanFilename(got); again != got {
			t.Errorf("CleanFilename(%q) = %q, and of that %q", name, got, again)
		}
	})
}
