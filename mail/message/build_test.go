package message

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var written = time.Date(2026, 3, 2, 17, 4, 5, 0, time.FixedZone("", -5*3600))

func letterTo(to string) *Draft {
	d := &Draft{From: Address{"Anna Muster", "anna@example.org"}, To: []Address{{"", to}}, Subject: "Hello", Text: "Hello"}
	d.Complete(written)
	return d
}

func built(t *testing.T, d *Draft) []byte {
	t.Helper()
	raw, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, raw)
	return raw
}

// wellFormed holds for whatever is written: 7-bit lines of at most 998 octets
// that end in CRLF.
func wellFormed(t *testing.T, raw []byte) {
	t.Helper()
	for i, line := range bytes.SplitAfter(raw, []byte("\n")) {
		switch {
		case len(line) == 0:
		case !bytes.HasSuffix(line, []byte("\r\n")):
			t.Errorf("line %d has no CRLF: %q", i, line)
		case len(line) > 1000:
			t.Errorf("line %d has %d octets", i, len(line))
		case bytes.ContainsAny(line[:len(line)-2], "\r\n\x00"):
			t.Errorf("line %d holds a control character: %q", i, line)
		}
	}
}

var texts = map[string]string{
	"plain":     "Hello Bob,\n\nsee you at *eight*.\n\n-- \nAnna",
	"scripts":   "Grüße, Здравствуйте, 你好，こんにちは, 안녕하세요, สวัสดี, नमस्ते",
	"rtl":       "שלום עולם, this is mixed\n\nمرحبا بالعالم 123",
	"emoji":     "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 ok",
	"long line": strings.Repeat("word ", 1000) + "end",
	"no blanks": strings.Repeat("x", 5000),
	"long cjk":  strings.Repeat("漢字", 1500),
	"dots":      ".\n..\n.hidden\n\n.\nend",
	"from":      "From here\n>From there\n From elsewhere",
	"quotes":    "> one\n> > two\n>\n> three\n\nmine\n\n> " + strings.Repeat("quoted words ", 40),
	"code":      "```\n  indented   code   that is a good deal longer than the seventy-two characters of a flowed line\n```\nafter",
	"spaces":    "a  b   c    " + strings.Repeat("d  e ", 60),
	"tabs":      "a\tb\n\tc",
	"empty":     "",
	"newlines":  "\n\n\na\n\n\n",
	"encoded":   "=?utf-8?q?no?= a=b =\n=20",
	"html":      "<script>alert(1)</script> & <b>bold</b>",
}

// What was written comes back the same, through our own parser.
func TestTextComesBack(t *testing.T) {
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			d := letterTo("bob@example.net")
			d.Text = text
			m := ParseBytes(built(t, d))
			p := m.TextParts()[0]
			got := Unflow(p.Text, p.DelSp)
			if want := normalQuotes(trimLines(text)); strings.TrimRight(got, "\n") != strings.TrimRight(want, "\n") {
				t.Errorf("got\n%q\nwant\n%q", got, want)
			}
			if len(m.Warnings) > 0 {
				t.Errorf("warnings: %v", m.Warnings)
			}
		})
	}
}

// trimLines takes off the blanks that end lines, which flowed text loses, but
// for the mark of a signature.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "-- " {
			lines[i] = strings.TrimRight(l, " \t")
		}
	}
	return strings.Join(lines, "\n")
}

var headers = []string{
	"Hello", "", "Grüße aus Köln", strings.Repeat("long subject ", 40), strings.Repeat("x", 900), strings.Repeat("ü", 300), "你好 世界 " + strings.Repeat("漢", 200),
	"=?utf-8?q?fake?=", "a  b", "tab\there", "quote \" and \\ back", "comma, semicolon; colon: <angle>", "👩‍👩‍👧‍👦 family",
}

func TestSubjectsAndNamesComeBack(t *testing.T) {
	for _, s := range headers {
		d := letterTo("bob@example.net")
		d.Subject = s
		d.To[0].Name = s
		m := ParseBytes(built(t, d))
		if want := cleanLine(s); m.Subject != want {
			t.Errorf("subject %q came back as %q", want, m.Subject)
		}
		if want := foldBlanks(trimQuotes(cleanLine(s))); m.To[0].Name != want && len(s) < 500 {
			t.Errorf("name %q came back as %q", want, m.To[0].Name)
		}
		if m.To[0].Addr != "bob@example.net" {
			t.Errorf("address came back as %q", m.To[0].Addr)
		}
	}
}

