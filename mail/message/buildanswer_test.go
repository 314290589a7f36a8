package message

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

var own = []Self{
	{Address: Address{"Anna", "anna@example.org"}, Signature: "Anna\nMunich"},
	{Address: Address{"Anna at work", "a.muster@work.example"}, ReplyTo: "office@work.example"},
}

func addressLine(list []Address) string {
	var addrs []string
	for _, a := range list {
		addrs = append(addrs, a.Addr)
	}
	return strings.Join(addrs, " ")
}

// Who gets an answer, for mails as they come.
func TestAnswersGoTo(t *testing.T) {
	for _, c := range []struct{ name, header, reply, all, list, from string }{
		{"a letter", "From: Bob <bob@x.test>\nTo: anna@example.org\n", "bob@x.test", "bob@x.test | ", "", "anna@example.org"},
		{"Reply-To", "From: bob@x.test\nReply-To: desk@x.test\nTo: anna@example.org\n", "desk@x.test", "desk@x.test | ", "", "anna@example.org"},
		{"many", "From: bob@x.test\nTo: Anna@Example.org, carl@x.test\nCc: dora@x.test, a.muster@work.example, BOB@x.test\n",
			"bob@x.test", "bob@x.test carl@x.test | dora@x.test", "", "anna@example.org"},
		{"to the second address", "From: bob@x.test\nTo: a.muster@work.example\n", "bob@x.test", "bob@x.test | ", "", "a.muster@work.example"},
		{"to a tagged address", "From: bob@x.test\nTo: a.muster+shop@work.example, carl@x.test\n", "bob@x.test", "bob@x.test carl@x.test | ", "", "a.muster@work.example"},
		{"blind copy", "From: bob@x.test\nTo: undisclosed-recipients:;\nDelivered-To: a.muster@work.example\n", "bob@x.test", "bob@x.test | ", "", "a.muster@work.example"},
		{"list", "From: bob@x.test\nTo: club@l.test\nList-Post: <mailto:club@l.test>\n", "bob@x.test", "bob@x.test club@l.test | ", "club@l.test", "anna@example.org"},
		{"list that takes the answers", "From: bob@x.test\nReply-To: club@l.test\nTo: club@l.test\nList-Post: <mailto:club@l.test>\n",
			"bob@x.test", "bob@x.test club@l.test | ", "club@l.test", "anna@example.org"},
		{"announcements only", "From: bob@x.test\nTo: club@l.test\nList-Post: NO\n", "bob@x.test", "bob@x.test club@l.test | ", "", "anna@example.org"},
		{"Mail-Followup-To", "From: bob@x.test\nTo: club@l.test, carl@x.test\nMail-Followup-To: club@l.test, anna@example.org\n",
			"bob@x.test", "club@l.test | ", "", "anna@example.org"},
		{"my own", "From: anna@example.org\nTo: bob@x.test, carl@x.test\nCc: dora@x.test\n", "bob@x.test carl@x.test", "bob@x.test carl@x.test | dora@x.test", "", "anna@example.org"},
		{"to myself", "From: anna@example.org\nTo: anna@example.org\n", "anna@example.org", "anna@example.org | ", "", "anna@example.org"},
		{"only copies", "From: anna@example.org\nTo: anna@example.org\nCc: bob@x.test\n", "anna@example.org", "bob@x.test | ", "", "anna@example.org"},
	} {
		m := ParseBytes([]byte(c.header + "\nhello\n"))
		a := Answer{Own: own}
		if got := addressLine(m.Reply(a).To); got != c.reply {
			t.Errorf("%s: an answer goes to %s, not %s", c.name, got, c.reply)
		}
		all := m.ReplyAll(a)
		if got := addressLine(all.To) + " | " + addressLine(all.Cc); got != c.all {
			t.Errorf("%s: an answer to all goes to %s, not %s", c.name, got, c.all)
		}
		list, ok := m.ReplyList(a)
		if ok != (c.list != "") || ok && addressLine(list.To) != c.list {
			t.Errorf("%s: an answer to the list goes to %+v", c.name, list)
		}
		if all.From.Addr != c.from {
			t.Errorf("%s: the answer is from %s, not %s", c.name, all.From.Addr, c.from)
		}
	}
}

