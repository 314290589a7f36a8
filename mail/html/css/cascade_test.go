package css

import (
	"strings"
	"testing"

	"postrider/mail/html"
)

// Which of the rules in a sheet apply to the element x; each sets z-index to
// its place, the last one that applies wins.
func TestSelectorsMatch(t *testing.T) {
	const body = `<div class="a b" id=d1><p class=first>1</p><p id=x class="c Hero big" title="one two" lang=en-GB align=CENTER data-x=abc>2 <a href=y>l</a></p><!-- --><span>3</span></div>`
	for _, c := range []struct {
		sel  string
		want bool
	}{
		{"p", true}, {"P", true}, {"div", false}, {"*", true}, {"#x", true}, {"#X", false}, {".c", true}, {".hero", false}, {".Hero.c", true}, {"p.c#x", true},
		{".bi", false}, {".ig", false}, {"div p", true}, {"div>p", true}, {"body > p", false}, {"body p", true}, {".a.b > .c", true}, {"html body div p", true},
		{"p + p", true}, {"p ~ p", true}, {"span + p", false}, {".first+#x", true}, {"p+span", false},
		{"[title]", true}, {"[title='one two']", true}, {"[title~=two]", true}, {"[title^=one]", true}, {"[title$=two]", true}, {"[title*='e t']", true}, {"[title=one]", false},
		{"[lang|=en]", true}, {"[align=center]", true}, {"[data-x=ABC]", false}, {"[data-x=ABC i]", true}, {"[data-y]", false}, {"[title^='']", false},
		{":first-child", false}, {"p:last-child", false}, {"p:nth-child(2)", true}, {"p:nth-child(even)", true}, {"p:nth-child(odd)", false}, {":nth-child(2n)", true}, {":nth-child(-n+2)", true}, {":nth-child(n+3)", false},
		{"p:last-of-type", true}, {"p:first-of-type", false}, {":nth-last-child(2)", true}, {"p:only-child", false}, {"p:nth-of-type(2)", true},
		{"p:not(.first)", true}, {"p:not(#x)", false}, {":not(div, span)", true}, {":is(p, q)", true}, {":where(.c) ", true}, {"p:has(a)", true}, {"p:has(b)", false}, {"p:has(> a)", true},
		{"p:hover", false}, {"p:focus", false}, {":root p", true}, {"p:empty", false}, {"div:not(:hover) p", true},
		{"p:nonsense", false}, {"p::before", false}, {"p::selection", false}, {"p..c", false}, {"p >", false}, {"> p", false}, {"p,", false}, {".1a", false}, {`.\63`, true}, {"u + .body p", false},
		{"p, :nonsense", false}, {"p, a:hover", true}, {"q, p", true}, {"svg|p", false}, {"@media p", false}, {"p /* x */ ", true}, {"div/**/p", false}, {"p:first-line", false},
	} {
		got := strings.Contains(look(t, "<style>"+c.sel+"{z-index:1}</style>"+body), "Z=1")
		if got != c.want {
			t.Errorf("%s: got %v", c.sel, got)
		}
	}
}