// What would end a field or a line cannot.
func TestFieldsCannotBeInjected(t *testing.T) {
	evil := "x\r\nBcc: victim@example.com\r\n\r\nbody\x00"
	d := letterTo("bob@example.net")
	d.Subject, d.From.Name, d.InReplyTo, d.MessageID = evil, evil, evil, evil
	d.Files = []File{FileOf(evil, evil, []byte("x"))}
	d.Files[0].ContentID = evil
	m := ParseBytes(built(t, d))
	if len(m.Bcc) > 0 || strings.Contains(m.Text(), "victim") {
		t.Errorf("a field was injected: %+v", m.Fields)
	}
	for _, addr := range []string{"a@b\r\nBcc: c@d.e", "a b@example.org", "a@b@c", "a@", "@b", "a", "a@b..c", "a@b c", "<a@b.c>", "a,b@c.d", strings.Repeat("l", 300) + "@example.org", "a@ex\x00.org", "a@[1.2.3.4", "\u202ea@b.c"} {
		d := letterTo(addr)
		if raw, err := d.Bytes(); err == nil {
			t.Errorf("mail to %q is written:\n%s", addr, raw)
		}
	}
}

func TestAddressesThatExistAreTaken(t *testing.T) {
	for addr, want := range map[string]string{
		"a.b+c@example.org": "a.b+c@example.org", `"a b"@example.org`: `"a b"@example.org`, "x@[192.0.2.1]": "x@[192.0.2.1]",
		"anna@müller.example": "anna@xn--mller-kva.example", strings.Repeat("r", 100) + "@reply.example": strings.Repeat("r", 100) + "@reply.example",
		"röß@example.org": "röß@example.org", "a..b@docomo.example": "a..b@docomo.example",
	} {
		d := letterTo(addr)
		raw, err := d.Bytes()
		if err != nil {
			t.Errorf("%s: %v", addr, err)
			continue
		}
		if got := d.Recipients(); len(got) != 1 || got[0] != want {
			t.Errorf("%s goes to %v", addr, got)
		}
		if got := ParseBytes(raw).To; len(got) != 1 || got[0].Addr != want {
			t.Errorf("%s came back as %v", addr, got)
		}
		if d.NeedsUTF8() != (addr == "röß@example.org") {
			t.Errorf("%s needs UTF8: %v", addr, d.NeedsUTF8())
		}
	}
}

func TestThousandRecipients(t *testing.T) {
	d := letterTo("first@example.net")
	for i := range 1000 {
		d.Cc = append(d.Cc, Address{fmt.Sprintf("Näme %d, the", i), fmt.Sprintf("someone.%d@example.net", i)})
	}
	m := ParseBytes(built(t, d))
	if len(m.Cc) != 1000 || m.Cc[999] != d.Cc[999] || len(d.Recipients()) != 1001 {
		t.Errorf("%d came back, the last %v; %d recipients", len(m.Cc), m.Cc[len(m.Cc)-1], len(d.Recipients()))
	}
}

func TestFileNamesComeBack(t *testing.T) {
	for _, name := range []string{"a.pdf", "Übersicht 2026.pdf", "報告書（最終版）.docx", strings.Repeat("lang ", 30) + ".txt", `we"ird;.txt`, "=?utf-8?q?x?=.txt", "100%.txt", "it's.txt", strings.Repeat("ü", 80) + ".txt"} {
		d := letterTo("bob@example.net")
		data := []byte("\x00\xff" + name)
		d.Files = []File{FileOf(name, "application/pdf", data)}
		raw := built(t, d)
		files := ParseBytes(raw).Attachments()
		if len(files) != 1 || files[0].Filename != name {
			t.Errorf("%q came back as %+v\n%s", name, files, raw)
			continue
		}
		got, _ := io.ReadAll(files[0].Decode(bytes.NewReader(raw[files[0].Offset : files[0].Offset+files[0].Length])))
		if !bytes.Equal(got, data) {
			t.Errorf("the bytes of %q came back as %q", name, got)
		}
	}
}

func TestNoFolderOfOursInFileNames(t *testing.T) {
	for _, name := range []string{"/home/anna/secret/plan.pdf", `C:\Users\anna\plan.pdf`, "../../plan.pdf"} {
		d := letterTo("bob@example.net")
		d.Files = []File{FileOf(name, "", []byte("x"))}
		if raw := built(t, d); bytes.Contains(raw, []byte("anna/")) || !bytes.Contains(raw, []byte(`"plan.pdf"`)) {
			t.Errorf("%s: %s", name, raw)
		}
	}
}

func TestPicturesStandInTheHTML(t *testing.T) {
	d := letterTo("bob@example.net")
	d.Text = "look: ![a cat](cid:cat@x)"
	d.Pictures = []File{FileOf("cat.png", "image/png", []byte("\x89PNG"))}
	d.Pictures[0].ContentID = "cat@x"
	m := ParseBytes(built(t, d))
	if len(m.Inline()) != 1 || len(m.Attachments()) != 0 || m.Inlined("cat@x") == nil {
		t.Errorf("inline %v, attached %v\n%s", m.Inline(), m.Attachments(), m.HTML())
	}
}

