package message

import (
	"slices"
	"strings"
	"testing"
)

// mime writes a multipart of the subtype; each part is its header fields, an
// empty line and its body.
func mime(subtype string, parts ...string) string {
	boundary := "b-" + subtype[:5] + strings.Repeat("x", len(parts))
	b := "Content-Type: multipart/" + subtype + "; boundary=" + boundary + "\n\n"
	for _, p := range parts {
		b += "--" + boundary + "\n" + p + "\n"
	}
	return b + "--" + boundary + "--\n"
}

const (
	plainPart = "Content-Type: text/plain\n\nplain words"
	htmlPart  = "Content-Type: text/html\n\n<p>rich <b>words</b></p>"
	cidHTML   = "Content-Type: text/html\n\n<p>rich words</p><img src=\"cid:pic%40x\">"
	picture   = "Content-Type: image/png; name=pic.png\nContent-ID: <pic@x>\nContent-Disposition: inline\n\nPNG"
	pdf       = "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF-"
	invite    = "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nSUMMARY:Lunch\\, at one\nDTSTART:20240102T130000\nEND:VCALENDAR"
	forward   = "Content-Type: message/rfc822\n\nSubject: older\nFrom: Old Friend <old@x.test>\nContent-Type: text/plain\n\nold words"
	footer    = "Content-Type: text/plain\n\nlist <footer>"
	emptyText = "Content-Type: text/plain\n\n \n"
	signature = "Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----"
)

func TestBodyAndAttachments(t *testing.T) {
	tests := []struct {
		name, mail    string
		text, html    string
		files, inline []string
	}{
		{"plain", plainPart, "plain words", "", nil, nil},
		{"html", htmlPart, "rich words", "<p>rich <b>words</b></p>", nil, nil},
		{"alternative", mime("alternative", plainPart, htmlPart), "plain words", "<p>rich <b>words</b></p>", nil, nil},
		{"alternative, html first", mime("alternative", htmlPart, plainPart), "plain words", "<p>rich <b>words</b></p>", nil, nil},
		{"alternative, plain is blank", mime("alternative", emptyText, htmlPart), "rich words", "<p>rich <b>words</b></p>", nil, nil},
		{"mixed with a file", mime("mixed", plainPart, pdf), "plain words", "", []string{"a.pdf"}, nil},
		{"list footer", mime("mixed", mime("alternative", plainPart, htmlPart), footer), "plain words\n\nlist <footer>",
			`<p>rich <b>words</b></p><div style="white-space:pre-wrap">list &lt;footer&gt;</div>`, nil, nil},
		{"related picture", mime("related", cidHTML, picture), "rich words", "cid:", nil, []string{"pic.png"}},
		{"related picture nobody refers to", mime("related", htmlPart, picture), "rich words", "<p>", []string{"pic.png"}, nil},
		{"picture called an attachment", mime("mixed", cidHTML, strings.Replace(picture, "inline", "attachment", 1)), "rich words", "cid:", nil, []string{"pic.png"}},
		{"related inside alternative", mime("alternative", plainPart, mime("related", cidHTML, picture)), "plain words", "cid:", nil, []string{"pic.png"}},
		{"mixed inside alternative", mime("alternative", plainPart, mime("mixed", htmlPart, pdf)), "plain words", "<p>", []string{"a.pdf"}, nil},
		{"text with a name", mime("mixed", plainPart, "Content-Type: text/plain; name=notes.txt\n\nnotes"), "plain words", "", []string{"notes.txt"}, nil},
		{"named body", mime("mixed", "Content-Type: text/plain; name=body.txt\n\nbody", pdf), "body", "", []string{"a.pdf"}, nil},
		{"text attached", mime("mixed", plainPart, "Content-Type: text/plain\nContent-Disposition: attachment\n\nnotes"), "plain words", "", []string{"attachment.txt"}, nil},
		{"forwarded", mime("mixed", plainPart, forward), "plain words", "", []string{"older.eml"}, nil},
		{"forwarded without a word", mime("mixed", forward), "old words", "", []string{"older.eml"}, nil},
		{"digest", mime("digest", "\nSubject: one\n\nfirst", "\nSubject: two\n\nsecond"), "first", "", []string{"one.eml", "two.eml"}, nil},
		{"invitation", mime("alternative", plainPart, htmlPart, invite), "plain words", "<p>", nil, nil},
		{"invitation alone", invite, "Lunch, at one\n20240102T130000", "", nil, nil},
		{"calendar file", mime("mixed", plainPart, invite), "plain words", "", []string{"attachment.ics"}, nil},
		{"signed", mime("signed", plainPart, signature), "plain words", "", nil, nil},
		{"stray signature", mime("mixed", plainPart, signature), "plain words", "", []string{"signature.asc"}, nil},
		{"encrypted", mime("encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream; name=encrypted.asc\n\nx"), "", "", []string{"encrypted.asc"}, nil},
		{"report", mime("report", plainPart, "Content-Type: message/delivery-status\n\nAction: failed", forward), "plain words", "", []string{"older.eml"}, nil},
		{"file alone", pdf, "", "", []string{"a.pdf"}, nil},
		{"file inline without reference", mime("mixed", plainPart, strings.Replace(pdf, "attachment", "inline", 1)), "plain words", "", []string{"a.pdf"}, nil},
		{"vcard", mime("mixed", plainPart, "Content-Type: text/vcard\n\nBEGIN:VCARD"), "plain words", "", []string{"attachment.vcf"}, nil},
		{"text that is unknown", mime("mixed", plainPart, "Content-Type: text/x-diff\n\n+added"), "plain words\n\n+added", "", nil, nil},
		{"related with a start", mime("related; start=\"<root@x>\"", picture, "Content-ID: <root@x>\n"+cidHTML), "rich words", "cid:", nil, []string{"pic.png"}},
	}
	names := func(parts []*Part) []string {
		var names []string
		for _, p := range parts {
			names = append(names, p.SaveName())
		}
		return names
	}
	for _, tt := range tests {
		m := ParseBytes([]byte(tt.mail))
		if m.Text() != tt.text {
			t.Errorf("%s: text %q, want %q", tt.name, m.Text(), tt.text)
		}
		if html := m.HTML(); (html == "") != (tt.html == "") || !strings.Contains(html, tt.html) {
			t.Errorf("%s: HTML %q, want %q", tt.name, html, tt.html)
		}
		if got := names(m.Attachments()); !slices.Equal(got, tt.files) {
			t.Errorf("%s: attachments %q, want %q", tt.name, got, tt.files)
		}
		if got := names(m.Inline()); !slices.Equal(got, tt.inline) {
			t.Errorf("%s: inline %q, want %q", tt.name, got, tt.inline)
		}
	}
}

