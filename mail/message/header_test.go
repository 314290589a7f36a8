package message

import (
	"slices"
	"testing"
	"time"
)

func TestAddressLists(t *testing.T) {
	tests := []struct {
		field string
		want  []Address
	}{
		{"jane@x.test", []Address{{"", "jane@x.test"}}},
		{"Jane Doe <jane@x.test>", []Address{{"Jane Doe", "jane@x.test"}}},
		{`"Doe, Jane" <jane@x.test>`, []Address{{"Doe, Jane", "jane@x.test"}}},
		{"Doe, Jane <jane@x.test>, b@x.test", []Address{{"Doe, Jane", "jane@x.test"}, {"", "b@x.test"}}},
		{"=?utf-8?q?Doe=2C_J=C3=BCrgen?= <j@x.test>", []Address{{"Doe, Jürgen", "j@x.test"}}},
		{`"=?utf-8?b?SsO8cmdlbg==?=" <j@x.test>`, []Address{{"Jürgen", "j@x.test"}}},
		{"jane@x.test (Jane Doe)", []Address{{"Jane Doe", "jane@x.test"}}},
		{"'jane@x.test' <jane@x.test>", []Address{{"", "jane@x.test"}}},
		{"a@x.test; b@x.test", []Address{{"", "a@x.test"}, {"", "b@x.test"}}},
		{"a@x.test b@x.test", []Address{{"", "a@x.test"}, {"", "b@x.test"}}},
		{"friends: a@x.test, B <b@x.test>;, c@x.test", []Address{{"", "a@x.test"}, {"B", "b@x.test"}, {"", "c@x.test"}}},
		{"undisclosed-recipients:;", nil},
		{`"john doe"@x.test`, []Address{{"", `"john doe"@x.test`}}},
		{"Jane <jane@x.test", []Address{{"Jane", "jane@x.test"}}},
		{`"Jane <jane@x.test>`, []Address{{"Jane", "jane@x.test"}}},
		{"Jane <<jane@x.test>>", []Address{{"Jane", "jane@x.test"}}},
		{"<mailto:jane@x.test>", []Address{{"", "jane@x.test"}}},
		{"jane @ x.test", []Address{{"", "jane@x.test"}}},
		{"Pete(his chap) <pete(his account)@silly.test(his host)>", []Address{{"Pete", "pete@silly.test"}}},
		{"MAILER-DAEMON", []Address{{"MAILER-DAEMON", ""}}},
		{"<MAILER-DAEMON>", []Address{{"", "MAILER-DAEMON"}}},
		{"a@[IPv6:2001:db8::1]", []Address{{"", "a@[IPv6:2001:db8::1]"}}},
		{"jürgen@exämple.test", []Address{{"", "jürgen@exämple.test"}}},
		{"J\xfcrgen <j@x.test>", []Address{{"Jürgen", "j@x.test"}}},
		{"jane@x.test (via Documents) <share@docs.test>", []Address{{"", "share@docs.test"}}},
		{"@jane <jane@x.test>", []Address{{"@jane", "jane@x.test"}}},
		{"<>", nil},
		{"", nil},
	}
	for _, tt := range tests {
		m := ParseHeader([]byte("To: " + tt.field + "\n"))
		if !slices.Equal(m.To, tt.want) {
			t.Errorf("%s: %q, want %q", tt.field, m.To, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	at := func(y int, m time.Month, d, h, min, s, zone int) time.Time {
		return time.Date(y, m, d, h, min, s, 0, time.FixedZone("", zone*3600))
	}
	tests := []struct {
		field string
		want  time.Time
	}{
		{"Mon, 02 Jan 2006 15:04:05 -0700", at(2006, 1, 2, 15, 4, 5, -7)},
		{"Mon, 2 Jan 2006 15:04:05 -0700 (MST)", at(2006, 1, 2, 15, 4, 5, -7)},
		{"2 Jan 2006 15:04 GMT", at(2006, 1, 2, 15, 4, 0, 0)},
		{"Mon, 2 Jan 06 15:04:05 EST", at(2006, 1, 2, 15, 4, 5, -5)},
		{"Mon, 2 Jan 106 15:04:05 +0000", at(2006, 1, 2, 15, 4, 5, 0)},
		{"Mon Jan  2 15:04:05 2006", at(2006, 1, 2, 15, 4, 5, 0)},
		{"Monday, January 2, 2006 3:04:05 PM +0100", at(2006, 1, 2, 15, 4, 5, 1)},
		{"02-Jan-2006 15:04:05 +0200", at(2006, 1, 2, 15, 4, 5, 2)},
		{"2006-01-02T15:04:05+02:00", at(2006, 1, 2, 15, 4, 5, 2)},
		{"2006-01-02T15:04:05.123Z", at(2006, 1, 2, 15, 4, 5, 0)},
		{"2006-01-02 15:04:05 -0300", at(2006, 1, 2, 15, 4, 5, -3)},
		{"Mon, 02 Jan 2006 15:04:05 GMT+0200", at(2006, 1, 2, 15, 4, 5, 2)},
		{"Mon, 02 Jan 2006 15:04:05 +9999", at(2006, 1, 2, 15, 4, 5, 0)},
		{"Mon,\n 02 Jan 2006\n 15:04:05 -0700", at(2006, 1, 2, 15, 4, 5, -7)},
		{"Sat, 31 Dec 2016 23:59:60 +0000", at(2017, 1, 1, 0, 0, 0, 0)},
		{"Thu, 01 Jan 1970 00:00:00 +0000", time.Time{}},
		{"Wed, 31 Feb 2024 10:00:00 +0000", time.Time{}},
		{"Mon, 02 Jan 2006 25:00:00 +0000", time.Time{}},
		{"Mon, 02 Jan 3609 15:04:05 +0000", time.Time{}},
		{"yesterday", time.Time{}},
		{"", time.Time{}},
	}
	for _, tt := range tests {
		if got := ParseHeader([]byte("Date: " + tt.field + "\n")).Date; !got.Equal(tt.want) {
			t.Errorf("%s: %v, want %v", tt.field, got, tt.want)
		}
	}
}

func TestEncodedWords(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"plain", "plain"},
		{"=?utf-8?Q?caf=C3=A9?=", "café"},
		{"=?ISO-8859-1?q?caf=E9_au_lait?= for =?utf-8?b?4piD?=", "café au lait for ☃"},
		{"=?utf-8?q?one?= =?utf-8?q?two?=", "onetwo"},
		{"=?utf-8?q?one?=\n =?iso-8859-1?q?_tw=F6?=", "one twö"},
		{"=?utf-8?b?4pg=?= =?utf-8?b?gw==?=", "☃"},
		{"=?utf-8?q?one?==?utf-8?q?two?=", "onetwo"},
		{"=?utf-8*en?q?caf=C3=A9?=", "café"},
		{"=?utf-8?q?a b c?=", "a b c"},
		{"=?utf-8?q?unfinished", "=?utf-8?q?unfinished"},
		{"=?utf-8?x?no?=", "=?utf-8?x?no?="},
		{"a =? b ?= c", "a =? b ?= c"},
		{"=?utf-8?q??= x", "x"},
		{"=?iso-2022-jp?B?GyRCJDMbKEI=?= =?iso-2022-jp?B?GyRCJHMbKEI=?=", "こん"},
		{"=?gb2312?B?xOO6ww==?=", "你好"},
		{"=?koi8-r?b?8NLJ18XU?=", "Привет"},
		{"=?utf-7?Q?+AOk-?=", "é"},
		{"caf\xc3\xa9", "café"},
		{"caf\xe9", "café"},
		{"\x1b$B$3$s\x1b(B", "こん"},
		{"tab\tand\x00nul\x7f", "tab andnul"},
		{"\u202eevil\u202c", "evil"},
	}
	for _, tt := range tests {
		if got := displayValue(tt.raw); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.raw, got, tt.want)
		}
	}
}