func TestNothingLeaks(t *testing.T) {
	host, _ := os.Hostname()
	d := letterTo("bob@example.net")
	raw := built(t, d)
	lower := strings.ToLower(string(raw))
	for _, word := range []string{"user-agent", "x-mailer", "postrider", "localhost", "received", "x-forwarded"} {
		if strings.Contains(lower, word) {
			t.Errorf("%q stands in\n%s", word, raw)
		}
	}
	if len(host) > 4 && strings.Contains(lower, strings.ToLower(host)) {
		t.Errorf("the name of this computer stands in\n%s", raw)
	}
	if !strings.HasSuffix(d.MessageID, "@example.org") || !strings.Contains(string(raw), "Date: Mon, 02 Mar 2026 17:04:05 -0500") {
		t.Errorf("%s", raw)
	}
}

// TestLargeFileInFlatMemory: 100 MB go through without being held.
func TestLargeFileInFlatMemory(t *testing.T) {
	d := letterTo("bob@example.net")
	const size = 100 << 20
	d.Files = []File{{Name: "big.bin", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.LimitReader(zeros{}, size)), nil
	}}}
	var n counter
	allocated := testing.AllocsPerRun(1, func() {
		if err := d.Write(&n); err != nil {
			t.Fatal(err)
		}
	})
	if allocated > 20_000 || int64(n) < size {
		t.Errorf("%v allocations for %d octets", allocated, n)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// Go's own parser reads what we write.
func TestGoReadsIt(t *testing.T) {
	for name, text := range texts {
		d := letterTo("bob@example.net")
		d.To[0].Name, d.Subject, d.Text = "Bøb, Jr.", "Grüße", text
		m, err := netmail.ReadMessage(bytes.NewReader(built(t, d)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		to, err := m.Header.AddressList("To")
		if err != nil || to[0].Name != "Bøb, Jr." {
			t.Errorf("%s: %v %v", name, to, err)
		}
	}
}

func TestQuotedPrintableAsGoReadsIt(t *testing.T) {
	for name, text := range texts {
		want := string(withCRLF(text))
		got, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(encodeQP([]byte(want)))))
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

const pythonReads = `
import sys, os, json, email, email.policy
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    defects = [repr(d) for p in m.walk() for d in p.defects]
    defects += [repr(d) for n in ("subject", "to", "from", "date", "message-id") if m[n] is not None for d in m[n].defects]
    print(json.dumps({
        "Name": name, "Defects": defects, "Subject": m["subject"], "To": [[a.display_name, a.addr_spec] for a in m["to"].addresses],
        "Files": [p.get_filename() for p in m.iter_attachments()], "Text": m.get_body(("plain",)).get_content()}))
`

// Python's parser finds no defect in what we write, and reads the same.
func TestPythonReadsIt(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	const file = "Übersicht 2026 mit einem langen Namen.pdf"
	dir := t.TempDir()
	for name, text := range texts {
		d := letterTo("bob@example.net")
		d.To[0].Name, d.Subject, d.Text = "Bøb, Jr.", "Grüße "+name, text
		d.Files = []File{FileOf(file, "application/pdf", []byte("%PDF"))}
		if err := os.WriteFile(filepath.Join(dir, name), built(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(python, "-c", pythonReads, dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		var m struct {
			Name, Subject, Text string
			Defects, Files      []string
			To                  [][]string
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		seen++
		if len(m.Defects) > 0 || m.Subject != "Grüße "+m.Name || fmt.Sprint(m.To) != "[[Bøb, Jr. bob@example.net]]" || fmt.Sprint(m.Files) != "["+file+"]" {
			t.Errorf("python reads %+v", m)
		}
		got := strings.TrimRight(Unflow(strings.ReplaceAll(m.Text, "\r\n", "\n"), false), "\n")
		if want := strings.TrimRight(normalQuotes(trimLines(texts[m.Name])), "\n"); got != want {
			t.Errorf("%s: python reads %q, not %q", m.Name, got, want)
		}
	}
	if seen != len(texts) {
		t.Errorf("python read %d of %d messages", seen, len(texts))
	}
}

// BenchmarkWrite is the writing of a draft with a long text, as it is kept while
// the person types.
func BenchmarkWrite(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		for name, line := range map[string]string{"own": "Some *words* of a text, and https://example.org/link\n\n", "quoted": "> What somebody else wrote in a line\n", "mixed": "Mine.\n> Theirs, which goes on for a while.\n"} {
			b.Run(fmt.Sprintf("%s %d kB", name, size/1000), func(b *testing.B) {
				d := letterTo("bob@example.net")
				d.Text = strings.Repeat(line, size/len(line))
				for b.Loop() {
					var n counter
					if err := d.Write(&n); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
