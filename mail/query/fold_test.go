package query

import (
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

// FuzzBeginnings: every token begins with one of them.
func FuzzBeginnings(f *testing.F) {
	for _, s := range []string{"Hello wörld", "日本 и ЁЖ", "a\u0301\u0301b", "x\xffy", "１２３", "00ͺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = Segment(text)
		met := map[string]bool{}
		Beginnings(text, 3, func(s []byte) { met[string(s)] = true })
		for _, token := range Tokens(text) {
			if r := []rune(Fold(token)); len(r) > 0 && !met[string(r[:min(3, len(r))])] {
				t.Errorf("%q has the token %q, and no such beginning", text, token)
			}
		}
	})
}
