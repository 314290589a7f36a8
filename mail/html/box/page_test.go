package box_test

import (
	"strings"
	"testing"

	"postrider/mail/html/display"
)

// middle is the middle of the first rectangle of a text on a page.
func middle(t *testing.T, p *display.Page, text string) (x, y float32) {
	t.Helper()
	found := p.Find(text)
	if len(found) == 0 {
		t.Fatalf("%q is not in %q", text, p.Text())
	}
	rects := p.Rects(found[0].From, found[0].To)
	if len(rects) == 0 {
		t.Fatalf("%q is nowhere", text)
	}
	return rects[0].X + rects[0].W/2, rects[0].Y + rects[0].H/2
}

// Text is read in the order of the mail, whatever floats where: that is what is
// copied and searched.
func TestTextIsInTheOrderOfTheMail(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"paragraphs", "<p>one two</p><p>three</p>", "one two\nthree"},
		{"lines", "a<br>b", "a\nb"},
		{"wrapped lines are not ended", `<p style="width:60px">wrapped over two lines</p>`, "wrapped over two lines"},
		{"hyphens that show at the end of a line", `<p style="width:50px">Boots&shy;anlege&shy;stelle</p>`, "Bootsanlegestelle"},
		{"words broken anywhere", `<p style="width:50px;word-break:break-all">Bootsanlegestelle</p>`, "Bootsanlegestelle"},
		{"inline elements", "a<b>b</b> c <i>d</i>.", "ab c d."},
		{"cells", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td"},
		{"floats", `<div style="float:right">right</div><p>text</p>`, "right\ntext"},
		{"placed boxes", `<div style="position:relative">a<div style="position:absolute;top:50px">b</div>c</div>`, "a\nb\nc"},
		{"hidden text", `a <span style="visibility:hidden">no</span><span style="display:none">no</span> b`, "a b"},
		{"lists", "<ul><li>one<li>two</ul>", "• one\n• two"},
		{"transformed", `<p style="text-transform:uppercase">loud</p>`, "LOUD"},
		{"no-break spaces", "10&nbsp;kg", "10\u00a0kg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := layout(c.source, 400).Text(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFindIgnoresCaseAndLineEnds(t *testing.T) {
	p := layout(`<p style="width:80px">The Quick Brown Fox</p><p>another quick  brown one</p>`, 400)
	found := p.Find("quick brown")
	if len(found) != 2 {
		t.Fatalf("found %v in %q", found, p.Text())
	}
	if got := p.Text()[found[0].From:found[0].To]; got != "Quick Brown" {
		t.Errorf("found %q", got)
	}
	if rects := p.Rects(found[0].From, found[0].To); len(rects) != 2 || rects[0].Y >= rects[1].Y {
		t.Errorf("over the end of a line it covers %v", rects)
	}
}

func TestSelectionFollowsThePointer(t *testing.T) {
	p := layout("<p>Hello brave world</p><p>שלום עולם</p>", 400)
	x, y := middle(t, p, "brave")
	at, over := p.TextAt(x, y)
	if word := p.WordAt(at); !over || p.Text()[word.From:word.To] != "brave" {
		t.Errorf("the word at %g,%g is %q", x, y, p.Text()[word.From:word.To])
	}
	if at, over := p.TextAt(x, 10_000); over || at != len(p.Text()) && at != strings.Index(p.Text(), "שלום") && at < len("Hello brave world") {
		t.Errorf("below everything the text is at %d, over %v", at, over)
	}
	if at, _ := p.TextAt(0, y); at != 0 {
		t.Errorf("left of the line the text is at %d", at)
	}
	first, last := p.Rects(len("Hello brave world\n"), len("Hello brave world\n")+2), p.Rects(len(p.Text())-2, len(p.Text()))
	if len(first) != 1 || len(last) != 1 || first[0].X <= last[0].X {
		t.Errorf("Hebrew begins at %v and ends at %v", first, last)
	}
}

func TestLinksAreWhereTheyAreDrawn(t *testing.T) {
	p := layout(`<p style="width:120px">see <a href="https://example.com/a">a link over two lines</a></p>
<a href="https://example.com/b" style="display:block;padding:20px">block</a>
<a href="https://example.com/c"><img src="stand-in:50x50"></a>
<a href="https://example.com/d"><h2>heading</h2></a>`, 400)
	for text, target := range map[string]string{"a link": "a", "two lines": "a", "block": "b", "heading": "d"} {
		x, y := middle(t, p, text)
		if i, ok := p.LinkAt(x, y); !ok || p.Links[i].Target != "https://example.com/"+target {
			t.Errorf("%q leads to link %d (%v)", text, i, ok)
		}
	}
	x, y := middle(t, p, "block")
	if i, ok := p.LinkAt(x+100, y+15); !ok || p.Links[i].Target != "https://example.com/b" {
		t.Error("the padding of a block is not part of its link")
	}
	if _, ok := p.LinkAt(5, 21); ok {
		t.Error("there is a link before the link")
	}
	for _, it := range p.Items {
		if it.Kind == display.Image {
			if i, ok := p.LinkAt(it.Rect.X+25, it.Rect.Y+25); !ok || p.Links[i].Target != "https://example.com/c" {
				t.Error("the picture is not part of its link")
			}
			if k, ok := p.ImageAt(it.Rect.X+25, it.Rect.Y+25); !ok || p.Images[k].Source != "stand-in:50x50" {
				t.Error("the picture is not found")
			}
		}
	}
}

// A mail cannot draw outside of what hides its overflow, nor be clicked there.
func TestClippedContentIsNotThere(t *testing.T) {
	p := layout(`<div style="overflow:hidden;height:20px;width:100px"><a href="https://example.com" style="display:block;height:500px;width:500px">x</a></div><p>below</p>`, 400)
	if _, ok := p.LinkAt(50, 200); ok {
		t.Error("a link can be clicked where it is hidden")
	}
	if p.Height > 100 || p.ContentWidth > 400 {
		t.Errorf("the page is %g×%g", p.ContentWidth, p.Height)
	}
}

// A first letter in a style of its own is part of its word for those who copy or
// search.
func TestFirstLetterBelongsToItsWord(t *testing.T) {
	for _, float := range []string{"left", "none"} {
		p := layout(`<style>div::first-letter{font-size:40px;float:`+float+`}</style><p>Lead</p><div><p> For a decade</p></div>`, 300)
		if !strings.Contains(p.Text(), "For a decade") || len(p.Find("for")) != 1 {
			t.Errorf("float %s: the text is %q", float, p.Text())
		}
		if len(p.Runs) != 3 {
			t.Errorf("float %s: %d runs, want the letter apart", float, len(p.Runs))
		}
	}
}