const question = "From: Bob <bob@x.test>\r\nTo: anna@example.org\r\nSubject: Re: AW: [club] Tea\r\nMessage-ID: <q2@x.test>\r\n" +
	"In-Reply-To: <q1@x.test>\r\nReferences: <q0@x.test> <q1@x.test>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n" +
	"Content-Type: text/plain; format=flowed\r\n\r\nShall we have \r\ntea?\r\n\r\n> older\r\n> > oldest\r\n\r\n-- \r\nBob\r\n"

func TestAnswerText(t *testing.T) {
	m := ParseBytes([]byte(question))
	d := m.Reply(Answer{Own: own})
	if d.Subject != "Re: [club] Tea" || d.InReplyTo != "q2@x.test" || strings.Join(d.References, " ") != "q0@x.test q1@x.test q2@x.test" {
		t.Errorf("%+v", d)
	}
	quote := "On Mon, 2 Mar 2026, 10:00, Bob wrote:\n> Shall we have tea?\n>\n> > older\n> > > oldest\n"
	if want := "\n\n-- \nAnna\nMunich\n\n" + quote; d.Text != want {
		t.Errorf("below: %q, not %q", d.Text, want)
	}
	d = m.Reply(Answer{Own: own, Place: QuoteAbove, Words: Words{Wrote: "{name} schrieb am {date}:"}, Zone: time.FixedZone("", 3600)})
	if want := strings.Replace(quote, "On Mon, 2 Mar 2026, 10:00, Bob wrote:", "Bob schrieb am Mon, 2 Mar 2026, 11:00:", 1) + "\n\n\n-- \nAnna\nMunich\n"; d.Text != want {
		t.Errorf("above: %q, not %q", d.Text, want)
	}
	if d = m.Reply(Answer{Own: own, Place: NoQuote}); strings.Contains(d.Text, "tea") {
		t.Errorf("none: %q", d.Text)
	}
}

func TestReferencesAreCapped(t *testing.T) {
	d := letterTo("bob@example.net")
	for i := range 5000 {
		d.References = append(d.References, fmt.Sprintf("id%d@example.net", i))
	}
	refs := ParseBytes(built(t, d)).References
	if len(refs) != maxWrittenReferences || refs[0] != "id0@example.net" || refs[len(refs)-1] != "id4999@example.net" {
		t.Errorf("%d references, from %s to %s", len(refs), refs[0], refs[len(refs)-1])
	}
}

func opens(raw []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
}

// withFiles is a message with a picture and two files.
func withFiles(t *testing.T) []byte {
	d := letterTo("bob@example.net")
	d.Text = "look ![cat](cid:cat@x)"
	d.Pictures = []File{FileOf("cat.png", "image/png", []byte("\x89PNG cat"))}
	d.Pictures[0].ContentID = "cat@x"
	d.Files = []File{FileOf("Übersicht.pdf", "application/pdf", []byte("%PDF 1")), FileOf("inner.eml", "message/rfc822", []byte(question))}
	return built(t, d)
}

func TestForwardTakesFilesAlong(t *testing.T) {
	raw := withFiles(t)
	d := ParseBytes(raw).Forward(Answer{Own: own, Open: opens(raw)})
	d.To = []Address{{"", "carl@x.test"}}
	if !strings.HasPrefix(d.Subject, "Fwd: Hello") || !strings.Contains(d.Text, "From: Anna Muster <anna@example.org>\n") {
		t.Errorf("%s\n%s", d.Subject, d.Text)
	}
	again := built(t, d)
	files := ParseBytes(again).Attachments()
	var names []string
	for _, f := range files {
		names = append(names, f.Filename)
	}
	if got := strings.Join(names, ", "); got != "cat.png, Übersicht.pdf, inner.eml" {
		t.Errorf("files: %s", got)
	}
	if !bytes.Contains(again, []byte("Message-ID: <q2@x.test>\r\n")) {
		t.Error("the attached message is not there as it was")
	}
}