func TestInlinedFindsOnlyOwnParts(t *testing.T) {
	m := ParseBytes([]byte(mime("mixed", cidHTML, picture, "Content-Type: message/rfc822\n\nContent-Type: image/png\nContent-ID: <other@x>\n\nPNG")))
	if p := m.Inlined("PIC%40x"); p == nil || p.Filename != "pic.png" {
		t.Errorf("found %+v", p)
	}
	if p := m.Inlined("other@x"); p != nil {
		t.Errorf("found %s of another message", p.Path)
	}
	if p := m.Inlined(""); p != nil {
		t.Errorf("found %s for nothing", p.Path)
	}
}

func TestFlowedIsMarked(t *testing.T) {
	p := ParseBytes([]byte("Content-Type: text/plain; format=flowed; delsp=yes\n\nsoft \nbreak")).TextParts()[0]
	if !p.Flowed || !p.DelSp || p.Text != "soft \nbreak" {
		t.Errorf("flowed %v, delsp %v, text %q", p.Flowed, p.DelSp, p.Text)
	}
}

func TestIndexText(t *testing.T) {
	m := ParseBytes([]byte("Subject: own subject\n" + mime("mixed", mime("alternative", plainPart, mime("mixed", htmlPart, pdf)), htmlPart, forward)))
	index := m.IndexText()
	for _, want := range []string{"plain words", "rich words", "a.pdf", "older", "Old Friend", "old@x.test", "old words"} {
		if strings.Count(index, want) != 1 {
			t.Errorf("%q stands %d times in %q", want, strings.Count(index, want), index)
		}
	}
	for _, bad := range []string{"own subject", "%PDF", "<p>"} {
		if strings.Contains(index, bad) {
			t.Errorf("%q stands in %q", bad, index)
		}
	}
}

