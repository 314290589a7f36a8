package message

import (
	"strings"
	"testing"
)

func TestCharsets(t *testing.T) {
	tests := []struct{ label, raw, want string }{
		{"utf-8", "caf\xc3\xa9", "café"},
		{"utf8", "caf\xc3\xa9", "café"},
		{"UTF-8;", "caf\xc3\xa9", "café"},
		{"'utf-8'", "caf\xc3\xa9", "café"},
		{"utf-8", "caf\xe9 cr\xe8me", "café crème"},
		{"utf-8", "caf\xc3\xa9 \xe2\x98 x", "café \ufffd x"},
		{"iso-8859-1", "caf\xe9 \x80", "café €"},
		{"latin1", "caf\xe9", "café"},
		{"iso8859_15", "\xa4", "€"},
		{"cp-1252", "\x80", "€"},
		{"windows1250", "\xb9", "ą"},
		{"win-1251", "\xcf", "П"},
		{"cp866", "\x8f", "П"},
		{"ibm437", "\x81", "ü"},
		{"us-ascii", "caf\xe9", "café"},
		{"us-ascii", "caf\xc3\xa9", "café"},
		{"ansi_x3.110-1983", "caf\xe9", "café"},
		{"unknown-8bit", "caf\xe9", "café"},
		{"no-such-thing", "caf\xc3\xa9", "café"},
		{"", "caf\xe9", "café"},
		{"koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"},
		{"gb2312", "\xc4\xe3\xba\xc3", "你好"},
		{"gbk", "\xc4\xe3\xba\xc3", "你好"},
		{"big5", "\xa7\x41\xa6\x6e", "你好"},
		{"big5", "Stra\xc3\x9fe gr\xc3\xbcn", "Straße grün"},
		{"utf-8", "\xc2\x93caf\xc3\xa9\xc2\x94 \xc2\x96 5 \xc2\x80", "“café” – 5 €"},
		{"shift_jis", "\x82\xb1", "こ"},
		{"x-sjis", "\x82\xb1", "こ"},
		{"cp932", "\x82\xb1", "こ"},
		{"euc-jp", "\xa4\xb3", "こ"},
		{"iso-2022-jp", "\x1b$B$3\x1b(B", "こ"},
		{"iso-2022-jp-ms", "\x1b$B$3\x1b(B", "こ"},
		{"euc-kr", "\xb0\xa1", "가"},
		{"ks_c_5601-1987", "\xb0\xa1", "가"},
		{"iso-2022-kr", "\x1b$)C\x0e0!\x0f x", "가 x"},
		{"iso-2022-cn", "\x1b$)A\x0eDc:C\x0f x", "你好 x"},
		{"hz-gb-2312", "~{Dc:C~}", "你好"},
		{"utf-7", "caf+AOk- +- +2D3eCg-", "café + 😊"},
		{"unicode-1-1-utf-7", "caf+AOk-", "café"},
		{"utf-16", "\xff\xfec\x00\xe9\x00", "cé"},
		{"utf-16", "\x00c\x00\xe9", "cé"},
		{"utf-16le", "c\x00\xe9\x00", "cé"},
		{"utf-16", "plain", "plain"},
		{"utf-32", "\x00\x00\x00c\x00\x00\x00\xe9", "cé"},
		{"iso-8859-8-i", "\xf9", "ש"},
		{"tis-620", "\xa1", "ก"},
		{"macintosh", "\x8e", "é"},
		{"iso-8859-1", "\xef\xbb\xbfcaf\xc3\xa9", "café"},
	}
	for _, tt := range tests {
		m := ParseBytes([]byte("Content-Type: text/plain; charset=\"" + tt.label + "\"\n\n" + tt.raw))
		if m.Text() != tt.want {
			t.Errorf("%q in %s: %q, want %q", tt.raw, tt.label, m.Text(), tt.want)
		}
	}
}

func TestHTMLDeclaresItsCharset(t *testing.T) {
	m := ParseBytes([]byte("Content-Type: text/html\n\n<meta http-equiv=content-type content='text/html; charset=koi8-r'>\xf0\xd2\xc9\xd7\xc5\xd4"))
	if m.Text() != "Привет" {
		t.Errorf("text %q", m.Text())
	}
	m = ParseBytes([]byte("Content-Type: text/html\n\n<meta charset=iso-8859-1>caf\xc3\xa9"))
	if m.Text() != "café" {
		t.Errorf("the page knows better than its bytes: %q", m.Text())
	}
	m = ParseBytes([]byte("Content-Type: text/html; charset=iso-8859-1\n\n<meta charset=koi8-r>\xe9"))
	if m.Text() != "é" {
		t.Errorf("the header's charset does not win: %q", m.Text())
	}
}

func TestTextHasOneKindOfLineEnd(t *testing.T) {
	m := ParseBytes([]byte("Subject: t\r\n\r\na\r\nb\nc\rd\fe\ttab\u0081\x1b[1m"))
	if want := "a\nb\nc\nd\ne\ttab[1m"; m.Text() != want {
		t.Errorf("text %q, want %q", m.Text(), want)
	}
}

func TestTextIsCapped(t *testing.T) {
	part := "--b\r\n\r\n" + strings.Repeat("ä ", maxText/2) + "\r\n"
	m := ParseBytes([]byte("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat(part, 8) + "--b--\r\n"))
	total := 0
	for _, p := range m.Root.Children {
		total += len(p.Text)
		if len(p.Text) > maxText || !p.Truncated {
			t.Errorf("part %s keeps %d bytes, truncated %v", p.Path, len(p.Text), p.Truncated)
		}
	}
	if total > maxTotalText || total < maxTotalText-8 {
		t.Errorf("%d bytes kept in all", total)
	}
	p := m.Root.Children[7]
	text, more, err := p.ReadText(strings.NewReader(strings.Repeat("ä ", maxText/2)), 4<<20)
	if err != nil || more || len(text) != maxText/2*3 {
		t.Errorf("read later: %d bytes, more %v, %v", len(text), more, err)
	}
}
