package box_test

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/html/paint"
	"postrider/mail/typeset/ink"
)

// corpus is the mails to measure with: those of testdata, and those of the
// folder that POSTRIDER_HTML names, if it is set.
func corpus(b *testing.B) []string {
	paths, _ := filepath.Glob("testdata/*.html")
	if dir := os.Getenv("POSTRIDER_HTML"); dir != "" {
		more, _ := filepath.Glob(filepath.Join(dir, "open", "html", "*.html"))
		paths = append(paths, more...)
	}
	var mails []string
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		mails = append(mails, strings.ToValidUTF8(string(source), string(utf8.RuneError)))
	}
	return mails
}

// spread measures one thing for each mail, and reports the middle, the slow end
// and the memory. Each mail is measured twice, and the second time counts: faces
// and words are known by then.
func spread(b *testing.B, measure func(mail string) func()) {
	mails := corpus(b)
	var times, bytes []float64
	for b.Loop() {
		times, bytes = times[:0], bytes[:0]
		for _, mail := range mails {
			measure(mail)()
			run := measure(mail)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			run()
			times = append(times, float64(time.Since(start).Microseconds())/1000)
			runtime.ReadMemStats(&after)
			bytes = append(bytes, float64(after.TotalAlloc-before.TotalAlloc)/1e6)
		}
	}
	slices.Sort(times)
	slices.Sort(bytes)
	at := func(v []float64, percent int) float64 { return v[min(len(v)-1, len(v)*percent/100)] }
	b.ReportMetric(at(times, 50), "ms-p50")
	b.ReportMetric(at(times, 95), "ms-p95")
	b.ReportMetric(at(times, 100), "ms-max")
	b.ReportMetric(at(bytes, 95), "MB-p95")
	b.ReportMetric(0, "ns/op")
}

func styled(source string, width float64) (*html.Document, *css.Styles) {
	doc := html.Parse(source)
	return doc, css.Parse(doc).Cascade(css.Media{Width: width, Metrics: box.Metrics(library())})
}

func laidOut(doc *html.Document, styles *css.Styles, width float64) *display.Page {
	return box.Layout(doc, styles, box.Options{Width: width, Library: library(), Pictures: standIns{}})
}

// From bytes to the pixels of the first screen: what a person waits for after
// choosing a mail.
func BenchmarkFirstScreen(b *testing.B) {
	k := ink.New()
	screen := image.NewRGBA(image.Rect(0, 0, 600, 800))
	look := &paint.Look{Paper: color.NRGBA{255, 255, 255, 255}, Library: library(), Picture: func(string) image.Image { return nil }, Current: -1}
	spread(b, func(mail string) func() {
		return func() {
			doc, styles := styled(mail, 600)
			page := laidOut(doc, styles, 600)
			paint.Paint(k.Canvas(screen, 1, 0, 0), page, display.Rect{W: 600, H: 800}, look)
		}
	})
}

// The same screen by Chromium, to compare with in the same run: the mail is set,
// laid out and painted.
func BenchmarkFirstScreenChromium(b *testing.B) {
	c := openBrowser(b, 600, 800)
	spread(b, func(mail string) func() {
		return func() {
			if err := c.draw(mail); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The pane became wider: style sheets are asked again, as they may depend on it.
func BenchmarkRelayout(b *testing.B) {
	spread(b, func(mail string) func() {
		doc := html.Parse(mail)
		sheets := css.Parse(doc)
		return func() {
			styles := sheets.Cascade(css.Media{Width: 640, Metrics: box.Metrics(library())})
			laidOut(doc, styles, 640)
		}
	})
}
