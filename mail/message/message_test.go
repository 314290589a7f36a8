package message

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

// outline draws the tree of a message, a part a line.
func outline(m *Message) string {
	var b strings.Builder
	m.Root.Walk(func(p *Part) bool {
		fmt.Fprintf(&b, "%s %s %q @%d+%d size %d %q\n", p.Path, p.MediaType(), p.Filename, p.Offset, p.Length, p.Size, p.Text[:min(len(p.Text), 60)])
		return true
	})
	return b.String()
}

// crlf writes a mail in a test without its "\r".
func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

const nestedMail = `From: a@b
Subject: outer
Content-Type: multipart/mixed; boundary=out

preamble
--out
Content-Type: multipart/alternative; boundary="in"

--in

plain
--in
Content-Type: text/html

<p>html
--in--
--out
Content-Type: application/pdf; name=a.pdf
Content-Transfer-Encoding: base64

JVBERi0x
LjQ=
--out
Content-Type: message/rfc822

Subject: inner
Content-Type: multipart/mixed; boundary=deep

--deep

deep text
--deep--
--out--
epilogue
`

func TestPartsAreNumberedAsIMAPDoes(t *testing.T) {
	b := crlf(nestedMail)
	m := ParseBytes(b)
	want := []struct{ path, mediaType, body string }{
		{"TEXT", "multipart/mixed", ""},
		{"1", "multipart/alternative", "--in\r\n\r\nplain\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--in--"},
		{"1.1", "text/plain", "plain"},
		{"1.2", "text/html", "<p>html"},
		{"2", "application/pdf", "JVBERi0x\r\nLjQ="},
		{"3", "message/rfc822", ""},
		{"3.TEXT", "multipart/mixed", "--deep\r\n\r\ndeep text\r\n--deep--"},
		{"3.1", "text/plain", "deep text"},
	}
	i := 0
	m.Root.Walk(func(p *Part) bool {
		if p.Path != want[i].path || p.MediaType() != want[i].mediaType {
			t.Errorf("part %d is %s %s, want %s %s", i, p.Path, p.MediaType(), want[i].path, want[i].mediaType)
		}
		if body := string(b[p.Offset : p.Offset+p.Length]); want[i].body != "" && body != want[i].body {
			t.Errorf("body of %s is %q, want %q", p.Path, body, want[i].body)
		}
		if m.Part(p.Path) != p {
			t.Errorf("Part(%q) is another", p.Path)
		}
		i++
		return true
	})
	if i != len(want) {
		t.Errorf("%d parts, want %d", i, len(want))
	}
	if p := m.Part("2"); p.SniffedType != "application/pdf" || p.Size != 8 {
		t.Errorf("attachment sniffed as %q, of %d bytes", p.SniffedType, p.Size)
	}
	if p := m.Part("3"); p.Message == nil || p.Message.Subject != "inner" || p.SaveName() != "inner.eml" {
		t.Errorf("attached message %+v", p.Message)
	}
}

func TestStreamAndMemoryAgreeOnLongLines(t *testing.T) {
	long := strings.Repeat("x", bufferSize-1) + "\r\n" + strings.Repeat("y", 3*bufferSize) + "\r\n"
	b := "Subject: t\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + long +
		"--b\r\nContent-Type: image/png\r\n\r\n" + long + "\r\n--b--\r\n"
	want := outline(ParseBytes([]byte(b)))
	for name, r := range map[string]io.Reader{
		"whole": strings.NewReader(b), "halves": iotest.HalfReader(strings.NewReader(b)), "bytes": iotest.OneByteReader(strings.NewReader(b)),
	} {
		m, err := Parse(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := outline(m); got != want {
			t.Errorf("in %s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestReadErrorKeepsWhatCame(t *testing.T) {
	broken := errors.New("disk on fire")
	m, err := Parse(io.MultiReader(strings.NewReader("Subject: t\r\n\r\nfirst\r\n"), iotest.ErrReader(broken)))
	if err != broken || m.Subject != "t" || m.Text() != "first" {
		t.Errorf("subject %q, text %q, error %v", m.Subject, m.Text(), err)
	}
}

func TestBrokenHeaderLines(t *testing.T) {
	tests := []struct{ name, mail, subject, text string }{
		{"bad fold, more fields", "Subject: one\ntwo\nFrom: a@b\n\nbody", "one two", "body"},
		{"no empty line", "Subject: one\nbody here\nmore", "one", "body here\nmore"},
		{"no empty line, later one", "Subject: one\nbody here\n\nmore", "one", "body here\n\nmore"},
		{"blank line of blanks", "Subject: one\n \nFrom: a@b\n\nbody", "one", "body"},
		{"mark and empty lines first", "\xef\xbb\xbf\n\nSubject: one\n\nbody", "one", "body"},
		{"indented body alone", "  an indented line\nand another", "", "  an indented line\nand another"},
		{"raw Latin-1", "Subject: caf\xe9\n\nbody", "café", "body"},
		{"raw UTF-8", "Subject: café\n\nbody", "café", "body"},
		{"folded", "Subject: one\n two\n\tthree\n\nbody", "one two\tthree", "body"},
	}
	for _, tt := range tests {
		m := ParseBytes([]byte(tt.mail))
		if strings.ReplaceAll(m.Subject, "\t", " ") != strings.ReplaceAll(tt.subject, "\t", " ") || m.Text() != tt.text {
			t.Errorf("%s: subject %q, text %q; want %q, %q", tt.name, m.Subject, m.Text(), tt.subject, tt.text)
		}
	}
}

func TestParseHeaderAlone(t *testing.T) {
	m := ParseHeader(crlf("Date: Mon, 02 Jan 2006 15:04:05 -0700\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\nFrom: =?utf-8?q?J=C3=BCrgen?= <j@x.test>\n" +
		"To: a@b, c@d\nMessage-ID: <m@x>\nReferences: <r1@x>\n <r2@x>\nIn-Reply-To: <r2@x> (of Monday)\nList-Id: The list <list.x.test>\n" +
		"List-Post: <mailto:list@x.test?subject=a>\nContent-Type: multipart/mixed; boundary=x\n\n"))
	if m.Subject != "grüße" || m.From[0] != (Address{"Jürgen", "j@x.test"}) || len(m.To) != 2 || m.MessageID != "m@x" ||
		m.InReplyTo != "r2@x" || len(m.References) != 2 || m.ListID != "list.x.test" || m.ListPost != "list@x.test" ||
		m.Date.Format("2006-01-02T15:04:05Z07:00") != "2006-01-02T15:04:05-07:00" || m.Root.MediaType() != "multipart/mixed" {
		t.Errorf("%+v", m.Header)
	}
	if m.Get("subject") != "grüße" || len(m.Values("To")) != 1 || m.Fields[0].Name != "Date" {
		t.Errorf("fields %q", m.Fields)
	}
}

// TestParsesDoNotShareMemory guards the scratch memory that one parse leaves
// to the next.
func TestParsesDoNotShareMemory(t *testing.T) {
	mails := mailMix()
	var want []string
	for _, b := range mails {
		want = append(want, outline(ParseBytes(b)))
	}
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			kept := make([]*Message, len(mails))
			for i := range mails {
				i = (i*(worker+1) + worker) % len(mails)
				kept[i], _ = Parse(bytes.NewReader(mails[i]))
			}
			for i, m := range kept {
				if m != nil && outline(m) != want[i] {
					t.Errorf("mail %d came out as\n%s\nwant\n%s", i, outline(m), want[i])
				}
			}
		})
	}
	group.Wait()
}
