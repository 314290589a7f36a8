package message

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

const canary = "CANARY4711"

// hostile is a mail made to break a parser or to fool a reader, and what must
// come of it.
type hostile struct {
	name  string
	build func() []byte
	must  []requirement
}

type requirement func(t *testing.T, m *Message)

// shows requires that the text has the words.
func shows(words string) requirement {
	return func(t *testing.T, m *Message) {
		t.Helper()
		if !strings.Contains(m.Text(), words) {
			t.Errorf("text lacks %q: %.200q", words, m.Text())
		}
		if !strings.Contains(m.IndexText(), words) {
			t.Errorf("index lacks %q: %.200q", words, m.IndexText())
		}
	}
}

func hides(words string) requirement {
	return func(t *testing.T, m *Message) {
		t.Helper()
		if strings.Contains(m.Text(), words) || strings.Contains(m.Snippet(), words) {
			t.Errorf("shows %q: %.200q", words, m.Text())
		}
	}
}

func warns(want string) requirement {
	return func(t *testing.T, m *Message) {
		t.Helper()
		if !slices.Contains(m.Warnings, want) {
			t.Errorf("warnings %q lack %q", m.Warnings, want)
		}
	}
}

// from requires exactly these senders, as Address.String shows them.
func from(want ...string) requirement {
	return func(t *testing.T, m *Message) {
		t.Helper()
		var got []string
		for _, a := range m.From {
			got = append(got, a.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("from %q, want %q", got, want)
		}
		for _, a := range m.From {
			if !strings.Contains(m.FromLabel(), a.Label()) {
				t.Errorf("label %q leaves out %q", m.FromLabel(), a)
			}
		}
	}
}

// saves requires one attachment that would be saved under the name.
func saves(want string) requirement {
	return func(t *testing.T, m *Message) {
		t.Helper()
		files := m.Attachments()
		if len(files) != 1 {
			t.Fatalf("%d attachments", len(files))
		}
		if got := files[0].SaveName(); got != want {
			t.Errorf("saved as %q, want %q", got, want)
		}
	}
}

func head(subject, from, more string) string {
	return "From: " + from + "\r\nTo: me@example.test\r\nSubject: " + subject +
		"\r\nDate: Mon, 01 Jan 2024 00:00:00 +0000\r\nMessage-ID: <1@evil.test>\r\nMIME-Version: 1.0\r\n" + more
}

const eve = "Eve <eve@evil.test>"

func raw(s string) func() []byte { return func() []byte { return []byte(s) } }

// typed is a mail whose body has the Content-Type.
func typed(contentType, body string) func() []byte {
	return raw(head("t", eve, "Content-Type: "+contentType+"\r\n") + "\r\n" + body)
}

func plainMail(from, more string) func() []byte {
	return raw(head("t", from, more+"Content-Type: text/plain; charset=utf-8\r\n") + "\r\n" + canary + "\r\n")
}

func htmlMail(body func() string) func() []byte {
	return func() []byte {
		return []byte(head("t", eve, "Content-Type: text/html; charset=utf-8\r\n") + "\r\n" + body())
	}
}

// attached is a mail with a file under a Content-Disposition.
func attached(disposition, contentType, data string) func() []byte {
	return typed("multipart/mixed; boundary=BB", "--BB\r\nContent-Type: text/plain\r\n\r\n"+canary+
		"\r\n--BB\r\nContent-Type: "+contentType+"\r\nContent-Disposition: "+disposition+
		"\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64.StdEncoding.EncodeToString([]byte(data))+"\r\n--BB--\r\n")
}

func named(filename string) func() []byte {
	return attached(`attachment; filename="`+filename+`"`, "application/octet-stream", "x")
}

func hostileMails() []hostile {
	return slices.Concat(hostileStructures(), hostileHeaders(), hostileSenders(), hostileDates(), hostileFiles(),
		hostileEncodings(), hostileHTML(), hostileKinds())
}

func hostileStructures() []hostile {
	nested := func() []byte {
		var b strings.Builder
		b.WriteString(head("t", eve, "Content-Type: multipart/mixed; boundary=b0\r\n") + "\r\n")
		for i := range 10_000 {
			fmt.Fprintf(&b, "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n", i, i+1)
		}
		b.WriteString("--b10000\r\n\r\n" + canary + "\r\n")
		return []byte(b.String())
	}
	forwarded := func() []byte {
		return []byte(head("t", eve, "") + strings.Repeat("Content-Type: message/rfc822\r\n\r\nSubject: n\r\n", 5000) + "\r\n" + canary)
	}
	many := func() []byte {
		return []byte(head("t", eve, "Content-Type: multipart/mixed; boundary=b\r\n") + "\r\n" +
			strings.Repeat("--b\r\n\r\nx\r\n", 100_000) + "--b\r\n\r\n" + canary + "\r\n--b--\r\n")
	}
	long := strings.Repeat("(a+)+$", 2000)
	return []hostile{
		{"nested multiparts", nested, []requirement{shows(canary), warns(WarnDepth)}},
		{"nested messages", forwarded, []requirement{shows(canary), warns(WarnDepth)}},
		{"many parts", many, []requirement{shows("x"), warns(WarnParts)}},
		{"boundary that starts like another", typed("multipart/mixed; boundary=abc", "--abc\r\nContent-Type: multipart/alternative; boundary=abcd\r\n\r\n--abcd\r\n\r\n"+canary+"\r\n--abcd--\r\n--abc--\r\n"), []requirement{shows(canary), hides("--")}},
		{"boundary missing", typed("multipart/mixed", "--x\r\n\r\n"+canary+"\r\n--x--\r\n"), []requirement{shows(canary), hides("--")}},
		{"boundary empty", typed(`multipart/mixed; boundary=""`, "--\r\n\r\n"+canary+"\r\n----\r\n"), []requirement{shows(canary)}},
		{"boundary never closed", typed("multipart/mixed; boundary=b", "--b\r\n\r\n"+canary), []requirement{shows(canary), hides("--")}},
		{"boundary never used", typed("multipart/mixed; boundary=b", canary), []requirement{shows(canary)}},
		{"boundary long", typed(`multipart/mixed; boundary="`+long+`"`, "--"+long+"\r\n\r\n"+canary), []requirement{shows(canary), hides("--")}},
		{"type is rubbish", typed(`text/; charset==;;;"`, canary), []requirement{shows(canary)}},
		{"type twice", typed("text/plain\r\nContent-Type: text/html", "<b>"+canary+"</b>"), []requirement{shows("<b>" + canary)}},
		{"empty", raw(""), []requirement{func(t *testing.T, m *Message) {
			if m.Root == nil || m.Text() != "" || m.FromLabel() != "" {
				t.Errorf("%+v", m)
			}
		}}},
		{"header only", raw("From: a@b\r\nSubject: only"), []requirement{from("a@b"), subject("only")}},
		{"body only", raw("just text, no header\n" + canary), []requirement{shows("just text, no header\n" + canary)}},
		{"CR only", raw("From: a@b\rSubject: cr\r\r" + canary), []requirement{from("a@b"), subject("cr"), shows(canary)}},
		{"LF only", raw("From: a@b\nSubject: lf\n\n" + canary), []requirement{subject("lf"), shows(canary)}},
		{"mbox separator", raw("From x Mon Jan 1 00:00:00 2024\nFrom: a@b\nSubject: m\n\n" + canary + "\nFrom here on\n"), []requirement{from("a@b"), shows(canary + "\nFrom here on")}},
		{"NUL in the body", raw(head("t", eve, "") + "\r\na\x00b\x00" + canary), []requirement{shows("ab" + canary)}},
		{"random bytes", junk, nil},
		{"line of 20 MB", func() []byte { return []byte(head("t", eve, "") + "\r\n" + strings.Repeat("y", 20<<20)) }, []requirement{shows("yyy"), warns(WarnText)}},
	}
}

func junk() []byte {
	b := make([]byte, 200_000)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

func subject(want string) requirement {
	return func(t *testing.T, m *Message) {
		t.Helper()
		if m.Subject != want {
			t.Errorf("subject %.100q, want %q", m.Subject, want)
		}
	}
}

func hostileHeaders() []hostile {
	return []hostile{
		{"header of 10 MB", func() []byte { return []byte(head(strings.Repeat("x", 10<<20), eve, "") + "\r\n" + canary) }, []requirement{shows(canary), from(eve), warns(WarnHeader)}},
		{"100,000 fields", func() []byte { return []byte(head("t", eve, strings.Repeat("X-A: b\r\n", 100_000)) + "\r\n" + canary) }, []requirement{shows(canary), from(eve)}},
		{"60,000 encoded words", func() []byte {
			return []byte(head(strings.Repeat("=?utf-8?q?a?= ", 60_000), eve, "") + "\r\n" + canary)
		}, []requirement{shows(canary), from(eve)}},
		{"broken encoded words", raw(head("=?nope-9?b?////?= =?utf-8?b?4pi=?= =?utf-8?q?=E2=98?= =?utf-8?q?=83=zz?=", eve, "") + "\r\n" + canary), []requirement{shows(canary), func(t *testing.T, m *Message) {
			if !strings.Contains(m.Subject, "\ufffd☃=zz") {
				t.Errorf("subject %q", m.Subject)
			}
		}}},
		{"line end in the subject", raw(head("=?utf-8?q?hi=0D=0ABcc:_victim@x.test?=", eve, "") + "\r\n" + canary), []requirement{subject("hi Bcc: victim@x.test"), func(t *testing.T, m *Message) {
			if m.Bcc != nil || m.Get("Bcc") != "" {
				t.Errorf("bcc %v", m.Bcc)
			}
		}}},
		{"line end in an id", plainMail(eve, "References: <a@b>\r\n =?utf-8?q?=0D=0ABcc:x@y?= <c@d>\r\nIn-Reply-To: <"+strings.Repeat("a", 5000)+"@b>\r\n"), []requirement{func(t *testing.T, m *Message) {
			if !slices.Equal(m.References, []string{"a@b", "c@d"}) || m.InReplyTo != "" {
				t.Errorf("references %q, in reply to %.50q", m.References, m.InReplyTo)
			}
		}}},
		{"terminal escapes", raw(head("\x1b[31mred\x07 =?utf-8?q?=1B]0;owned=07?= =?utf-8?q?=C2=9B31m?=", eve, "") + "\r\n\x1b]0;owned\x07" + canary), []requirement{subject("[31mred ]0;owned31m"), shows("]0;owned" + canary)}},
		{"markup in the subject", raw(head("<b>x</b>&amp;", eve, "") + "\r\n" + canary), []requirement{subject("<b>x</b>&amp;")}},
		{"10,000 references", plainMail(eve, "References: "+manyIDs(10_000)+"\r\n"), []requirement{warns(WarnReferences), func(t *testing.T, m *Message) {
			if n := len(m.References); n != maxReferences || m.References[0] != "0@x" || m.References[n-1] != "9999@x" {
				t.Errorf("%d references from %q", n, m.References[0])
			}
		}}},
		{"3,000 addresses", plainMail(eve, "Cc: "+strings.Repeat("a@b, ", 3000)+"\r\n"), []requirement{warns(WarnAddresses), from(eve)}},
		{"a status that is not ours", plainMail(eve, "Status: RO\r\nX-Mozilla-Status: 0009\r\n"), []requirement{shows(canary)}},
		{"list links", plainMail(eve, "List-Unsubscribe: <http://127.0.0.1:9/u>, <https://x.test/u>, <javascript:1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), []requirement{func(t *testing.T, m *Message) {
			if !slices.Equal(m.ListUnsubscribe, []string{"https://x.test/u"}) || !m.OneClick {
				t.Errorf("unsubscribe %q, one click %v", m.ListUnsubscribe, m.OneClick)
			}
		}}},
	}
}

func manyIDs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<%d@x>\r\n ", i)
	}
	return b.String() + "<9999@x>"
}