func TestForwardWhole(t *testing.T) {
	raw := []byte(strings.Replace(question, "tea?", "tëa? "+strings.Repeat("x", 3000), 1))
	d := ParseBytes(raw).ForwardWhole(Answer{Own: own, Open: opens(raw)})
	d.To = []Address{{"", "carl@x.test"}}
	m := ParseBytes(built(t, d))
	files := m.Attachments()
	if len(files) != 1 || files[0].Message == nil || files[0].Message.MessageID != "q2@x.test" {
		t.Fatalf("%+v", files)
	}
	if inner := files[0].Children[0].Text; !strings.Contains(inner, "tëa? "+strings.Repeat("x", 3000)) {
		t.Errorf("the inner text is %.200q", inner)
	}
}

// A draft that was kept and opened again says the same.
func TestDraftComesBack(t *testing.T) {
	for name, text := range texts {
		d := letterTo("bob@example.net")
		d.Text, d.Plain, d.Bcc = text, name == "plain", []Address{{"Sly", "sly@x.test"}}
		d.InReplyTo, d.Forwards, d.Unfinished = "q@x.test", "f@x.test", true
		d.Files = []File{FileOf("a.bin", "", []byte{0, 1, 2})}
		raw := built(t, d)
		back := ParseBytes(raw).Resume(opens(raw))
		if strings.Trim(back.Text, "\n") != strings.Trim(trimLines(normalQuotes(text)), "\n") || back.Plain != d.Plain || addressLine(back.Bcc) != "sly@x.test" ||
			back.InReplyTo != "q@x.test" || back.Forwards != "f@x.test" || len(back.Files) != 1 {
			t.Errorf("%s: %+v\n%q", name, back, text)
		}
	}
}

// normalQuotes is text as flowed text writes its quotes.
func normalQuotes(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if depth, rest := quoteDepth(l); depth > 0 {
			lines[i] = quoted(depth, rest)
		}
	}
	return strings.Join(lines, "\n")
}

func TestUnfinishedDraftsNeedNothing(t *testing.T) {
	d := &Draft{Unfinished: true, To: []Address{{"", "half an addr"}}}
	d.Complete(written)
	if m := ParseBytes(built(t, d)); m.MessageID == "" {
		t.Errorf("%+v", m.Header)
	}
}

// What somebody typed for a recipient is there again, however little an address it
// is, and goes to nobody.
func TestHalfRecipientsComeBack(t *testing.T) {
	for _, typed := range []Address{
		{"", "anna@"}, {"anna at example", ""}, {"Anna <anna@example", ""}, {"", "a b@example.org"}, {"Ünna, \"the\" <x>", ""},
		{"Team: a, b;", ""}, {"Anna", "anna@@example.org"}, {strings.Repeat("long words ", 30), ""},
	} {
		d := letterTo("bob@example.net")
		d.Unfinished = true
		d.To, d.Cc = append(d.To, typed), []Address{typed}
		raw := built(t, d)
		back := ParseBytes(raw).Resume(opens(raw))
		for _, list := range [][]Address{back.To[1:], back.Cc} {
			if len(list) != 1 || list[0].Addr != "" || list[0].Name != strings.Join(strings.Fields(typed.String()), " ") {
				t.Errorf("%q is %+v", typed.String(), list)
			}
		}
		if again := back.Recipients(); len(again) != 1 || again[0] != "bob@example.net" {
			t.Errorf("%q goes to %v", typed.String(), again)
		}
		d.Unfinished = false
		if d.Check() == nil {
			t.Errorf("%q could be sent", typed.String())
		}
	}
}

