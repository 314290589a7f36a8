package typeset

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// page is what is needed of a browser's dump of a page: its words and how wide
// they are.
type page struct {
	Styles []struct {
		Size   float64 `json:"size"`
		Weight int     `json:"weight"`
		Italic bool    `json:"italic"`
		Family string  `json:"family"`
	} `json:"styles"`
	Runs []struct {
		T  string    `json:"t"`
		R  []float64 `json:"r"`
		S  int       `json:"s"`
		WX []float64 `json:"wx"`
	} `json:"runs"`
}

// TestWordsAreAsWideAsInABrowser measures against dumps of a browser that used
// the fonts of one folder. It needs POSTRIDER_PAGES (a folder of dumps) and
// POSTRIDER_FONTS.
func TestWordsAreAsWideAsInABrowser(t *testing.T) {
	dumps, fonts := os.Getenv("POSTRIDER_PAGES"), os.Getenv("POSTRIDER_FONTS")
	if dumps == "" || fonts == "" {
		t.Skip("POSTRIDER_PAGES or POSTRIDER_FONTS is not set")
	}
	lib, err := FromDir(fonts)
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dumps, "*.json"))
	var n, near, exact, placed, shown int
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var p page
		if err := json.Unmarshal(data, &p); err != nil {
			t.Fatal(err)
		}
		for _, run := range p.Runs {
			st := p.Styles[run.S]
			style := Style{Families: st.Family, Size: st.Size, Weight: st.Weight, Italic: st.Italic}
			words := strings.Split(run.T, " ")
			if len(run.WX) != 2*len(words) {
				continue
			}
			line := lib.Line(run.T, style, LineOptions{})
			at := 0
			for i, w := range words {
				spans := line.Spans(at, at+len(w))
				at += len(w) + 1
				if len(spans) != 1 || spaced(run.WX, words, line) {
					continue
				}
				n++
				d := math.Abs(spans[0].Right - spans[0].Left - run.WX[2*i+1])
				if d <= 0.5 {
					near++
				} else if shown < 60 && os.Getenv("POSTRIDER_VERBOSE") != "" {
					shown++
					t.Logf("%s: %q %s %v w%d: got %.2f, browser %.2f", filepath.Base(file), w, st.Family, st.Size, st.Weight, spans[0].Right-spans[0].Left, run.WX[2*i+1])
				}
				if d <= 0.1 {
					exact++
				}
				if x := math.Abs(spans[0].Left - run.WX[2*i]); x <= 0.5 {
					placed++
				}
			}
		}
	}
	if n == 0 {
		t.Fatal("no words found")
	}
	t.Logf("%d words: %.2f %% within 0.5 px, %.2f %% within 0.1 px, %.2f %% begin within 0.5 px", n, 100*float64(near)/float64(n), 100*float64(exact)/float64(n), 100*float64(placed)/float64(n))
	if float64(near) < 0.98*float64(n) {
		t.Errorf("too many words are wider or narrower than the browser's")
	}
}

// spaced tells whether the browser spaced the letters or words, which the dump
// does not say: then all of a run is wider.
func spaced(wx []float64, words []string, line *Line) bool {
	last := len(words) - 1
	browser := wx[2*last] + wx[2*last+1]
	return math.Abs(browser-line.Width) > 0.03*browser+1
}