func hostileSenders() []hostile {
	word := "=?utf-8?b?Ym9zc0BiYW5rLnRlc3Q=?="
	tests := []struct {
		from string
		want []string
		warn string
	}{
		{word + "=?utf-8?Q?=00?=" + "=?utf-8?b?KGJvc3NAYmFuay50ZXN0KQ==?=@evil.test", []string{word + "=?utf-8?Q?=00?==?utf-8?b?KGJvc3NAYmFuay50ZXN0KQ==?=@evil.test"}, ""},
		{word + "=?utf-8?Q?=0A=00?= <" + word + "=?utf-8?Q?=0A=00?=@evil.test>", []string{word + "=?utf-8?Q?=0A=00?=@evil.test"}, WarnSpoof},
		{"Boss <boss@bank.test> <eve@evil.test>", []string{"Boss <eve@evil.test>"}, WarnSpoof},
		{"boss@bank.test:eve@evil.test;", []string{"eve@evil.test"}, WarnSpoof},
		{`"boss@bank.test" <eve@evil.test>`, []string{"eve@evil.test"}, WarnSpoof},
		{"boss@bank.test" + strings.Repeat("\u2800", 30) + " <eve@evil.test>", []string{"eve@evil.test"}, WarnSpoof},
		{"\u202etset.knab@ssob\u202c <eve@evil.test>", []string{"eve@evil.test"}, WarnSpoof},
		{"boss\uff20bank.test <eve@evil.test>", []string{"eve@evil.test"}, WarnSpoof},
		{"Boss <boss@b\u0430nk.test>", []string{"Boss <boss@xn--bnk-6cd.test>"}, ""},
		{"Boss <boss@xn--bnk-5cd.test>", []string{"Boss <boss@xn--bnk-5cd.test>"}, ""},
		{"Boss <boss@ba\u200bnk.test>", []string{"Boss <boss@ba\ufffdnk.test>"}, ""},
		{"(boss@bank.test) eve@evil.test", []string{"eve@evil.test"}, WarnSpoof},
		{"eve@evil.test, boss@bank.test", []string{"eve@evil.test", "boss@bank.test"}, WarnTwoFrom},
		{"boss@bank.test,\r\n <eve@evil.test>", []string{"boss@bank.test", "eve@evil.test"}, WarnTwoFrom},
		{"<@bank.test,@x.test:eve@evil.test>", []string{"eve@evil.test"}, ""},
		{`"boss@bank.test\"" <eve@evil.test>`, []string{"eve@evil.test"}, WarnSpoof},
		{"Boss\r\n\t<boss@bank.test>\x00 <eve@evil.test>", []string{"Boss <eve@evil.test>"}, WarnSpoof},
	}
	var mails []hostile
	for _, tt := range tests {
		must := []requirement{shows(canary), from(tt.want...)}
		if tt.warn != "" {
			must = append(must, warns(tt.warn))
		}
		mails = append(mails, hostile{"sender " + tt.from, plainMail(tt.from, ""), must})
	}
	return append(mails,
		hostile{"two senders", plainMail("Boss <boss@bank.test>", "From: "+eve+"\r\n"), []requirement{from("Boss <boss@bank.test>", eve), warns(WarnTwoFrom)}},
		hostile{"blank before the colon", raw("From : Boss <boss@bank.test>\r\n\r\n" + canary), []requirement{from("Boss <boss@bank.test>")}},
		hostile{"no sender", raw("Subject: t\r\n\r\n" + canary), []requirement{from(), shows(canary)}},
		hostile{"other reply address", plainMail(eve, "Sender: x@evil.test\r\nReply-To: y@other.test\r\n"), []requirement{func(t *testing.T, m *Message) {
			if len(m.ReplyTo) != 1 || m.ReplyTo[0].Addr != "y@other.test" || len(m.Sender) != 1 || m.Sender[0].Addr != "x@evil.test" {
				t.Errorf("reply to %v, sender %v", m.ReplyTo, m.Sender)
			}
		}}})
}

