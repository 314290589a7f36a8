package box_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/typeset"
)

var update = flag.Bool("update", false, "write the golden layouts anew")

// paneWidth is the width that the mails of testdata are laid out for.
const paneWidth = 400

// library is the embedded faces: the same on every machine.
var library = sync.OnceValue(typeset.Embedded)

// standIns are pictures whose size is in their reference: "stand-in:60x40".
type standIns struct{}

func (standIns) Size(ref string) (w, h float64, state html.State) {
	if _, err := fmt.Sscanf(ref, "stand-in:%fx%f", &w, &h); err == nil {
		return w, h, html.Ready
	}
	if strings.HasPrefix(ref, "http") {
		return 0, 0, html.Blocked
	}
	return 0, 0, html.Missing
}

func layout(source string, width float64) *display.Page {
	doc := html.Parse(source)
	styles := css.Parse(doc).Cascade(css.Media{Width: width, Metrics: box.Metrics(library())})
	return box.Layout(doc, styles, box.Options{Width: width, Library: library(), Pictures: standIns{}})
}

// Each mail of testdata has its layout beside it, as text to be read. It was
// compared with what Chromium 156 makes of the same mail; pictures that are not
// there are drawn our own way.
func TestLayoutOfEachFeature(t *testing.T) {
	mails, err := filepath.Glob("testdata/*.html")
	if err != nil || len(mails) == 0 {
		t.Fatal("no mails in testdata", err)
	}
	for _, path := range mails {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".html"), func(t *testing.T) {
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(layout(string(source), paneWidth))
			golden := strings.TrimSuffix(path, ".html") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			compareLines(t, got, string(want))
		})
	}
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	shown := 0
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Errorf("line %d:\n got %s\nwant %s", i+1, a, b)
			if shown++; shown == 5 {
				return
			}
		}
	}
}

// describe writes a page as text: what is drawn in order, then the links.
func describe(p *display.Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "page %s×%s", number(p.Width), number(p.Height))
	if p.ContentWidth > p.Width {
		fmt.Fprintf(&b, ", %s wide", number(p.ContentWidth))
	}
	fmt.Fprintf(&b, " on #%02x%02x%02x\n", p.Canvas.R, p.Canvas.G, p.Canvas.B)
	for i := range p.Items {
		if line := describeItem(p, &p.Items[i]); line != "" {
			if it := &p.Items[i]; it.Clip != 0 {
				line += " within " + place(p.Clips[it.Clip].Rect)
			}
			b.WriteString(line + "\n")
		}
	}
	for _, l := range p.Links {
		fmt.Fprintf(&b, "link %s", l.Target)
		for _, r := range l.Rects {
			b.WriteString(" " + place(r))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func describeItem(p *display.Page, it *display.Item) string {
	r := place(it.Rect)
	switch it.Kind {
	case display.Fill:
		f := &p.Fills[it.At]
		if f.Canvas {
			return ""
		}
		return fmt.Sprintf("fill %s #%02x%02x%02x%s", r, f.Colour.R, f.Colour.G, f.Colour.B, round(f.Corners))
	case display.Border:
		e := p.Borders[it.At].Edges
		return fmt.Sprintf("border %s %s %s %s %s%s", r, number(e[0].Width), number(e[1].Width), number(e[2].Width), number(e[3].Width), round(p.Borders[it.At].Corners))
	case display.Shadow:
		return "shadow " + r
	case display.Gradient:
		return fmt.Sprintf("gradient %s of %d", r, len(p.Gradients[it.At].Stops))
	case display.Backdrop:
		return fmt.Sprintf("backdrop %s %s tile %s", r, p.Backdrops[it.At].Source, place(p.Backdrops[it.At].Tile))
	case display.Image:
		return fmt.Sprintf("%s %s %s", p.Images[it.At].Tag, r, p.Images[it.At].Source)
	case display.Control:
		return "control " + r
	}
	run := &p.Runs[it.At]
	s := p.Styles[run.Style]
	line := fmt.Sprintf("text %s %q %s", r, runText(run), number(float32(s.Size)))
	if s.Weight >= 600 {
		line += " bold"
	}
	if s.Italic {
		line += " italic"
	}
	if s.Under.Stroke != display.None {
		line += " underlined"
	}
	return line
}

func runText(r *display.Run) string {
	var b strings.Builder
	for _, w := range r.Words {
		b.WriteString(w.Text)
	}
	return b.String()
}

func place(r display.Rect) string {
	return fmt.Sprintf("%s,%s %s×%s", number(r.X), number(r.Y), number(r.W), number(r.H))
}

// number has one decimal, or none.
func number(v float32) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0")
}

func round(c display.Corners) string {
	if c.Zero() {
		return ""
	}
	return " round " + number(c[0].X)
}
