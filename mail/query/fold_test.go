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
		"a Ärger":        "a arg",
		"x-ray, 42":      "x ray 42",
		"日本語":            "日 本 語",
		"don't":          "don t",
		"e\u0301cole":    "eco",
		"ПриВет":         "при",
		"... -- !":       "",
		"ab\u00a0cd\tef": "ab cd ef",
	} {
		var got []string
		Beginnings(Segment(text), func(b Beginning) { got = append(got, b.String()) })
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q begins %q, want %q", text, s, want)
		}
	}
	b := BeginningOf("Émile")
	if b.Len() != 3 || b.Letter(0) != 'e' || b.Letter(2) != 'i' || b.First(2) != BeginningOf("em") || b.First(1).String() != "e" {
		t.Errorf("Émile begins %q", b)
	}
}

// FuzzBeginnings: every token begins with one of them.
func FuzzBeginnings(f *testing.F) {
	for _, s := range []string{"Hello wörld", "日本 и ЁЖ", "a\u0301\u0301b", "x\xffy", "１２３", "00ͺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = Segment(text)
		met := map[Beginning]bool{}
		Beginnings(text, func(b Beginning) { met[b] = true })
		for _, token := range Tokens(text) {
			if b := BeginningOf(token); b != 0 && !met[b] {
				t.Errorf("%q has the token %q, and no such beginning", text, token)
			}
		}
	})
}

func TestHanIsInOneForm(t *testing.T) {
	for r := rune(firstHan); r <= lastHan; r++ {
		if !isTokenRune(r) || FoldRune(r) != r {
			t.Fatalf("%c is a letter: %v, and folds to %c", r, isTokenRune(r), FoldRune(r))
		}
	}
}