func TestSnippet(t *testing.T) {
	html := func(s string) string { return "Content-Type: text/html; charset=utf-8\n\n" + s }
	tests := []struct{ name, mail, want string }{
		{"one line", plainPart, "plain words"},
		{"lines", "Subject: t\n\none\n\ntwo  three\n", "one two three"},
		{"salutation", "Subject: t\n\nDear Jane,\n\nthe point\n", "the point"},
		{"only a salutation", "Subject: t\n\nHi Jane!\n", "Hi Jane!"},
		{"quotation first", "Subject: t\n\nOn Monday Jane wrote:\n> old\n> older\n\nnew\n", "new"},
		{"only a quotation", "Subject: t\n\n> old\n", "old"},
		{"signature", "Subject: t\n\nnew\n-- \nJane\n", "new"},
		{"whole message below", "Subject: t\n\nnew\n-----Original Message-----\nFrom: x\n", "new"},
		{"rulers and links", "Subject: t\n\n=====\nhttps://x.test/abc\nSale today * * *\n", "Sale today"},
		{"preview text", html("<div style='display:none'>Your order is here &zwnj;&nbsp;&#847;&zwnj;</div><h1>Shop</h1>"), "Your order is here Shop"},
		{"padding", html("one&#8203;&#173;&#847; &#8199;&#65279; two"), "one two"},
		{"emoji", "Content-Type: text/plain; charset=utf-8\n\n🎉 party 👨‍👩‍👧\n", "🎉 party 👨‍👩‍👧"},
		{"html quotation", html("<p>new</p><blockquote>old</blockquote>"), "new"},
		{"nothing", "Subject: t\n\n", ""},
		{"long", "Subject: t\n\n" + strings.Repeat("word ", 100), strings.TrimSpace(strings.Repeat("word ", 40))},
	}
	for _, tt := range tests {
		if got := ParseBytes([]byte(tt.mail)).Snippet(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestHTMLToText(t *testing.T) {
	tests := []struct{ html, want string }{
		{"one <b>two</b>\n three", "one two three"},
		{"<p>one</p><p>two</p>", "one\n\ntwo"},
		{"<div>one</div><div>two<br>three</div>", "one\ntwo\nthree"},
		{"one<br><br><br><br>two", "one\n\ntwo"},
		{"<h1>Title</h1>text", "Title\n\ntext"},
		{"<ul><li>one<li>two</ul><ol><li>a</li><li>b</li></ol>", "• one\n• two\n\n1. a\n2. b"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"<pre>a\n  b</pre>", "a\n  b"},
		{"<blockquote>one<br>two<blockquote>three</blockquote></blockquote>four", "> one\n> two\n\n> > three\n\nfour"},
		{"<head><title>no</title><style>no</style></head><body>yes<script>no</script></body>", "yes"},
		{"<img alt='a cat'> <img src=x>", "a cat"},
		{"a&nbsp;b &amp; &lt;c&gt; &euro;", "a b & <c> €"},
		{"<p style='display:none'>no<p>yes", "yes"},
		{"<div style='DISPLAY: NONE'><div>no</div>no</div>yes", "yes"},
		{"<span style=\"opacity:0\">no</span><span style=\"opacity:0.9\">yes</span>", "yes"},
		{"<td style='font-size:0'><div style='font-size:13px'>yes</div></td>", "yes"},
		{"soft&shy;hyphen zero&#8203;width", "softhyphen zerowidth"},
		{"<a href='https://x.test'>link</a>", "link"},
		{"plain text", "plain text"},
		{"< 5 and > 3", "< 5 and > 3"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := renderHTML(tt.html).text; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.html, got, tt.want)
		}
	}
}

func TestCleanFilenameKeepsGoodNames(t *testing.T) {
	for _, name := range []string{"report.pdf", "Übersicht 2024 (final).docx", "北京.txt", "a.tar.gz", "COMMENT.txt", "x-y_z.md", "👨‍👩‍👧.png", "R&D 100%.xls"} {
		if got := CleanFilename(name); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
	for name, want := range map[string]string{
		"lpt1.txt": "_lpt1.txt", "aux": "_aux", "a<b>|c?.txt": "a_b__c_.txt", "name. . ": "name", "~/.ssh/id": "ssh_id",
		strings.Repeat("ä", 300) + ".jpeg": strings.Repeat("ä", 97) + ".jpeg", "\x00\x01": "attachment", "...": "attachment",
	} {
		if got := CleanFilename(name); got != want {
			t.Errorf("%.30q became %q, want %q", name, got, want)
		}
	}
}

func TestExecutables(t *testing.T) {
	file := func(contentType, name, data string) *Part {
		return ParseBytes([]byte("Content-Type: " + contentType + "; name=\"" + name + "\"\n\n" + data)).Root
	}
	tests := []struct {
		part                  *Part
		executable, disguised bool
	}{
		{file("image/png", "a.png", "\x89PNG\r\n\x1a\n"), false, false},
		{file("image/png", "a.png", "MZ\x00"), true, true},
		{file("application/pdf", "a.pdf", "\x7fELF"), true, true},
		{file("application/octet-stream", "setup.exe", "MZ\x00"), true, false},
		{file("application/octet-stream", "invoice.pdf      .exe", "x"), true, false},
		{file("application/octet-stream", "a.js", "x"), true, false},
		{file("application/x-sh", "run.txt", "#!/bin/sh"), true, false},
		{file("application/zip", "a.zip", "PK\x03\x04"), false, false},
	}
	for _, tt := range tests {
		if got := tt.part.Executable(); got != tt.executable || tt.part.Disguised() != tt.disguised {
			t.Errorf("%s %s: executable %v, disguised %v", tt.part.MediaType(), tt.part.Filename, got, tt.part.Disguised())
		}
	}
}
