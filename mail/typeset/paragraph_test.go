package typeset

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

// system is a library of all that this system has, shared by the tests that need
// faces for other scripts.
func systemLibrary(t testing.TB) *Library {
	lib := New(t.TempDir())
	<-lib.Ready()
	return lib
}

// needs skips a test on a system without a face for a rune.
func needs(t testing.TB, lib *Library, runes string) {
	for _, r := range runes {
		l := lib.Line(string(r), ui, LineOptions{})
		if len(l.Runs) == 0 || !l.Runs[0].Face.has(r) {
			t.Skipf("no face for %c on this system", r)
		}
	}
}

// shown is the text of a line as one sees it, from left to right, each cluster in
// its own order.
func shown(l *Line, text string) string {
	var b strings.Builder
	for _, i := range l.visual() {
		for _, c := range visualCarets(&l.atoms[i]) {
			b.WriteString(text[c.start:c.end])
		}
	}
	return b.String()
}

func TestLinesAreReadInBothDirections(t *testing.T) {
	lib := Embedded() // Liberation has Hebrew
	for _, c := range []struct {
		text, want string
		d          Direction
	}{
		{"abc def", "abc def", Auto},
		{"שלום", "םולש", Auto},
		{"שלום 123 עולם", "םלוע 123 םולש", Auto},
		{"abc שלום 123 def", "abc 123 םולש def", Auto},
		{"abc שלום 123", "abc 123 םולש", Auto},
		{"שלום abc def עולם", "םלוע abc def םולש", Auto},
		{"(שלום) abc", "abc (םולש)", Auto}, // brackets keep their order; their glyphs are mirrored
		{"abc (שלום)", "abc (םולש)", Auto},
		{"שלום, עולם!", "!םלוע ,םולש", Auto},
		{"abc", "abc", RightToLeft},
		{"abc!", "!abc", RightToLeft},
		{"שלום!", "םולש!", LeftToRight},
		{"עולם 5%", "5% םלוע", Auto},
		{"", "", Auto},
	} {
		l := lib.Line(c.text, Style{Families: "Arial", Size: 16}, LineOptions{Direction: c.d})
		if got := swapBrackets(shown(l, c.text)); got != c.want && shown(l, c.text) != c.want {
			t.Errorf("%q is shown as %q, want %q", c.text, got, c.want)
		}
	}
}

// swapBrackets mirrors brackets, as their glyphs in Hebrew text are.
func swapBrackets(s string) string {
	return strings.NewReplacer("(", ")", ")", "(").Replace(s)
}

func TestArabicLettersJoin(t *testing.T) {
	lib := systemLibrary(t)
	needs(t, lib, "مرحبا")
	l := lib.Line("مرحبا", ui, LineOptions{})
	apart := 0.0
	ids := map[uint32]bool{}
	for _, r := range "مرحبا" {
		one := lib.Line(string(r), ui, LineOptions{})
		apart += one.Width
		for _, g := range one.Runs[0].Glyphs {
			ids[g.ID] = true
		}
	}
	joined := false
	for _, run := range l.Runs {
		if !run.RTL {
			t.Error("an Arabic run goes from left to right")
		}
		for _, g := range run.Glyphs {
			joined = joined || !ids[g.ID]
		}
	}
	if !joined {
		t.Error("every letter has its isolated form")
	}
	if first := l.CaretX(0); math.Abs(first-l.Width) > 0.01 {
		t.Errorf("the caret before the first letter is at %v, not at the right end %v", first, l.Width)
	}
}

func TestEllipsisStandsWhereTheTextEnds(t *testing.T) {
	lib := Embedded()
	text := "שלום עולם טוב מאוד היום ומחר"
	full := lib.Width(text, Style{Families: "Arial", Size: 14})
	l := lib.Line(text, Style{Families: "Arial", Size: 14}, LineOptions{Max: full / 2})
	order := l.visual()
	if left := l.atoms[order[0]]; left.start < l.atoms[order[len(order)-1]].start {
		t.Error("the ellipsis of a line that runs from right to left is not at its left")
	}
	if got := shownGlyphs(l); !strings.HasPrefix(got, "…") {
		t.Errorf("leftmost is %q", got)
	}
}