func TestCascadeOrder(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"later wins", `<style>p{z-index:1}p{z-index:2}</style><p id=x>`, "2"},
		{"a class beats a type", `<style>.c{z-index:1}p{z-index:2}</style><p id=x class=c>`, "1"},
		{"an id beats classes", `<style>#x{z-index:1}.c.c.c{z-index:2}</style><p id=x class=c>`, "1"},
		{"inline beats an id", `<style>#x{z-index:1}</style><p id=x style="z-index:2">`, "2"},
		{"important beats inline", `<style>p{z-index:1!important}</style><p id=x style="z-index:2">`, "1"},
		{"important inline beats important", `<style>#x{z-index:1!important}</style><p id=x style="z-index:2 ! important">`, "2"},
		{"where has no weight", `<style>p{z-index:1}:where(#x){z-index:2}</style><p id=x>`, "1"},
		{"is has the heaviest", `<style>:is(#y, p){z-index:1}.c{z-index:2}</style><p id=x class=c>`, "1"},
		{"sheets in the body count", `<style>p{z-index:1}</style><p id=x><style>p{z-index:2}</style>`, "2"},
		{"of another type not", `<style>p{z-index:1}</style><style type=text/less>p{z-index:2}</style><p id=x>`, "1"},
		{"of another medium not", `<style>p{z-index:1}</style><style media=print>p{z-index:2}</style><p id=x>`, "1"},
		{"a broken rule is left out", `<style>p{z-index:1} q{{}} p..x{} p{z-index:2}</style><p id=x>`, "2"},
		{"a stray brace takes the next rule", `<style>p{z-index:1}} p{z-index:2} p{z-index:3}</style><p id=x>`, "3"},
		{"a comment of HTML", `<style><!-- p{z-index:1} --></style><p id=x>`, "1"},
		{"no end", `<style>p{z-index:1`, ""},
		{"supports", `<style>@supports (display:grid) and (not (foo:bar)){p{z-index:1}} @supports (foo:bar){p{z-index:2}}</style><p id=x>`, "1"},
		{"imports and faces", `<style>@import url(x.css); @font-face{font-family:x;src:url(y)} @charset "x"; p{z-index:1} @keyframes a{from{z-index:2}}</style><p id=x>`, "1"},
		{"variables", `<style>:root{--a:3;--b:var(--a)}p{z-index:var(--b)}</style><p id=x>`, "3"},
		{"a variable that is not there", `<style>p{z-index:1;z-index:var(--a)}</style><p id=x>`, "1"},
		{"its stand-in", `<style>p{z-index:var(--a, 4)}</style><p id=x>`, "4"},
		{"a variable of an element", `<style>p{z-index:var(--a)}</style><div style="--a:5"><p id=x></div>`, "5"},
		{"a circle of variables", `<style>p{--a:var(--b);--b:var(--a);z-index:1;z-index:var(--a)}</style><p id=x>`, "1"},
		{"initial", `<style>p{z-index:1}</style><p id=x style="z-index:initial">`, ""},
		{"inherit", `<div style="z-index:7"><p id=x style="z-index:inherit"></div>`, "7"},
		{"all", `<style>p{z-index:1}</style><p id=x style="all:unset">`, ""},
	} {
		if c.name == "no end" {
			c.source += `</style><p id=x>`
		}
		_, got, _ := strings.Cut(look(t, c.source), " Z=")
		got, _, _ = strings.Cut(got, " ")
		if c.name == "no end" {
			c.want = "1"
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMediaQueries(t *testing.T) {
	for _, c := range []struct {
		query string
		media Media
		want  bool
	}{
		{"", Media{Width: 600}, true},
		{"all", Media{Width: 600}, true},
		{"screen", Media{Width: 600}, true},
		{"print", Media{Width: 600}, false},
		{"print", Media{Width: 600, Print: true}, true},
		{"only screen and (max-width:600px)", Media{Width: 600}, true},
		{"only screen and (max-width:599px)", Media{Width: 600}, false},
		{"screen and (max-width: 37.5em)", Media{Width: 600}, true},
		{"(min-width:600px) and (max-width:700px)", Media{Width: 650}, true},
		{"(min-width:600px) and (max-width:700px)", Media{Width: 800}, false},
		{"print, (min-width:1px)", Media{Width: 600}, true},
		{"not print", Media{Width: 600}, true},
		{"not screen and (max-width:700px)", Media{Width: 600}, false},
		{"(max-device-width:480px)", Media{Width: 480}, true},
		{"(width <= 600px)", Media{Width: 600}, true},
		{"(width < 600px)", Media{Width: 600}, false},
		{"(400px <= width <= 600px)", Media{Width: 500}, true},
		{"(400px <= width <= 600px)", Media{Width: 700}, false},
		{"(600px >= width)", Media{Width: 700}, false},
		{"(prefers-color-scheme:dark)", Media{Width: 600}, false},
		{"(prefers-color-scheme:dark)", Media{Width: 600, Dark: true}, true},
		{"(orientation:landscape)", Media{Width: 600}, true},
		{"(orientation:portrait)", Media{Width: 600, Height: 800}, true},
		{"(-webkit-min-device-pixel-ratio:2)", Media{Width: 600}, false},
		{"(-webkit-min-device-pixel-ratio:0)", Media{Width: 600}, true},
		{"(min-resolution:192dpi)", Media{Width: 600}, false},
		{"(hover:hover)", Media{Width: 600}, true},
		{"(nonsense)", Media{Width: 600}, false},
		{"not all and (nonsense)", Media{Width: 600}, false},
		{"(max-width:600)", Media{Width: 600}, false},
		{"tv", Media{Width: 600}, false},
		{"screen (max-width:600px)", Media{Width: 600}, false},
		{"((max-width:600px) or (min-width:900px))", Media{Width: 600}, true},
		{"(max-width:500px) or (min-width:900px)", Media{Width: 600}, false},
		{"not (max-width:500px)", Media{Width: 600}, true},
		{"(color)", Media{Width: 600}, true},
		{"screen and (yahoo)", Media{Width: 600}, false},
	} {
		d, st := styled("<style>@media "+c.query+"{p{z-index:1}}</style><p id=x>", c.media)
		if got := st.Of(find(t, d)).Z == 1; got != c.want {
			t.Errorf("%q at %v: got %v", c.query, c.media.Width, got)
		}
	}
}

// What attributes and the browser's own sheet make of elements.
func TestElementsLookAsInABrowser(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{`<p id=x>`, "Display=2 Margin=16,0"},
		{`<h1 id=x>`, "Size=32 Weight=700 Display=2 Margin=21.44,0"},
		{`<b id=x>`, "Weight=700"},
		{`<a id=x href=y>`, "Color=#0000ee Deco=u2#0000ee"},
		{`<a id=x>`, ""},
		{`<body link=green><a id=x href=y>`, "Color=#008000 Deco=u2#008000"},
		{`<a href=y style="text-decoration:none"><u id=x>`, "Color=#0000ee Deco=u2#0000ee"},
		{`<a href=y><span id=x style="display:inline-block">`, "Color=#0000ee Display=3"},
		{`<u style="color:red"><span id=x>`, "Color=#ff0000 Deco=u2#ff0000"},
		{`<font id=x color=red size=5 face="Arial, serif">`, "Color=#ff0000 Family=Arial+(serif) Size=24"},
		{`<font id=x size=+1>`, "Size=18"}, {`<font id=x size=-9>`, "Size=10"}, {`<font id=x size=x>`, ""},
		{`<font id=x color=chucknorris>`, "Color=#c00000"},
		{`<center><div id=x>`, "Align=8 Display=2"},
		{`<p id=x align=right>`, "Align=7 Display=2 Margin=16,0"}, {`<h4 id=x align=center>`, "Weight=700 Align=4 Display=2 Margin=21.28,0"},
		{`<center><table><td id=x>`, "SpaceX=2 SpaceY=2 Display=12 VAlign=7 Padding=1"},
		{`<table id=x>`, "SpaceX=2 SpaceY=2 Display=6 BorderBox=true"},
		{`<table id=x width=600 height=50% bgcolor=#eee align=center cellspacing=0 border=0>`, "Display=6 Width=600 Height=50% Margin=0,auto BorderBox=true Background=#eeeeee"},
		{`<table id=x align=right width=0>`, "SpaceX=2 SpaceY=2 Display=6 Float=2 BorderBox=true"},
		{`<table id=x border=3>`, "SpaceX=2 SpaceY=2 Display=6 Border=3:9:#000000 BorderBox=true"},
		{`<table id=x border bordercolor=red>`, "SpaceX=2 SpaceY=2 Display=6 Border=1:2:#ff0000 BorderBox=true"},
		{`<table border=1><td id=x>`, "SpaceX=2 SpaceY=2 Display=12 VAlign=7 Padding=1 Border=1:8:#000000"},
		{`<table cellpadding=10><td id=x>`, "SpaceX=2 SpaceY=2 Display=12 VAlign=7 Padding=10"},
		{`<table cellpadding=10><td><table><td id=x>`, "SpaceX=2 SpaceY=2 Display=12 VAlign=7 Padding=1"},
		{`<table cellpadding=10><td id=x style="padding:0">`, "SpaceX=2 SpaceY=2 Display=12 VAlign=7"},
		{`<table><td id=x width=50% height=20 align=center valign=top nowrap bgcolor=ff0000 background=a.png>`, "Align=8 WhiteSpace=1 SpaceX=2 SpaceY=2 Display=12 VAlign=6 Width=50% Height=20 Padding=1 Background=#ff0000 Layers=[a.png 0,0 size0:auto,auto rep00 in10]"},
		{`<table><tr valign=bottom><td id=x width=100px>`, "SpaceX=2 SpaceY=2 Display=12 VAlign=8 Width=100 Padding=1"},
		{`<table><th id=x>`, "Weight=700 Align=4 SpaceX=2 SpaceY=2 Display=12 VAlign=7 Padding=1"},
		{`<table><tr align=right><th id=x>`, "Weight=700 Align=7 SpaceX=2 SpaceY=2 Display=12 VAlign=7 Padding=1"},
		{`<table width="100*"><td id=x width="abc">`, "SpaceX=2 SpaceY=2 Display=12 VAlign=7 Padding=1"},
		{`<img id=x width=100 height=50% hspace=3 border=1 align=left>`, "Display=2 Float=1 VAlign=6 Width=100 Height=50% Margin=0,3 Border=1:2:#000000 OverflowX=2 OverflowY=2"},
		{`<img id=x width=10 style="width:20px">`, "Width=20 OverflowX=2 OverflowY=2"},
		{`<hr id=x width=50% size=5 color=red>`, "Color=#808080 Display=2 Width=50% Height=3 Margin=8,auto Border=1:2:#ff0000 OverflowX=1 OverflowY=1 Background=#ff0000"},
		{`<pre id=x>`, "Family=(monospace) Size=13 WhiteSpace=2 Display=2 Margin=13,0"},
		{`<div style="font-size:20px"><code id=x>`, "Family=(monospace) Size=20"},
		{`<div style="font-size:1.5em"><code id=x>`, "Family=(monospace) Size=19.5"},
		{`<small id=x>`, "Size=13.333333"},
		{`<ul id=x>`, "Display=2 Margin=16,0 Padding=0,0,0,40"}, {`<ul><li><ul id=x>`, "ListType=2 Display=2 Padding=0,0,0,40"}, {`<ol id=x type=a>`, "ListType=6 Display=2 Margin=16,0 Padding=0,0,0,40"},
		{`<blockquote id=x>`, "Display=2 Margin=16,40"},
		{`<div id=x dir=rtl>`, "RTL=true Bidi=2 Display=2"}, {`<div id=x dir=auto>שלום</div>`, "RTL=true Bidi=2 Display=2"},
		{`<br id=x clear=all>`, "Clear=3"},
		{`<div id=x hidden>`, "Display=0"}, {`<div hidden><p id=x>`, "Display=0"}, {`<input id=x type=hidden>`, "Display=0"},
		{`<div id=x style="float:left;position:absolute">`, "Display=2 Position=2"}, {`<span id=x style="float:left">`, "Display=2 Float=1"},
		{`<div style="display:flex"><span id=x style="float:left">`, "Display=2"},
		{`<div style="line-height:1.5"><p id=x style="font-size:10px">`, "Size=10 LineHeight=15 Display=2 Margin=10,0"},
		{`<div style="line-height:150%"><p id=x style="font-size:10px">`, "Size=10 LineHeight=24 Display=2 Margin=10,0"},
		{`<body id=x bgcolor=black text=white topmargin=0 leftmargin=5>`, "Color=#ffffff Display=2 Margin=0,5 Background=#000000"},
	} {
		if got := look(t, c.source); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.source, got, c.want)
		}
	}
}

