package box_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
)

// patience is a stop callback that gives up after so many questions.
func patience(questions int) func() bool {
	return func() bool {
		questions--
		return questions < 0
	}
}

func layoutPatiently(source string, width float64, questions int) *display.Page {
	doc := html.Parse(source)
	styles := css.Parse(doc).Cascade(css.Media{Width: width, Metrics: box.Metrics(library())})
	return box.Layout(doc, styles, box.Options{Width: width, Library: library(), Pictures: standIns{}, Stop: patience(questions)})
}

// Nobody writes such mail for people. It must end, without a panic, with what
// could be drawn, and with a page that can be painted.
func TestHostileMailEnds(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	for name, source := range map[string]string{
		"nested divs":          many("<div>", 100_000) + "x",
		"nested inline":        many("<i>", 2_000) + "x",
		"nested inline blocks": many(`<span style="display:inline-block">`, 300) + "x",
		"nested tables":        many("<table width=50%><tr><td>", 300) + "x",
		"nested flex":          many(`<div style="display:flex">`, 300) + "x",
		"nested absolute":      many(`<div style="position:absolute;left:1px">`, 300) + "x",
		"nested percent cells": many(`<table height=100%><tr><td height=100%>`, 60) + "x",
		"many cells":           "<table><tr>" + many("<td>x", 50_000) + "</table>",
		"many rows":            "<table>" + many("<tr><td>x<td>y", 20_000) + "</table>",
		"wide spans":           many("<table><tr><td colspan=999999999>a<td rowspan=999999999>b<tr><td>c</table>", 50),
		"overlapping spans":    "<table>" + many("<tr>"+many("<td rowspan=65000 colspan=1000>a", 20), 500) + "</table>",
		"huge lengths":         `<div style="width:1e9px;height:1e9px;margin:1e9px;padding:1e9px;border:1e9px solid;font-size:1e9px;line-height:1e9px">x</div>`,
		"negative lengths":     `<div style="margin:-1e9px;text-indent:-1e9px;letter-spacing:-1e9px;word-spacing:-1e9px">x y</div>`,
		"a long word":          "<p>" + many("a", 1_000_000),
		"a long broken word":   `<p style="word-break:break-all">` + many("a", 200_000),
		"many floats":          many(`<div style="float:left;width:1px">x</div>`, 20_000),
		"floats and text":      many(`<div style="float:left;width:30%;height:1px">x</div><p>text`, 10_000),
		"many breaks":          many("<br>", 100_000),
		"tabs":                 "<pre>" + many("\t", 200_000),
		"padded inline":        many(`<span style="padding:1px">`, 200) + many("word ", 20_000),
		"collapsed borders":    `<table style="border-collapse:collapse" border=1>` + many("<tr>"+many("<td>x", 100), 100) + "</table>",
		"right to left":        "<p dir=rtl>" + many("שלום hello ", 20_000),
		"infinite sizes":       `<img src="stand-in:1e300x1e300" style="width:calc(100% * 1e300)"><table width="1e300%"><tr><td width=1e300>x`,
	} {
		t.Run(name, func(t *testing.T) {
			p := layoutPatiently(source, 600, 20_000)
			checkPage(t, p)
		})
	}
}

// checkPage makes sure that a page is what those who show it rely on.
func checkPage(t *testing.T, p *display.Page) {
	t.Helper()
	if p.Height < 0 || p.Height > 200_000 || p.ContentWidth < p.Width || p.ContentWidth > 20_000 {
		t.Errorf("the page is %g×%g", p.ContentWidth, p.Height)
	}
	for i := range p.Items {
		it := &p.Items[i]
		if r := it.Rect; r.X != r.X || r.Y != r.Y || r.W != r.W || r.H != r.H {
			t.Fatalf("item %d has no place: %v", i, r)
		}
		if it.Clip < 0 || int(it.Clip) >= len(p.Clips) {
			t.Fatalf("item %d has clip %d of %d", i, it.Clip, len(p.Clips))
		}
	}
	last := 0
	for i := range p.Runs {
		r := &p.Runs[i]
		if r.From < last || r.To < r.From || r.To > len(p.Text()) {
			t.Fatalf("run %d is text %d to %d, after %d", i, r.From, r.To, last)
		}
		last = r.To
	}
	for _, q := range []string{"x", "word", "not there"} {
		for _, f := range p.Find(q) {
			p.Rects(f.From, f.To)
		}
	}
	for y := float32(0); y < 2000; y += 333 {
		if at, _ := p.TextAt(300, y); at < 0 || at > len(p.Text()) {
			t.Fatalf("the text at height %g is at %d of %d", y, at, len(p.Text()))
		}
		p.LinkAt(300, y)
		p.ImageAt(300, y)
	}
}

// What was laid out before the time was over is there.
func TestStoppedLayoutShowsItsBeginning(t *testing.T) {
	p := layoutPatiently("<p>Beginning</p>"+strings.Repeat("<p>and so on</p>", 5_000), 600, 3)
	if !p.Partial || !strings.HasPrefix(p.Text(), "Beginning") {
		t.Errorf("partial %v, text %.40q", p.Partial, p.Text())
	}
}

func FuzzLayout(f *testing.F) {
	mails, _ := filepath.Glob("testdata/*.html")
	for _, path := range mails {
		source, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source), 400)
	}
	f.Add(`<table><tr><td colspan=3 rowspan=0 style="display:flex"><caption>x`, 1)
	f.Fuzz(func(t *testing.T, source string, width int) {
		checkPage(t, layoutPatiently(source, float64(width%3000), 2_000))
	})
}

// A reader is told when the end is missing; nobody else's page has a button.
func TestMissingEndIsTold(t *testing.T) {
	long := "<p>" + strings.Repeat("word ", 200_000)
	for _, tt := range []struct {
		source string
		folded func(html.ID) bool
		want   int
	}{
		{long, func(html.ID) bool { return true }, 1},
		{long, nil, 0},
		{"<p>short", func(html.ID) bool { return true }, 0},
	} {
		doc := html.Parse(tt.source)
		styles := css.Parse(doc).Cascade(css.Media{Width: 600, Metrics: box.Metrics(library())})
		p := box.Layout(doc, styles, box.Options{Width: 600, Library: library(), Folded: tt.folded})
		if len(p.Controls) != tt.want || tt.want > 0 && p.Controls[0].ID != display.MissingEnd {
			t.Errorf("%d bytes: %d buttons, want %d", len(tt.source), len(p.Controls), tt.want)
		}
	}
}
