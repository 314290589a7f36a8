package css

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail/html"
)

// corpus are the HTML files of a folder of real mail, if POSTRIDER_HTML_CORPUS
// names one.
func corpus(tb testing.TB) map[string]string {
	dir := os.Getenv("POSTRIDER_HTML_CORPUS")
	if dir == "" {
		tb.Skip("POSTRIDER_HTML_CORPUS names no folder")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(files) == 0 {
		tb.Fatal(err, len(files))
	}
	all := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		all[filepath.Base(f)] = strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return all
}

func TestCorpusIsStyled(t *testing.T) {
	for name, source := range corpus(t) {
		d := html.Parse(source)
		st := Parse(d).Cascade(Media{Width: 600})
		seen := map[*Style]bool{}
		for id := range html.ID(d.Len()) {
			if s := st.Of(id); s != nil {
				seen[s] = true
			} else if d.Node(id).Kind == html.Element {
				t.Errorf("%s: element %d has no style", name, id)
			}
		}
		if len(seen) > 20+d.Len()/2 {
			t.Logf("%s: %d nodes, %d styles", name, d.Len(), len(seen))
		}
	}
}

func BenchmarkCorpus(b *testing.B) {
	for name, source := range corpus(b) {
		if len(source) < 60_000 {
			continue
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				d := html.Parse(source)
				Parse(d).Cascade(Media{Width: 600})
			}
		})
	}
}