func TestParameters(t *testing.T) {
	tests := []struct{ field, typ, param, want string }{
		{`text/plain; charset="utf-8"`, "text/plain", "charset", "utf-8"},
		{`text/plain; charset=us-ascii (plain text)`, "text/plain", "charset", "us-ascii"},
		{`TEXT/HTML;CHARSET=UTF-8;`, "text/html", "charset", "UTF-8"},
		{`text/plain; name=my file (2).txt; x=y`, "text/plain", "name", "my file (2).txt"},
		{`text/plain; name="a \"b\" \\c"`, "text/plain", "name", `a "b" \c`},
		{`text/plain; name="unfinished; x=y`, "text/plain", "name", "unfinished"},
		{`text/plain; name*=utf-8'en'caf%C3%A9.txt`, "text/plain", "name", "café.txt"},
		{`text/plain; name*0*=iso-8859-1''caf; name*1*=%E9; name*2=.txt`, "text/plain", "name", "café.txt"},
		{`text/plain; name*1=b; name*0=a; name*3=d`, "text/plain", "name", "ab"},
		{`text/plain; name="=?utf-8?q?caf=C3=A9?="`, "text/plain", "name", "café"},
		{`text/plain; name=plain.txt; name*=utf-8''better.txt`, "text/plain", "name", "better.txt"},
		{"text/plain; name=\"caf\xe9\"", "text/plain", "name", "café"},
		{"text/plain;\n\tname=folded.txt", "text/plain", "name", "folded.txt"},
		{`multipart; boundary="=?b?=  x"`, "multipart/mixed", "boundary", "=?b?=  x"},
		{`text`, "text/plain", "", ""},
		{`text/plain; ; ;=;a`, "text/plain", "a", ""},
		{`application`, "text/plain", "", ""},
		{`(comment) text/html (another)`, "text/html", "", ""},
	}
	for _, tt := range tests {
		p := ParseHeader([]byte("Content-Type: " + tt.field + "\n")).Root
		if p.MediaType() != tt.typ || p.Params[tt.param] != tt.want {
			t.Errorf("%s: %s, %q; want %q", tt.field, p.MediaType(), p.Params, tt.want)
		}
	}
}

func TestMessageIDs(t *testing.T) {
	tests := []struct{ field, id, refs string }{
		{"<a@b>", "a@b", "a@b"},
		{"a@b", "a@b", "a@b"},
		{"a@b c@d", "a@b", "a@b c@d"},
		{"<a@b><c@d>", "a@b", "a@b c@d"},
		{"<a\n @b>", "a@b", "a@b"},
		{"message of Monday <a@b>", "a@b", "a@b"},
		{"<broken <a@b>", "a@b", "a@b"},
		{"", "", ""},
	}
	for _, tt := range tests {
		m := ParseHeader([]byte("Message-ID: " + tt.field + "\nReferences: " + tt.field + "\n"))
		refs := ""
		for i, id := range m.References {
			if i > 0 {
				refs += " "
			}
			refs += id
		}
		if m.MessageID != tt.id || refs != tt.refs {
			t.Errorf("%q: id %q, references %q", tt.field, m.MessageID, refs)
		}
	}
}
