package query

import (
	"slices"
	"strings"
	"testing"
)

func TestFoldTakesCaseAndLatinAccentsOff(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "Über": "uber", "ÉCOLE": "ecole", "Łódź": "łodz", "ΣΊΣΥΦΟΣ": "σίσυφοσ", "σίσυφος": "σίσυφοσ",
		"Привет": "привет", "日本": "日 本", "e\u0301": "e", "ſ": "s", "Ǻ": "a",
	} {
		if got := Fold(Segment(text)); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}

func TestBeginnings(t *testing.T) {
	for text, want := range map[string]string{
		"":               "",
		"a Ärger":        "a a ar arg",
		"x-ray, 42":      "x r ra ray 4 42",
		"日本語":            "日 本 語",
		"don't":          "d do don t",
		"e\u0301cole":    "e ec eco",
		"ПриВет":         "п пр при",
		"... -- !":       "",
		"ab\u00a0cd\tef": "a ab c cd e ef",
	} {
		var got []string
		Beginnings(Segment(text), 3, func(s []byte) { got = append(got, string(s)) })
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q begins %q, want %q", text, s, want)
		}
	}
}

// FuzzBeginnings: they are those of the tokens.
func FuzzBeginnings(f *testing.F) {
	for _, s := range []string{"Hello wörld", "日本 и ЁЖ", "a\u0301\u0301b", "x\xffy", "１２３"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = Segment(text)
		var got []string
		Beginnings(text, 1, func(s []byte) { got = append(got, string(s)) })
		var want []string
		for _, token := range Tokens(text) {
			if r := []rune(Fold(token)); len(r) > 0 {
				want = append(want, string(r[0]))
			}
		}
		got = slices.DeleteFunc(got, func(s string) bool { return strings.IndexFunc(s, isWordRune) < 0 })
		want = slices.DeleteFunc(want, func(s string) bool { return strings.IndexFunc(s, isWordRune) < 0 })
		if !slices.Equal(got, want) {
			t.Errorf("%q begins %q, its tokens %q", text, got, want)
		}
	})
}