func hostileDates() []hostile {
	var mails []hostile
	for _, date := range []string{"Fri, 31 Feb 99999 25:61:61 +9999", "0", "\x00", "Thu, 01 Jan 1970 00:00:00 -0000", strings.Repeat("x", 100_000)} {
		mails = append(mails, hostile{"date " + date[:min(len(date), 40)], raw("Date: " + date + "\r\nFrom: a@b\r\nReceived: by x; Tue, 2 Jan 2024 03:04:05 +0100\r\n\r\n" + canary), []requirement{
			shows(canary), func(t *testing.T, m *Message) {
				if want := time.Date(2024, 1, 2, 2, 4, 5, 0, time.UTC); !m.Date.IsZero() || !m.Received.Equal(want) {
					t.Errorf("date %v, received %v", m.Date, m.Received)
				}
			}}})
	}
	return mails
}

func hostileFiles() []hostile {
	tests := []struct{ name, want string }{
		{"../../../../../../tmp/pwned-a", "tmp_pwned-a"},
		{"/tmp/pwned-b", "tmp_pwned-b"},
		{`..\\..\\pwned-c`, "pwned-c"},
		{`C:\\Windows\\pwned.dll`, "C__Windows_pwned.dll"},
		{`\\\\evil.test\\share\\x`, "evil.test_share_x"},
		{"a/../../pwned-d", "a_.._.._pwned-d"},
		{"CON", "_CON"},
		{"x.txt:ads", "x.txt_ads"},
		{".bashrc", "bashrc"},
		{"-rf", "rf"},
		{strings.Repeat("n", 5000) + ".txt", strings.Repeat("n", 196) + ".txt"},
		{"invoice.pdf" + strings.Repeat(" ", 60) + ".exe", "invoice.pdf .exe"},
		{"invoice\u202efdp.exe", "invoicefdp.exe"},
		{"a\tb\rc\x01.txt", "a bc.txt"},
		{"", "attachment"},
		{".", "attachment"},
		{"con.txt.", "_con.txt"},
		{"%2e%2e%2fpwned-e", "%2e%2e%2fpwned-e"},
		{"\u2215tmp\u2215pwned-f", "tmp_pwned-f"},
	}
	var mails []hostile
	for _, tt := range tests {
		mails = append(mails, hostile{"file " + tt.name[:min(len(tt.name), 40)], named(tt.name), []requirement{shows(canary), saves(tt.want)}})
	}
	var flood strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&flood, "; filename*%d=a", i)
	}
	return append(mails,
		hostile{"file name in pieces", attached("attachment; filename*0*=utf-8''..%2F..%2F; filename*1=pwned-g; filename*9=z; filename=ok.txt", "application/octet-stream", "x"), []requirement{saves("pwned-g")}},
		hostile{"file name in 20,000 pieces", attached("attachment"+flood.String(), "application/octet-stream", "x"), []requirement{shows(canary), saves(strings.Repeat("a", 200))}},
		hostile{"program that poses as a picture", attached(`attachment; filename="photo.png"`, "image/png", "MZ"+strings.Repeat("\x00", 100)), []requirement{warns(WarnExecutable), func(t *testing.T, m *Message) {
			if p := m.Attachments()[0]; !p.Executable() || !p.Disguised() {
				t.Errorf("sniffed %q, executable %v, disguised %v", p.SniffedType, p.Executable(), p.Disguised())
			}
		}}})
}

