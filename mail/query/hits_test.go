package query

import (
	"strings"
	"testing"
)

// marked writes a text with its hits in brackets.
func marked(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.From] + "[" + text[s.From:s.Until] + "]")
		at = s.Until
	}
	return b.String() + text[at:]
}

func TestHits(t *testing.T) {
	for _, tt := range []struct{ query, text, want string }{
		{"pendant", "Each pendant gets; Pendants, PENDANT!", "Each [pendant] gets; Pendants, [PENDANT]!"},
		{"pend*", "Each pendant gets", "Each [pend]ant gets"},
		{"muller", "Herr Müller und Mu\u0308ller", "Herr [Müller] und [Mu\u0308ller]"},
		{"mü*", "Herr Mu\u0308ller", "Herr [Mu\u0308]ller"},
		{`"reading room"`, "reading a reading room, readings", "reading a [reading room], readings"},
		{`"reading ro"*`, "a reading room", "a [reading ro]om"},
		{"日本", "東京と日本語", "東京と[日本]語"},
		{"本a", "日本a 本a", "日[本a] [本a]"},
		{"file", "a ﬁle and a soft\u00adfile so\u00adft", "a [ﬁle] and a soft\u00adfile so\u00adft"},
		{"soft", "so\u00adft", "[so\u00adft]"},
		{"x OR y", "x, y and z", "[x], [y] and z"},
		{"a -b", "a b", "[a] b"},
		{"σίσυφος", "ΣΊΣΥΦΟΣ", "[ΣΊΣΥΦΟΣ]"},
		{"42", "no 42, not 421", "no [42], not 421"},
		{"rock", "rock rock\xffrock", "[rock] [rock]\xff[rock]"},
		{"", "nothing", "nothing"},
	} {
		if got := marked(tt.text, Hits(tt.text, Texts(Parse(tt.query, Options{}).Expr))); got != tt.want {
			t.Errorf("%q in %q: %q, want %q", tt.query, tt.text, got, tt.want)
		}
	}
}

func TestPassages(t *testing.T) {
	long := "Good morning,\n\n2.6 m works. Each pendant gets a canopy of 12 cm, the drawing shows where the cables come through. " +
		"The fixtures can move 40 cm towards the window without touching the beam.\nThe pendant in the stairs."
	for _, tt := range []struct {
		query string
		width int
		want  string
	}{
		{"pendant", 40, "…morning, 2.6 m works. Each [pendant] gets…"},
		{"pendant stairs", 60, "…touching the beam. The [pendant] in the [stairs]."},
		{"good", 20, "[Good] morning, 2.6 m…"},
		{"zebra", 40, ""},
	} {
		p := PassageOf(long, Texts(Parse(tt.query, Options{}).Expr), tt.width)
		if got := marked(p.Text, p.Hits); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.query, got, tt.want)
		}
	}
}

// FuzzHits: spans are of the text, in order, and on the borders of characters.
func FuzzHits(f *testing.F) {
	f.Add("pendant", "Each pendant gets")
	f.Add("日本 mü*", "Mu\u0308 日本")
	f.Add(`"a b*"`, "a\u00ad b\u0301c \xff")
	f.Fuzz(func(t *testing.T, q, text string) {
		words := Texts(Parse(q, Options{AsYouType: true}).Expr)
		at := 0
		for _, s := range Hits(text, words) {
			if s.From < at || s.Until <= s.From || s.Until > len(text) {
				t.Fatalf("%v after %d in %q", s, at, text)
			}
			at = s.Until
		}
		if p := PassageOf(text, words, 80); len([]rune(p.Text)) > 83 {
			t.Errorf("a passage of %d characters", len([]rune(p.Text)))
		}
	})
}