func TestGeneratedContent(t *testing.T) {
	for _, c := range []struct{ source, before, after string }{
		{`<style>p::before{content:"a" attr(title)}p:after{content:'\201C'}</style><p id=x title=b>`, "ab", "“"},
		{`<style>p:before{content:none}</style><p id=x>`, "-", "-"},
		{`<style>p:before{color:red}</style><p id=x>`, "-", "-"},
		{`<style>body{counter-reset:n 4}p{counter-increment:n}p:before{content:counter(n) "/" counter(n,lower-roman)}</style><p>a<p id=x>`, "6/vi", "-"},
		{`<style>ol{counter-reset:n}li{counter-increment:n}li:before{content:counters(n,".")}</style><ol><li>a<ol><li>b<li id=x>c</ol></ol>`, "1.2", "-"},
		{`<q id=x>`, "“", "”"},
		{`<style>p:before{content:"x";display:none}</style><p id=x>`, "-", "-"},
	} {
		d, st := styled(c.source, Media{Width: 600})
		id := find(t, d)
		for _, side := range []struct {
			name string
			have *Style
			want string
		}{{"before", st.Before(id), c.before}, {"after", st.After(id), c.after}} {
			got := "-"
			if side.have != nil {
				got = side.have.Content
			}
			if got != side.want {
				t.Errorf("%s, %s: got %q, want %q", c.source, side.name, got, side.want)
			}
		}
	}
}