func hostileEncodings() []hostile {
	dirty := strings.Join([]string{"Q0F", "OQV", "JZN", "Dcx", "MQ"}, "!!") + "===\r\n"
	html := func(charset, body string) func() []byte { return typed("text/html; charset="+charset, body) }
	encoded := func(cte, body string) func() []byte {
		return raw(head("t", eve, "Content-Transfer-Encoding: "+cte+"\r\n") + "\r\n" + body)
	}
	return []hostile{
		{"dirty base64", encoded("base64", dirty), []requirement{shows(canary)}},
		{"dirty quoted-printable", encoded("quoted-printable", "=ZZ=\r\n=3"+canary+"="), []requirement{shows(canary)}},
		{"unknown encoding", encoded("x-foo", canary), []requirement{shows(canary)}},
		{"encoded multipart", raw(head("t", eve, "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64\r\n") + "\r\n--b\r\n\r\n" + canary + "\r\n--b--"), []requirement{shows(canary)}},
		{"UTF-7", html("utf-7", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"+canary), []requirement{shows(canary), hides("alert"), hides("ADw")}},
		{"ISO-2022-JP without end", html("iso-2022-jp", "\x1b$B$3$l"+canary), []requirement{shows("これ")}},
		{"UTF-16 without mark", html("utf-16", "C\x00A\x00N\x00A\x00R\x00Y\x004\x007\x001\x001\x00"), []requirement{shows(canary)}},
		{"unknown charset", html("x-unknown-\xff", canary), []requirement{shows(canary)}},
		{"broken UTF-8", html("utf-8", "\xff\xfe\xc0\xaf"+canary), []requirement{shows(canary)}},
		{"HZ without end", html("hz-gb-2312", "~{<:"+canary), []requirement{shows("己")}},
	}
}

func hostileHTML() []hostile {
	const n = 100_000
	repeat := func(s string, n int) func() string { return func() string { return strings.Repeat(s, n) + canary } }
	mails := []hostile{
		{"deep div", htmlMail(repeat("<div>", n)), nil},
		{"deep table", htmlMail(repeat("<table><tr><td>", n/10)), nil},
		{"deep bold", htmlMail(repeat("<b><i>", n)), nil},
		{"deep quote", htmlMail(repeat("<blockquote>", n/5)), nil},
		{"many cells", htmlMail(repeat("<tr>"+strings.Repeat("<td>x", 500), 400)), nil},
		{"large style sheet", htmlMail(func() string {
			return "<style>" + strings.Repeat(".a .b>p~i{color:red}", n/2) + "</style>" + canary
		}), nil},
		{"many attributes", htmlMail(func() string { return "<p " + strings.Repeat("a=1 ", n) + ">" + canary }), nil},
		{"conditional comment", htmlMail(func() string {
			return "<!--[if mso]><script>x</script><![endif]--><style><!--</style>" + canary
		}), nil},
		{"comment without end", htmlMail(func() string { return "<p><b><!-- " + canary }), nil},
		{"bidi flood", htmlMail(repeat("\u202e\u2066", n)), nil},
		{"combining flood", htmlMail(repeat("Z"+strings.Repeat("\u0300", n), 1)), nil},
		{"joiner flood", htmlMail(repeat("\U0001F468\u200d", n/2)), nil},
	}
	for i := range mails {
		mails[i].must = []requirement{shows(canary)}
	}
	return append(mails,
		hostile{"attribute of 20 MB", htmlMail(func() string { return `<p title="` + strings.Repeat("a", 20<<20) + `">` }), []requirement{warns(WarnText)}},
		hostile{"a million entities", htmlMail(repeat("&amp;", 1_000_000)), []requirement{shows("&&&"), warns(WarnText)}},
		hostile{"word of 5 MB", htmlMail(repeat("w", 5<<20)), []requirement{shows("www"), warns(WarnText)}},
		hostile{"script", htmlMail(func() string { return "<script>alert(1)</script><svg onload=alert(1)>x</svg>" + canary }), []requirement{shows(canary), hides("alert")}},
		hostile{"hidden text", htmlMail(func() string {
			return `<p style="display: none">pay</p><div style='max-height:0;overflow:hidden'>pay</div>` + canary
		}), []requirement{shows(canary), func(t *testing.T, m *Message) {
			if strings.Contains(m.Text(), "pay") {
				t.Errorf("text %q", m.Text())
			}
		}}})
}

func hostileKinds() []hostile {
	return []hostile{
		{"external body", typed(`message/external-body; access-type=URL; URL="http://127.0.0.1:9/x"`, "\r\n"), nil},
		{"partial", typed("message/partial; id=x; number=1; total=999999999", canary), []requirement{shows(canary)}},
		{"calendar", typed("text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nRRULE:FREQ=SECONDLY;COUNT=2147483647\r\nSUMMARY:"+canary+"\r\nEND:VCALENDAR\r\n"), []requirement{shows(canary)}},
		{"TNEF", attached(`attachment; filename="winmail.dat"`, "application/ms-tnef", "\x78\x9f\x3e\x22\x01\x00"+strings.Repeat("\xff", 5000)), []requirement{shows(canary), saves("winmail.dat")}},
		{"signature of nothing", typed(`multipart/signed; boundary=BB; protocol="application/pgp-signature"`, "--BB\r\nContent-Type: text/html\r\n\r\n"+canary+"\r\n--BB\r\nContent-Type: application/pgp-signature\r\n\r\njunk\r\n--BB--\r\n"), []requirement{shows(canary), func(t *testing.T, m *Message) {
			if n := len(m.Attachments()); n != 0 {
				t.Errorf("%d attachments", n)
			}
		}}},
		{"dots and bare line ends", typed("text/plain", "a\n.\nMAIL FROM:<x@y>\r\n.\rb\r.\r\n\n.\r\n"+canary), []requirement{shows("a\n.\nMAIL FROM:<x@y>\n.\nb\n.\n\n.\n" + canary)}},
	}
}

// TestHostileMail opens each hostile mail as a file would be, and requires of
// all of them the promises of checkMessage and less than 100 MB.
func TestHostileMail(t *testing.T) {
	for _, h := range hostileMails() {
		t.Run(h.name, func(t *testing.T) {
			b := h.build()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			m, err := Parse(io.MultiReader(bytes.NewReader(b)))
			if err != nil {
				t.Fatal(err)
			}
			checkMessage(t, m, int64(len(b)))
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > 100<<20 {
				t.Errorf("took %d MB", used>>20)
			}
			for _, must := range h.must {
				must(t, m)
			}
			if got, want := outline(ParseBytes(b)), outline(m); got != want {
				t.Errorf("from memory:\n%.500s\nfrom a stream:\n%.500s", got, want)
			}
		})
	}
}
