package message

import (
	"strings"
	"testing"
)

func TestListsAsPeoplePasteThem(t *testing.T) {
	for text, want := range map[string]string{
		"Ada <a@x.org>, Bo <b@x.org>":                                   "Ada <a@x.org>|Bo <b@x.org>",
		"Ada <a@x.org>\nBo <b@x.org>\r\n":                               "Ada <a@x.org>|Bo <b@x.org>",
		"Ada <a@x.org> Bo <b@x.org>":                                    "Ada <a@x.org>|Bo <b@x.org>",
		"a@x.org b@x.org":                                               "a@x.org|b@x.org",
		"Ada\ta@x.org\nBo\tb@x.org":                                     "Ada <a@x.org>|Bo <b@x.org>",
		"To: Ada <a@x.org>,\n Bo <b@x.org>":                             "Ada <a@x.org>|Bo <b@x.org>",
		"• Ada <a@x.org>\n• b@x.org":                                    "Ada <a@x.org>|b@x.org",
		"1. a@x.org\n2) b@x.org":                                        "a@x.org|b@x.org",
		"Lovelace, Ada <a@x.org>; Brandt, Bo <b@x.org>":                 "Lovelace, Ada <a@x.org>|Brandt, Bo <b@x.org>",
		"Choir: a@x.org, Bo <b@x.org>;":                                 "Choir/a@x.org|Choir/Bo <b@x.org>",
		"Choir: a@x.org; c@x.org, \"The board\": d@x.org, e@x.org; f@x": "Choir/a@x.org|c@x.org|The board/d@x.org|The board/e@x.org|f@x",
		"Choir: a@x.org":                                                "Choir <a@x.org>",
		"undisclosed-recipients:;":                                      "",
		"  ":                                                            "",
	} {
		var got []string
		for _, l := range ParseList(text) {
			s := l.String()
			if l.Group != "" {
				s = l.Group + "/" + s
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q\n got %s\nwant %s", text, s, want)
		}
	}
}

func FuzzList(f *testing.F) {
	f.Add("Choir: a@x.org, Bo <b@x.org>; c@x.org\n- d@x.org")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range ParseList(text) {
			if strings.ContainsAny(l.Group+l.Name+l.Addr, "\r\n\x00") {
				t.Errorf("%q has control characters in %+v", text, l)
			}
		}
	})
}
