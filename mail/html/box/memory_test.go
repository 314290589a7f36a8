package box_test

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
)

// memoryAtMost is what a hostile mail may take beside its own bytes: those who
// wrote it get no more than that.
const memoryAtMost = 100 << 20

// Mail that was written to use up the memory. All ends with what could be
// drawn.
func TestHostileMailTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	many := strings.Repeat
	distinct := func(n int, each func(b *strings.Builder, i int)) string {
		var b strings.Builder
		for i := range n {
			each(&b, i)
		}
		return b.String()
	}
	for _, tt := range []struct {
		name, source string
		shows        string // what its page has at least
	}{
		{"nested divs", many("<div>", 100_000) + "x", "x"},
		{"cells", "<table>" + many("<tr>"+many("<td>x", 200), 1000) + "</table>", "x"},
		{"cells in one row", "<table><tr>" + many("<td>x", 200_000) + "</table>", "x"},
		{"wide spans", many("<table><tr><td colspan=999999999>a<td rowspan=999999999>b<tr><td>c</table>", 50), "c"},
		{"a long attribute", `<p title="` + many("a", 20<<20) + `">x</p>`, "x"},
		{"a long style", `<p style="` + many("color:red;", 2<<20) + `">x</p>`, "x"},
		{"words", "<p>" + many("lorem ipsum dolor ", 300_000), "dolor"},
		{"other words", distinct(500_000, func(b *strings.Builder, i int) { fmt.Fprintf(b, "w%d ", i*7919) }), "w7919"},
		{"one word", "<p>" + many("a", 5<<20), "aaa"},
		{"a word broken anywhere", `<p style="word-break:break-all">` + many("a", 5<<20), "aaa"},
		{"ideographs", distinct(1_700_000, func(b *strings.Builder, i int) { b.WriteRune(rune(0x4e00 + i*7919%20_000)) }), "一"},
		{"right to left", "<p>" + many("مرحبا بالعالم ", 200_000), "مرحبا"},
		{"both directions", "<p>" + many("שלום hello مرحبا ", 150_000), "hello"},
		{"one word from right to left", "<p>" + many("مرحبا", 500_000), "مرحبا"},
		{"emoji", "<p>" + many("😀👩‍👩‍👧🇩🇪", 100_000), "😀"},
		{"padding in padding", many(`<div style="padding:1px;border:1px solid">`, 300) + many("word ", 500_000), "word"},
		{"padding on the line", many(`<span style="padding:1px;border:1px solid;background:red">`, 250) + many("word ", 500_000), "word"},
		{"calc in calc", `<p style="width:calc(` + many("(1px + ", 100_000) + "1px" + many(")", 100_000) + `)">x</p>`, "x"},
		{"variables of variables", "<style>:root{--a0:x;" + distinct(60, func(b *strings.Builder, i int) { fmt.Fprintf(b, "--a%d:var(--a%d)var(--a%d);", i+1, i, i) }) + "}p{font-family:var(--a60);width:var(--a60)}</style><p>x</p>", "x"},
		{"rules for everything", "<style>" + many(".a .b:nth-child(2n+1){color:red;margin:1px 2px}", 40_000) + "</style>" + many("<p class='a b'>x", 20_000), "x"},
		{"styles of their own", distinct(40_000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<span style="font-size:%d.%04dpx">ab</span> `, 10+i%20, i)
		}), "ab"},
		{"shadows and gradients", many(`<div style="background:linear-gradient(red,blue,red,blue);box-shadow:0 0 9px red,0 0 9px red;height:1px">x</div>`, 40_000), "x"},
		{"floats", many(`<div style="float:left;width:1px">x</div>`, 50_000), "x"},
		{"lines as they stand", "<pre>" + many("a b\n", 1_000_000), "a b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, peak := peakOf(tt.source)
			if !strings.Contains(text, tt.shows) {
				t.Errorf("the page does not have %q: %.40q", tt.shows, text)
			}
			if peak > memoryAtMost {
				t.Errorf("it takes %d MB", peak>>20)
			}
			t.Logf("%d MB", peak>>20)
		})
	}
}

// peakOf lays a mail out, and gives its text and the memory that was in use at
// the worst moment. What is garbage counts unless it was collected in time, and
// it is collected more often than usual: how long it may lie about is the
// program's choice, not the mail's.
func peakOf(source string) (text string, peak uint64) {
	layout("<p>x", 600)
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	before := heapInUse()
	done, top := make(chan struct{}), make(chan uint64)
	go func() {
		most := before
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				top <- most
				return
			case <-tick.C:
				most = max(most, heapInUse())
			}
		}
	}()
	doc := html.Parse(source)
	styles := css.Parse(doc).Cascade(css.Media{Width: 600, Metrics: box.Metrics(library())})
	p := box.Layout(doc, styles, box.Options{Width: 600, Library: library(), Pictures: standIns{}})
	close(done)
	return p.Text(), <-top - before
}

// heapInUse is how many bytes the program's objects have.
func heapInUse() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
