package box

import (
	"math"
	"testing"
)

// The widths are those of Chromium for the tables in the comments, in a table
// 300 px wide unless it is said.
func TestColumnsShareAWidthAsInBrowsers(t *testing.T) {
	auto := func(min, max float64) column { return column{min: min, max: max, percent: -1} }
	px := func(w float64) column { return column{max: w, percent: -1, fixed: true} }
	percent := func(p float64) column { return column{percent: p} }
	for _, c := range []struct {
		name    string
		target  float64
		columns []column
		evenly  bool
		want    []float64
	}{
		{"empty columns have what is left", 300, []column{auto(0, 0), px(50), auto(0, 0)}, false, []float64{125, 50, 125}},
		{"columns with text have it before them", 300, []column{auto(0, 0), px(50), auto(10, 40)}, false, []float64{0, 50, 250}},
		{"in proportion to their text", 300, []column{auto(10, 100), auto(10, 50)}, false, []float64{200, 100}},
		{"given widths grow if nothing else can", 300, []column{px(50), px(100)}, false, []float64{100, 200}},
		{"percentages do, too", 300, []column{percent(10), percent(20)}, false, []float64{100, 200}},
		{"a given width before a percentage", 300, []column{percent(10), px(100)}, false, []float64{30, 270}},
		{"a percentage beside text", 300, []column{percent(20), auto(0, 0), auto(0, 0)}, false, []float64{60, 120, 120}},
		{"too much in percent", 300, []column{percent(60), percent(70), {min: 7.1, max: 7.1, percent: -1}}, false, []float64{175.7, 117.2, 7.1}},
		{"too narrow for the lines", 100, []column{auto(20, 100), auto(20, 60)}, false, []float64{60, 40}},
		{"too narrow for the words", 30, []column{auto(20, 100), auto(20, 60)}, false, []float64{20, 20}},
		{"fixed layout shares evenly", 300, []column{px(54), auto(0, 0), auto(0, 0)}, true, []float64{54, 123, 123}},
		{"fixed layout adds edges to percentages", 584, []column{{percent: 25, edges: 17}, {percent: 75, edges: 16}}, true, []float64{154.3, 429.7}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := make([]float64, len(c.columns))
			distribute(c.target, c.columns, true, c.evenly, got)
			for i := range got {
				if math.Abs(got[i]-c.want[i]) > 0.1 {
					t.Fatalf("got %.1f, want %.1f", got, c.want)
				}
			}
		})
	}
}

// Percentages of columns ask for a table in which the rest has its text.
func TestWidestTable(t *testing.T) {
	text := column{min: 10, max: 80, percent: -1}
	for _, c := range []struct {
		name    string
		columns []column
		scales  bool
		want    float64
	}{
		{"without percentages", []column{text, text}, true, 160},
		{"the rest decides", []column{{min: 10, max: 20, percent: 20}, text}, true, 100},
		{"the percentage decides", []column{{min: 10, max: 90, percent: 50}, text}, true, 180},
		{"nothing is left for the rest", []column{{min: 10, max: 20, percent: 100}, text}, true, widestTable},
		{"in a cell of a table without a width they do not count", []column{{min: 10, max: 20, percent: 100}, text}, false, 100},
	} {
		if got := widest(c.columns, c.scales); got != c.want {
			t.Errorf("%s: got %g, want %g", c.name, got, c.want)
		}
	}
}