// Groups are there again when a draft is opened, and nobody who gets the message is
// told of them.
func TestGroupsOfADraftComeBack(t *testing.T) {
	d := letterTo("bob@example.net")
	d.Unfinished = true
	d.Groups = map[string][]Address{`The "old": choir, 2`: {{"Bob", "bob@example.net"}, {"", "ada@bücher.example"}}, "Ü": {{"", "x@y.test"}}}
	raw := built(t, d)
	back := ParseBytes(raw).Resume(opens(raw))
	if got := back.Groups[`The "old": choir, 2`]; len(back.Groups) != 2 || len(got) != 2 || got[0].Addr != "bob@example.net" || WireAddress(got[1].Addr) != WireAddress("ada@bücher.example") {
		t.Errorf("%+v", back.Groups)
	}
	d.Unfinished = false
	if sent := string(built(t, d)); strings.Contains(sent, "choir") {
		t.Errorf("it is sent:\n%s", sent)
	}
}

// What one sent is passed on as a file without those who got it in secret.
func TestForwardedFilesKeepBlindCopiesSecret(t *testing.T) {
	sent := letterTo("bob@x.test")
	sent.Bcc = []Address{{"Sly", "sly@x.test"}}
	raw := built(t, sent)
	d := ParseBytes(raw).ForwardWhole(Answer{Own: own, Open: opens(raw)})
	d.To = []Address{{"", "carl@x.test"}}
	d.Complete(written)
	if got := string(built(t, d)); strings.Contains(got, "sly@x.test") || !strings.Contains(got, "bob@x.test") {
		t.Errorf("%s", got)
	}
}

func TestRedirectKeepsBlindCopiesSecret(t *testing.T) {
	var b bytes.Buffer
	rs := Resent{From: own[0].Address, To: []Address{{"", "carl@x.test"}}, Cc: []Address{{"", "dora@x.test"}}, Bcc: []Address{{"", "sly@x.test"}}, Date: written}
	if err := rs.Write(&b, opens([]byte(question))); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rs.Recipients(), " "); got != "carl@x.test dora@x.test sly@x.test" {
		t.Errorf("it goes to %s", got)
	}
	got, _ := wire(t, b.String(), WireOptions{})
	if m := ParseBytes([]byte(got)); strings.Contains(got, "sly@x.test") || m.Get("Resent-Cc") != "dora@x.test" {
		t.Errorf("%s", got)
	}
}

func TestRedirectKeepsTheAuthor(t *testing.T) {
	var b bytes.Buffer
	rs := Resent{From: own[0].Address, To: []Address{{"Carl", "carl@x.test"}}, Date: written, MessageID: "r1@example.org"}
	if err := rs.Write(&b, opens([]byte(question))); err != nil {
		t.Fatal(err)
	}
	m := ParseBytes(b.Bytes())
	if m.From[0].Addr != "bob@x.test" || m.MessageID != "q2@x.test" || m.Get("Resent-To") != "Carl <carl@x.test>" || !strings.Contains(m.Text(), "tea?") {
		t.Errorf("%s", b.Bytes())
	}
}