func TestMarkers(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{`<ul><li id=x>`, "• "}, {`<ul><li><ul><li id=x>`, "◦ "}, {`<ol><li><li id=x>`, "2. "}, {`<ol start=5><li id=x>`, "5. "}, {`<ol><li value=9><li id=x>`, "10. "},
		{`<ol reversed><li id=x><li><li>`, "3. "}, {`<ol type=A><li value=28 id=x>`, "AB. "}, {`<ol type=i><li value=1999 id=x>`, "mcmxcix. "}, {`<ol type=a start=0><li id=x>`, "0. "},
		{`<ul style="list-style:none"><li id=x>`, ""}, {`<ol><li style="display:block"><li id=x>`, "1. "}, {`<ol style="list-style-type:lower-greek"><li id=x>`, "α. "},
		{`<ul style="list-style-type:'→ '"><li id=x>`, "→ "}, {`<ol style="list-style:decimal-leading-zero"><li id=x>`, "01. "}, {`<ol><li><ul><li></ul><li id=x>`, "2. "},
	} {
		d, st := styled(c.source, Media{Width: 600})
		if got := st.Marker(find(t, d)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.source, got, c.want)
		}
	}
}

func TestEqualLooksAreOneStyle(t *testing.T) {
	d, st := styled(strings.Repeat(`<p style="color:red;font-family:Arial,sans-serif;background:url(a)">x</p>`, 50), Media{Width: 600})
	seen := map[*Style]bool{}
	for id := range html.ID(d.Len()) {
		if d.Node(id).Data == "p" {
			seen[st.Of(id)] = true
		}
	}
	if len(seen) != 1 {
		t.Errorf("got %d styles, want 1", len(seen))
	}
}