func shownGlyphs(l *Line) string {
	dots := Embedded().Line(ellipsis, Style{Families: "Arial", Size: 14}, LineOptions{}).Runs[0].Glyphs[0].ID
	var b strings.Builder
	for _, r := range l.Runs {
		for _, g := range r.Glyphs {
			if g.ID == dots {
				b.WriteString("…")
			} else {
				b.WriteString("x")
			}
		}
	}
	return b.String()
}

func TestChineseAndJapaneseBreakBetweenCharacters(t *testing.T) {
	lib := Embedded()
	p := lib.Paragraph([]Text{{Text: "日本語の文章、改行「テスト」です。", Style: ui}}, Options{Width: 14 * 5})
	if len(p.Lines) < 2 {
		t.Fatal("it is one line")
	}
	for _, l := range p.Lines {
		line := p.Text[l.Start:l.End]
		first, _ := utf8.DecodeRuneInString(line)
		last, _ := utf8.DecodeLastRuneInString(line)
		if strings.ContainsRune("、。」", first) || strings.ContainsRune("「", last) {
			t.Errorf("a line is %q", line)
		}
	}
}

func TestEmojiAreOneClusterAndInColour(t *testing.T) {
	lib := systemLibrary(t)
	needs(t, lib, "😀")
	for _, text := range []string{"👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️", "1️⃣", "😀"} {
		l := lib.Line(text, ui, LineOptions{})
		if n := len(l.carets()); n != 1 {
			t.Errorf("%q has %d clusters", text, n)
		}
		if len(l.Runs) != 1 || !l.Runs[0].Face.Color {
			t.Errorf("%q is not from a colour font", text)
		}
	}
	if l := lib.Line("1 # ☎︎", ui, LineOptions{}); l.Runs[0].Face.Color {
		t.Error("a digit is a picture")
	}
}

func TestIndicVowelsAreNoClusterOfTheirOwn(t *testing.T) {
	lib := systemLibrary(t)
	needs(t, lib, "नमस्ते")
	for text, want := range map[string]int{"कि": 1, "नमस्ते": 3, "क्षत्रिय": 3} {
		l := lib.Line(text, ui, LineOptions{})
		if got := len(l.carets()); got > want+1 || got < want {
			t.Errorf("%q has %d clusters, want about %d", text, got, want)
		}
	}
}

var carets = []string{
	"The quick brown fox", "fi ffl office", "שלום עולם", "abc שלום 123 def", "שלום (abc) 12", "日本語 text", "a\tb  c", "é ñ — “x”",
}

func TestCaretsComeBack(t *testing.T) {
	lib := Embedded()
	for _, text := range carets {
		for _, d := range []Direction{Auto, RightToLeft} {
			l := lib.Line(text, Style{Families: "Arial", Size: 15.5}, LineOptions{Direction: d})
			for at := 0; at < len(text); at = NextCluster(text, at) {
				x := l.CaretX(at)
				if back := l.Offset(x); !stands(l, back, x) {
					t.Errorf("%q: a caret at %d is at %v, and comes back as %d", text, at, x, back)
				}
			}
		}
	}
}

// stands tells whether x is an edge of the cluster before or after an offset:
// where the direction changes, an offset has two places.
func stands(l *Line, offset int, x float64) bool {
	for _, c := range l.carets() {
		if c.start == offset && math.Abs(c.before()-x) < 0.01 || c.end == offset && math.Abs(c.after()-x) < 0.01 {
			return true
		}
	}
	return false
}

func TestSelectionCoversWhatIsSelected(t *testing.T) {
	lib := Embedded()
	for _, text := range carets {
		l := lib.Line(text, Style{Families: "Arial", Size: 15.5}, LineOptions{})
		sum := 0.0
		for _, s := range l.Spans(0, len(text)) {
			sum += s.Right - s.Left
		}
		if math.Abs(sum-l.Width) > 0.01 {
			t.Errorf("%q: all of it is %v wide, its selection %v", text, l.Width, sum)
		}
		for at := 0; at < len(text); at = NextCluster(text, at) {
			for _, s := range l.Spans(at, NextCluster(text, at)) {
				if s.Left < l.X-0.01 || s.Right > l.X+l.Width+0.01 {
					t.Errorf("%q: %d is selected outside of the line: %v", text, at, s)
				}
			}
		}
	}
}

