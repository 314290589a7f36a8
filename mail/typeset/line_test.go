package typeset

import (
	"math"
	"strings"
	"testing"
)

var ui = Style{Families: "Inter", Size: 14}

func TestLineEndsInAnEllipsis(t *testing.T) {
	lib := Embedded()
	for _, text := range []string{"Engine notes, and what came of them", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "mmmm mmmm\tmmmm\nmmmm", "שלום עולם טוב מאוד היום"} {
		full := lib.Width(text, ui)
		for max := 1.0; max < full; max += 7 {
			l := lib.Line(text, ui, LineOptions{Max: max})
			dots := lib.Width(ellipsis, ui)
			if !l.Truncated || l.Width > math.Max(max, dots)+rounding {
				t.Fatalf("%q in %v px: width %v, truncated %v", text, max, l.Width, l.Truncated)
			}
		}
		if l := lib.Line(text, ui, LineOptions{Max: full}); l.Truncated {
			t.Errorf("%q is cut although it fits", text)
		}
	}
}

func TestParagraphBreaksWhereWordsEnd(t *testing.T) {
	lib := Embedded()
	p := lib.Paragraph([]Text{{Text: "The quick brown fox jumps over the lazy dog.\nA second line.", Style: ui}}, Options{Width: 100})
	var got []string
	for _, l := range p.Lines {
		got = append(got, p.Text[l.Start:l.End])
		if l.Width > 100 {
			t.Errorf("%q is %v px wide", p.Text[l.Start:l.End], l.Width)
		}
	}
	if strings.Join(got, "|") != "The quick |brown fox |jumps over the |lazy dog.\n|A second line." {
		t.Errorf("got %q", got)
	}
}