func TestHostileSheetsEnd(t *testing.T) {
	many := strings.Repeat
	var bombs strings.Builder
	bombs.WriteString(":root{--v0:x x x x x x x x;")
	for i := range 40 {
		n := string(rune('0'+i/10)) + string(rune('0'+i%10))
		bombs.WriteString("--w" + n + ":" + many("var(--w"+string(rune('0'+(i+1)/10))+string(rune('0'+(i+1)%10))+") ", 10) + ";")
	}
	bombs.WriteString("--w40:1px}p{margin:var(--w00)}")
	nodes := many("<div class=a><p>x", 200)
	for _, c := range []struct{ name, source string }{
		{"variables", "<style>" + bombs.String() + "</style>" + many("<p>x</p>", 5000)},
		{"calc", `<p style="width:calc(` + many("(1px + ", 50_000) + `">`},
		{"min in min", `<p style="width:` + many("min(1px,", 50_000) + `">`},
		{"not in not", `<style>` + many(":not(", 50_000) + "p" + many(")", 50_000) + `{color:red}</style><p>`},
		{"descendants", `<style>` + many("div ", 31) + `q{color:red}` + many(many("div ", 30)+".a > q{color:red}", 500) + `</style>` + nodes},
		{"has", `<style>` + many("*:has(* * * * q){color:red}", 300) + `</style>` + many("<div><p>x</div>", 5000)},
		{"siblings", `<style>` + many("p ~ p ~ p ~ q{color:red}", 200) + `</style>` + many("<p>x", 20000) + "<q>"},
		{"media in media", `<style>` + many("@media all{", 50_000) + `p{color:red}</style><p>`},
		{"open brackets", `<style>` + many("{([", 100_000) + `</style><p>`},
		{"rules", `<style>` + many("p{color:red}.a{color:red}*{color:red}", 40_000) + `</style>` + many("<p class=a>x", 3000)},
		{"gradients", `<p style="background:` + many("linear-gradient(red,blue),", 10_000) + `red">`},
		{"shadows", `<p style="box-shadow:` + many("0 0 1px red,", 50_000) + `0 0 1px red">`},
		{"large numbers", `<p id=x style="width:1e99px;height:-1e99px;margin:99999999999999999999px;font-size:1e30px;line-height:1e30">`},
		{"not a number", `<p id=x style="width:calc(1px/0);opacity:calc(0/0);width:calc(1e300px*1e300)">`},
		{"counters", `<style>p{counter-reset:` + many("a 1 ", 1000) + `}p:before{content:counters(a,"xxxxxxxx")}</style>` + many("<div><p>x", 120)},
		{"content", `<style>p:before{content:` + many(`"xxxxxxxxxx" `, 60) + `}</style>` + many("<p>x", 20000)},
		{"styles", manyStyles(20000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, st := styled(c.source, Media{Width: 600})
			for id := range html.ID(d.Len()) {
				if s := st.Of(id); s != nil && (s.Size != s.Size || s.Width.Px != s.Width.Px) {
					t.Error("not a number")
				}
			}
		})
	}
}

