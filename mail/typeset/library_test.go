package typeset

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"postrider/assets/fonts"
)

// fixedFolder is a folder with some of the embedded faces, for tests of the rules
// for fixed folders.
func fixedFolder(t *testing.T) string {
	dir := t.TempDir()
	files, err := fonts.Metric.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, _ := fonts.Metric.ReadFile(f.Name())
		if err := os.WriteFile(filepath.Join(dir, f.Name()), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFamiliesAreServedAsABrowserDoes(t *testing.T) {
	strict, err := FromDir(fixedFolder(t))
	if err != nil {
		t.Fatal(err)
	}
	kind := Embedded()
	for _, c := range []struct{ families, strict, kind string }{
		{"Arial", "Liberation Sans", "Liberation Sans"},
		{"'Helvetica', serif", "Liberation Sans", "Liberation Sans"},
		{`"Times New Roman"`, "Liberation Serif", "Liberation Serif"},
		{"Courier, monospace", "Liberation Mono", "Liberation Mono"},
		{"calibri", "Carlito", "Carlito"},
		{"Cambria, Georgia, serif", "Caladea", "Caladea"},
		{"Nonsense", "Liberation Serif", "Liberation Serif"},
		{"Nonsense, sans-serif", "Liberation Sans", "Liberation Sans"},
		{"", "Liberation Serif", "Liberation Serif"},
		{"Segoe UI", "Liberation Serif", "Liberation Sans"},
		{"Verdana, Geneva", "Liberation Serif", "Liberation Sans"},
		{"-apple-system, Roboto, serif", "Liberation Serif", "Liberation Serif"},
		{"Inter", "Liberation Serif", "Inter"},
	} {
		style := Style{Families: c.families, Size: 16}
		if got := strict.FaceOf(style).Family; got != c.strict {
			t.Errorf("a fixed folder serves %q with %s, want %s", c.families, got, c.strict)
		}
		if got := kind.FaceOf(style).Family; got != c.kind {
			t.Errorf("%q is served with %s, want %s", c.families, got, c.kind)
		}
	}
}

func TestNearestWeightAndSlant(t *testing.T) {
	lib := Embedded()
	for _, c := range []struct {
		family        string
		weight        int
		italic        bool
		want          int
		bold, oblique bool
	}{
		{"Inter", 400, false, 400, false, false},
		{"Inter", 500, false, 500, false, false},
		{"Inter", 450, false, 500, false, false},
		{"Inter", 700, false, 600, false, false},
		{"Inter", 300, false, 400, false, false},
		{"Arial", 600, false, 700, false, false},
		{"Arial", 500, false, 400, false, false},
		{"Inter", 600, true, 400, true, false},
		{"Calibri", 700, true, 400, true, false},
		{"Inter Display", 600, true, 600, false, true},
	} {
		l := lib.Line("x", Style{Families: c.family, Size: 14, Weight: c.weight, Italic: c.italic}, LineOptions{})
		r := l.Runs[0]
		if r.Face.Weight != c.want || r.Bold != c.bold || r.Oblique != c.oblique {
			t.Errorf("%s %d italic %v: got weight %d, emboldened %v, slanted %v", c.family, c.weight, c.italic, r.Face.Weight, r.Bold, r.Oblique)
		}
	}
}

func TestMetricsAreWholePixels(t *testing.T) {
	lib := Embedded()
	for _, c := range []struct {
		family                string
		size                  float64
		ascent, descent, line float64
	}{
		{"Arial", 16, 14, 3, 18}, {"Times", 16, 14, 3, 18}, {"Courier New", 13, 11, 4, 15}, {"Arial", 13.5, 12, 3, 15},
	} {
		m := lib.Metrics(Style{Families: c.family, Size: c.size})
		if m.Ascent != c.ascent || m.Descent != c.descent || m.LineHeight() != c.line {
			t.Errorf("%s at %v: %v %v %v", c.family, c.size, m.Ascent, m.Descent, m.LineHeight())
		}
	}
}

func TestFractionalSizesScale(t *testing.T) {
	lib := Embedded()
	one := lib.Width("Engine notes", Style{Families: "Arial", Size: 1})
	for _, size := range []float64{11, 13.5, 16, 100} {
		if got := lib.Width("Engine notes", Style{Families: "Arial", Size: size}); got < one*size-1e-6 || got > one*size+1e-6 {
			t.Errorf("at %v px it is %v wide, want %v", size, got, one*size)
		}
	}
}

func TestLetterSpacingFollowsEachCharacter(t *testing.T) {
	lib := Embedded()
	plain := lib.Line("office", Style{Families: "Calibri", Size: 16, LetterSpacing: 0.001}, LineOptions{})
	spaced := lib.Line("office", Style{Families: "Calibri", Size: 16, LetterSpacing: 2}, LineOptions{})
	if d := spaced.Width - plain.Width; d < 11.9 || d > 12.1 {
		t.Errorf("six characters grew by %v", d)
	}
	if n := len(spaced.Runs[0].Glyphs); n != 6 {
		t.Errorf("%d glyphs: a ligature is in spaced text", n)
	}
}

func TestOneLibraryServesManyAtOnce(t *testing.T) {
	lib := New(t.TempDir())
	var wait sync.WaitGroup
	for k := range 8 {
		wait.Go(func() {
			for i := range 60 {
				text := carets[(i+k)%len(carets)]
				l := lib
				if k%2 == 0 {
					l = lib.Hasty()
				}
				l.Line(text, Style{Families: "Inter", Size: float64(10 + i%7)}, LineOptions{Max: 80})
				l.Paragraph([]Text{{text, ui}}, Options{Width: 60, BreakWords: true})
			}
		})
	}
	wait.Wait()
	<-lib.Ready()
}

func TestHastyTextIsSetBetterLater(t *testing.T) {
	lib := New(t.TempDir())
	<-lib.Ready()
	needs(t, lib, "日")
	fresh := New(t.TempDir())
	<-fresh.Ready()
	grew := make(chan struct{}, 8)
	fresh.Watch(func() { grew <- struct{}{} })
	hasty := fresh.Hasty()
	before := hasty.Generation()
	if l := hasty.Line("日本", ui, LineOptions{}); l.Width <= 0 {
		t.Error("text whose face is not there yet takes no room")
	}
	<-grew
	if hasty.Generation() == before {
		t.Error("the generation did not grow")
	}
	l := hasty.Line("日本", ui, LineOptions{})
	if len(l.Runs) == 0 || l.Runs[0].Face.Family == inter || l.Runs[0].Glyphs[0].ID == NoGlyph {
		t.Error("the face is there, and is not used")
	}
}

func TestFolderThatIsNotThere(t *testing.T) {
	if _, err := FromDir(filepath.Join(t.TempDir(), "no")); err == nil {
		t.Error("no error")
	}
}
