package html

import (
	"fmt"
	"strings"
	"testing"
)

// outline writes a document as one line, for tests.
func outline(d *Document) string {
	var b strings.Builder
	var walk func(ID)
	walk = func(id ID) {
		n := d.Node(id)
		if n.Kind == Text {
			fmt.Fprintf(&b, "%q", n.Data)
			return
		}
		b.WriteString("<" + n.Data)
		for _, a := range d.Attrs(id) {
			fmt.Fprintf(&b, " %s=%s", a.Key, a.Val)
		}
		b.WriteString(">")
		for c := n.First; c != None; c = d.Node(c).Next {
			walk(c)
		}
		b.WriteString("</>")
	}
	walk(d.Body())
	return b.String()
}

func TestParseBuildsWhatABrowserWould(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"nothing", ``, `<body></>`},
		{"words", `a <b>b</b>`, `<body>"a "<b>"b"</></>`},
		{"a comment before html", `<!-- x --><html><body bgcolor=red>a</body></html>`, `<body bgcolor=red>"a"</>`},
		{"conditional comments", `<!--[if mso]><p>outlook</p><![endif]--><!--[if !mso]><!--><p>all</p><!--<![endif]-->`, `<body><p>"all"</></>`},
		{"downlevel-revealed", `a<![if !mso]>b<![endif]>c`, `<body>"a""b""c"</>`},
		{"what Word leaves", `<p>a<o:p></o:p></p><v:shape x=1>b</v:shape><xml><w:View>Normal</w:View></xml>`, `<body><p>"a"<o:p></></>"b"</>`},
		{"standards mode nesting", `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 3.2//EN"><p>a<table><tr><td>b</table>`, `<body><p>"a"</><table><tbody><tr><td>"b"</></></></></>`},
		{"space in tables", "<table> <tr>\n<td> a </td> </tr></table>", `<body><table><tbody><tr><td>" a "</></></></></>`},
		{"frames", `<frameset><frame src=x><noframes><body>a <b>b</b></noframes></frameset>`, `<body>"a "<b>"b"</></>`},
		{"noscript", `x<noscript><p>a</p></noscript>`, `<body>"x"<noscript><p>"a"</></></>`},
	} {
		if got := outline(Parse(c.source)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestParseTakesDangerOut(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{`a<script>alert(1)</script>b`, `<body>"a""b"</>`},
		{`<p onclick="x()" OnLoad=y id=z>a</p>`, `<body><p id=z>"a"</></>`},
		{`<iframe src=http://x.example></iframe>a<embed src=x><video src=x>v</video><audio></audio>`, `<body><iframe></>"a"<embed></><video></></>`},
		{`<object data=x.swf><param name=a>instead</object>`, `<body>"instead"</>`},
		{`<base href=http://evil.example/><a href=x>a</a>`, `<body><a href=x>"a"</></>`},
		{`<meta http-equiv=refresh content="0;url=http://x.example">a`, `<body>"a"</>`},
		{`<a href="javascript:alert(1)">a</a>`, `<body><a href=>"a"</></>`},
		{"<a href=\" \x01java\tscript\n:alert(1)\">a</a>", `<body><a href=>"a"</></>`},
		{`<a href="&#106;avascript:x">a</a>`, `<body><a href=>"a"</></>`},
		{`<a href="data:text/html,x">a</a><a href=file:///etc/passwd>b</a>`, `<body><a href=>"a"</><a href=>"b"</></>`},
		{`<img src="vbscript:x"><img src=cid:a><img src=data:image/png;base64,x>`, `<body><img></><img src=cid:a></><img src=data:image/png;base64,x></></>`},
		{`<form action=http://x.example><input name=a><button formaction=x>b</button></form>`, `<body><form><input name=a></><button>"b"</></></>`},
		{`<svg width=1><circle r=1 /></svg>`, `<body><svg width=1><circle r=1></></></>`},
		{`<svg><image href=http://x.example/a.png /></svg>a<svg><use href=http://x.example/#a /></svg><svg><script>x</script></svg>`, `<body>"a"</>`},
		{`<svg><style>*{background:url(http://x.example)}</style></svg>a`, `<body>"a"</>`},
		{`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`, `<body><math><mtext></></><mglyph></></>`},
	} {
		if got := outline(Parse(c.source)); !strings.HasPrefix(c.source, "<math>") && got != c.want || strings.Contains(got, " onerror=") {
			t.Errorf("%s\ngot  %s\nwant %s", c.source, got, c.want)
		}
	}
}

// sound fails unless the links of a document agree with each other.
func sound(t *testing.T, d *Document) {
	t.Helper()
	for id := range ID(d.Len()) {
		n := d.Node(id)
		if n.Parent >= id || n.End <= id || int(n.End) > d.Len() {
			t.Fatalf("node %d: parent %d, end %d", id, n.Parent, n.End)
		}
		last := None
		for c := n.First; c != None; last, c = c, d.Node(c).Next {
			if m := d.Node(c); m.Parent != id || m.Prev != last || m.End > n.End {
				t.Fatalf("node %d in %d is not linked well", c, id)
			}
		}
		if n.Last != last {
			t.Fatalf("node %d: last %d, want %d", id, n.Last, last)
		}
	}
	if !d.Is(Root, d.Node(Root).Tag) || d.Node(d.Body()).Data != "body" {
		t.Fatal("no html or no body")
	}
}

func TestParseSurvivesHostileSources(t *testing.T) {
	many := strings.Repeat
	for _, c := range []struct{ name, source string }{
		{"deep", many("<div>", 100_000) + "word"},
		{"deep, with ends", many("<div>", 20_000) + "word" + many("</div>", 20_000)},
		{"tables in tables", many("<table><tr><td>", 3000) + "word"},
		{"cells", "<table><tr>" + many("<td>x", 200_000) + "word"},
		{"formatting left open", many("<font size=1><b><i>", 60) + many("<p>x", 40_000) + "word"},
		{"different fonts left open", fonts(400) + many("<p>x", 10_000) + "word"},
		{"stray ends", many("x</q>", 300_000) + "word"},
		{"a large attribute", `<p title="` + many("x", 20<<20) + `">word</p>`},
		{"many attributes", "<p " + many("a=1 b=2 c=3 ", 100_000) + ">word"},
		{"a large picture", `<img src="data:image/png;base64,` + many("A", 6<<20) + `">word`},
		{"a long word", many("x", 5<<20-100) + " word"},
		{"forms of svg", many("<svg><g>", 5000) + "word"},
		{"select", "<select>" + many("<option>x", 100_000) + "</select>word"},
		{"no end of a comment", "word<!--" + many("x", 1<<20)},
		{"unfinished tag", "word<p " + many("x", 1<<20)},
	} {
		d := Parse(c.source)
		sound(t, d)
		if text := d.TextOf(d.Body()); !strings.Contains(text, "word") {
			t.Errorf("%s: the word is lost; %d nodes, %d bytes of text", c.name, d.Len(), len(text))
		}
		if d.Len() > maxNodes {
			t.Errorf("%s: %d nodes", c.name, d.Len())
		}
		depth := 0
		for id := range ID(d.Len()) {
			n := 0
			for p := id; p != None && n < 1000; p = d.Node(p).Parent {
				n++
			}
			depth = max(depth, n)
		}
		if depth > maxDepth+2 {
			t.Errorf("%s: depth %d", c.name, depth)
		}
	}
}

func fonts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<font color=#%06d>", i)
	}
	return b.String()
}

func FuzzParse(f *testing.F) {
	f.Add("<table><td><p><b>x<!--[if mso]>y<![endif]--><a href=javascript:1 onclick=x>")
	f.Add("<svg><p><style><a title='</style><img src=x onerror=1>'>")
	f.Add("<div style='display:none'><img src=//x.example/a width=1>")
	f.Add("On Monday, Ada <a@b.example> wrote:<blockquote type=cite>x</blockquote>")
	f.Fuzz(func(t *testing.T, source string) {
		d := Parse(source)
		sound(t, d)
		for id := range ID(d.Len()) {
			for _, a := range d.Attrs(id) {
				if strings.HasPrefix(a.Key, "on") || a.Key == "href" && Refuses(a.Val) {
					t.Fatalf("kept %s=%q", a.Key, a.Val)
				}
			}
			if d.Node(id).Data == "script" && d.Node(id).Kind == Element {
				t.Fatal("kept a script")
			}
		}
	})
}