func manyStyles(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`<p style="z-index:`)
		b.WriteString(strings.Repeat("1", i%5+1))
		b.WriteString(string(rune('0' + i%10)))
		b.WriteString(`">x`)
	}
	return b.String()
}

func FuzzCascade(f *testing.F) {
	f.Add("p > a:not(.b)::before{content:counter(x);margin:calc(1px + 2%) auto}@media (max-width:9px){*{color:var(--x)}}", "font:bold 12px/1.5 a,b;background:url(x) 1px/cover,linear-gradient(red,blue)")
	f.Add(":root{--a:var(--b);--b:1px}p{width:var(--a,2px)}", "border:1px solid;all:inherit;grid-template-columns:repeat(2,1fr)")
	f.Fuzz(func(t *testing.T, sheet, inline string) {
		source := "<style>" + strings.ReplaceAll(sheet, "<", "") + `</style><div class=b><p id=x style="` + escapeQuotes(inline) + `">x<a href=y>z</a><table border=1><td>x</table>`
		d, st := styled(source, Media{Width: 600})
		for id := range html.ID(d.Len()) {
			s := st.Of(id)
			if s == nil {
				continue
			}
			for _, l := range []Length{s.Width, s.Height, s.Margin[0], s.Padding[1], s.MinWidth, s.Indent} {
				if v := l.Of(600); v != v || v > 1e12 || v < -1e12 {
					t.Fatalf("%v is %v", l, v)
				}
			}
			if s.Size < 0 || s.Size > maxFontSize || s.Border[0].Width < 0 || s.Padding[0].Of(0) < 0 {
				t.Fatalf("size %v, border %v, padding %v", s.Size, s.Border[0], s.Padding[0])
			}
		}
	})
}