func TestAlignmentAndDirectionOfLines(t *testing.T) {
	lib := Embedded()
	style := Style{Families: "Arial", Size: 16}
	for _, c := range []struct {
		text  string
		align Align
		want  func(l Line) bool
	}{
		{"abc", Start, func(l Line) bool { return l.X == 0 }},
		{"abc", End, func(l Line) bool { return math.Abs(l.X+l.Width-300) < 0.01 }},
		{"abc", Center, func(l Line) bool { return math.Abs(2*l.X+l.Width-300) < 0.01 }},
		{"שלום", Start, func(l Line) bool { return math.Abs(l.X+l.Width-300) < 0.01 }},
		{"שלום", End, func(l Line) bool { return l.X == 0 }},
		{"שלום", Left, func(l Line) bool { return l.X == 0 }},
	} {
		p := lib.Paragraph([]Text{{Text: c.text, Style: style}}, Options{Width: 300, Align: c.align})
		if !c.want(p.Lines[0]) {
			t.Errorf("%q aligned %d: from %v, %v wide", c.text, c.align, p.Lines[0].X, p.Lines[0].Width)
		}
	}
}

func TestStylesMeetWithinAWord(t *testing.T) {
	lib := Embedded()
	bold := Style{Families: "Arial", Size: 16, Weight: 700}
	p := lib.Paragraph([]Text{{"un", bold}, {"breakable word", Style{Families: "Arial", Size: 16}}}, Options{Width: 90})
	if got := p.Text[p.Lines[0].Start:p.Lines[0].End]; got != "unbreakable " {
		t.Errorf("the first line is %q", got)
	}
	if p.Lines[0].Runs[0].Face.Weight != 700 || p.Lines[0].Runs[1].Face.Weight != 400 {
		t.Error("the styles are lost")
	}
}

func TestLongWordsAreCutWhenAsked(t *testing.T) {
	lib := Embedded()
	word := strings.Repeat("abcdefghij", 400)
	cut := lib.Paragraph([]Text{{word, ui}}, Options{Width: 200, BreakWords: true})
	for _, l := range cut.Lines {
		if l.Width > 200 {
			t.Fatalf("a line is %v px wide", l.Width)
		}
	}
	if whole := lib.Paragraph([]Text{{word, ui}}, Options{Width: 200}); len(whole.Lines) != 1 {
		t.Errorf("a word that must not be cut is on %d lines", len(whole.Lines))
	}
}

func TestLastLineAllowedEndsInAnEllipsis(t *testing.T) {
	lib := Embedded()
	p := lib.Paragraph([]Text{{strings.Repeat("a subject that goes on ", 9), ui}}, Options{Width: 210, MaxLines: 2})
	if len(p.Lines) != 2 || !p.Lines[1].Truncated || p.Lines[1].Width > 210 {
		t.Errorf("%d lines, the last truncated: %v, %v px", len(p.Lines), p.Lines[len(p.Lines)-1].Truncated, p.Lines[len(p.Lines)-1].Width)
	}
}

func TestSoftHyphenShowsWhereALineEnds(t *testing.T) {
	lib := Embedded()
	text := "Donau\u00addampfschiff"
	p := lib.Paragraph([]Text{{text, ui}}, Options{Width: 80})
	if len(p.Lines) != 2 {
		t.Fatalf("%d lines", len(p.Lines))
	}
	hyphen := lib.Line("-", ui, LineOptions{}).Runs[0].Glyphs[0].ID
	run := p.Lines[0].Runs[len(p.Lines[0].Runs)-1]
	if run.Glyphs[len(run.Glyphs)-1].ID != hyphen {
		t.Error("no hyphen at the end of the first line")
	}
	if whole := lib.Line(text, ui, LineOptions{}); math.Abs(whole.Width-lib.Width("Donaudampfschiff", ui)) > 0.5 {
		t.Error("a soft hyphen within a line takes room")
	}
}

func TestTabsReachTheirStops(t *testing.T) {
	lib := Embedded()
	p := lib.Paragraph([]Text{{"a\tb\tc", ui}}, Options{Tab: 50})
	for at, want := range map[int]float64{2: 50, 4: 100} {
		if x := p.Lines[0].CaretX(at); math.Abs(x-want) > 0.01 {
			t.Errorf("offset %d is at %v, want %v", at, x, want)
		}
	}
}