func TestMailto(t *testing.T) {
	for link, want := range map[string]string{
		"mailto:bob@x.test": "bob@x.test |  |  |  | ",
		"MAILTO:bob@x.test,carl@x.test?cc=d@x.test&bcc=e@x.test&subject=Hi%20there&body=line1%0D%0Aline2": "bob@x.test carl@x.test | d@x.test | e@x.test | Hi there | line1\nline2",
		"mailto:?to=bob@x.test&subject=a+b":                                  "bob@x.test |  |  | a+b | ",
		"mailto:bob@x.test?subject=x%0D%0ABcc:%20evil@x.test":                "bob@x.test |  |  | x Bcc: evil@x.test | ",
		"mailto:bob@x.test%0D%0ABcc:evil@x.test":                             "bob@x.test |  |  |  | ",
		"mailto:bob@x.test?attach=/etc/passwd&attachment=x&from=boss@x.test": "bob@x.test |  |  |  | ",
		"mailto:%22a%2Cb%22@x.test":                                          `"a,b"@x.test |  |  |  | `,
		"mailto:a%2Cb@x.test?body=%FF%00x":                                   "b@x.test |  |  |  | \ufffdx",
		"mailto:":                                                            " |  |  |  | ",
	} {
		d, _, err := ParseMailto(link)
		if err != nil {
			t.Errorf("%s: %v", link, err)
			continue
		}
		if got := fmt.Sprintf("%s | %s | %s | %s | %s", addressLine(d.To), addressLine(d.Cc), addressLine(d.Bcc), d.Subject, d.Text); got != want {
			t.Errorf("%s\ngot  %q\nwant %q", link, got, want)
		}
		if len(d.Files)+len(d.Pictures) > 0 || d.From.Addr != "" {
			t.Errorf("%s attaches something: %+v", link, d)
		}
	}
	_, ignored, _ := ParseMailto("mailto:b@x.test?attach=/etc/passwd&Subject=x")
	if fmt.Sprint(ignored) != "[attach]" {
		t.Errorf("ignored: %v", ignored)
	}
	for _, link := range []string{"", "http://x.test", "--version", "mailto", "javascript:mailto:x"} {
		if _, _, err := ParseMailto(link); err == nil {
			t.Errorf("%q is taken for a mailto link", link)
		}
	}
}

// Whatever a link holds, what is made of it is one well-formed message, or is
// refused.
func FuzzMailto(f *testing.F) {
	f.Add("mailto:bob@x.test?subject=a%0Ab&body=c&cc=d,e@f.g")
	f.Add("mailto:%22%22@[::1]?To=<x@y>&in-reply-to=%3Ca@b%3E")
	f.Fuzz(func(t *testing.T, link string) {
		d, _, err := ParseMailto(link)
		if err != nil {
			return
		}
		d.From = Address{"Anna", "anna@example.org"}
		d.Complete(written)
		raw, err := d.Bytes()
		if err != nil {
			return
		}
		wellFormed(t, raw)
		m := ParseBytes(raw)
		for _, list := range [][2][]Address{{d.To, m.To}, {d.Cc, m.Cc}, {d.Bcc, m.Bcc}} {
			if len(list[0]) != len(list[1]) {
				t.Errorf("%v was read back as %v", list[0], list[1])
			}
		}
	})
}

// Whatever a person types comes back the same.
func FuzzBuild(f *testing.F) {
	for _, text := range texts {
		f.Add("Subject", "Bob", text, "name.txt")
	}
	f.Fuzz(func(t *testing.T, subject, name, text, file string) {
		d := letterTo("bob@example.net")
		d.Subject, d.To[0].Name, d.Text = subject, name, text
		d.Files = []File{FileOf(file, "application/pdf", []byte(text))}
		raw, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, raw)
		m := ParseBytes(raw)
		if want := truncate(cleanLine(strings.ToValidUTF8(subject, "\ufffd")), maxSubject); m.Subject != want {
			t.Errorf("subject %q came back as %q", want, m.Subject)
		}
		if len(m.To) != 1 || m.To[0].Addr != "bob@example.net" {
			t.Errorf("the recipient came back as %v", m.To)
		}
		p := m.TextParts()[0]
		clean := string(cleanText([]byte(strings.ToValidUTF8(text, "\ufffd"))))
		if got, want := strings.TrimRight(Unflow(p.Text, p.DelSp), "\n"), strings.TrimRight(trimLines(normalQuotes(clean)), "\n"); got != want && len(text) < maxText/8 {
			t.Errorf("the text came back as\n%q, not\n%q", got, want)
		}
	})
}