func TestWordsForDoubleClick(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		want string
	}{{"Hello, brave world", 8, "brave"}, {"Hello, brave world", 0, "Hello"}, {"don't stop", 2, "don't"}, {"x 3.14 y", 3, "3.14"}, {"end", 3, "end"}} {
		if from, to := WordAt(c.text, c.at); c.text[from:to] != c.want {
			t.Errorf("at %d of %q: %q", c.at, c.text, c.text[from:to])
		}
	}
}

func TestBrowsersBreakOnlySomeWords(t *testing.T) {
	for text, want := range map[string]string{
		"https://example.org/a/b": "https://example.org/a/b",
		"well-known":              "well-|known",
		"minus -5":                "minus |-5",
		"2024-05-01":              "2024-|05-|01",
		"why?because":             "why?|because",
		"f(x)":                    "f(x)",
		"see.(this)":              "see.|(this)",
		"a/b":                     "a/b",
		"one  two":                "one  |two",
		"x\u00a0y":                "x\u00a0y",
		"line\nnext":              "line\n|next",
		"日本":                      "日|本",
		"soft\u00adhyphen":        "soft\u00ad|hyphen",
		"zero\u200bwidth":         "zero\u200b|width",
		"Grüße aus Köln":          "Grüße |aus |Köln",
		"“quoted” text":           "“quoted” |text",
		"long — dash":             "long |— |dash",
	} {
		got, from := "", 0
		for _, b := range Breaks(text) {
			got += text[from:b.At] + "|"
			from = b.At
		}
		if got += text[from:]; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func FuzzParagraph(f *testing.F) {
	for _, s := range carets {
		f.Add(s, 80.0, uint8(0))
	}
	f.Add("👩‍👩‍👧‍👦 e\u0301\u0302 \u202eabc\u202c \u2067x\u2069 \xff\xfe \x00", 30.0, uint8(7))
	f.Add("a\r\n\r\u2028\u0085b\t\t", 10.0, uint8(3))
	f.Add("\xef", 209.5, uint8(0x88))
	lib := Embedded()
	f.Fuzz(func(t *testing.T, text string, width float64, how uint8) {
		if len(text) > 2000 {
			return
		}
		o := Options{Width: width, BreakWords: how&1 != 0, Direction: Direction(how >> 1 % 3), Align: Align(how >> 3 % 5)}
		half := len(text) / 2
		for half > 0 && half < len(text) && !utf8.RuneStart(text[half]) {
			half--
		}
		style := Style{Families: "Inter, Arial", Size: 13.5, LetterSpacing: float64(how >> 6)}
		p := lib.Paragraph([]Text{{text[:half], ui}, {text[half:], style}}, o)
		at := 0
		for i := range p.Lines {
			l := &p.Lines[i]
			if l.Start != at {
				t.Fatalf("line %d begins at %d, the one before ended at %d", i, l.Start, at)
			}
			at = l.End
			if math.IsNaN(l.Width) || math.IsNaN(l.X) || l.Height <= 0 {
				t.Fatalf("line %d measures %v %v %v", i, l.X, l.Width, l.Height)
			}
			if o.BreakWords && len(l.carets()) > 2 && width > 100 && l.Width > width+0.1 {
				t.Fatalf("line %d is %v wide, more than %v", i, l.Width, width)
			}
			back := l.Offset(l.CaretX(l.Start))
			if back < l.Start || back > l.End {
				t.Fatalf("line %d of %d..%d leads to %d", i, l.Start, l.End, back)
			}
			last := l.Start
			for _, c := range l.carets() {
				if c.start != last || c.end < c.start || math.IsNaN(c.x) {
					t.Fatalf("clusters of line %d: %+v after %d", i, c, last)
				}
				last = c.end
			}
			if last != l.End {
				t.Fatalf("the clusters of line %d end at %d, not %d", i, last, l.End)
			}
		}
		if at != len(text) {
			t.Fatalf("the lines end at %d of %d", at, len(text))
		}
		cut := lib.Line(text, ui, LineOptions{Max: math.Abs(width)})
		if math.IsNaN(cut.Width) {
			t.Fatal("a width that is no number")
		}
		for i := 0; i < len(text); {
			n := NextCluster(text, i)
			if n <= i {
				t.Fatalf("the cluster after %d is at %d", i, n)
			}
			i = n
		}
		WordAt(text, half)
		PrevCluster(text, half)
	})
}
