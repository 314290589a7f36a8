package message

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// body is the HTML of a text without the frame around it.
func bodyOf(text string) string {
	_, after, _ := strings.Cut(HTMLOf(text), "system-ui,sans-serif\">\n")
	before, _, _ := strings.Cut(after, "</body>")
	return before
}

func TestMarkdownOfLetters(t *testing.T) {
	for text, want := range map[string]string{
		"one\ntwo":                           "<p dir=\"auto\">one<br />\ntwo</p>\n",
		"**b** _i_ ~~s~~ `c`":                "<p dir=\"auto\"><strong>b</strong> <em>i</em> <del>s</del> <code>c</code></p>\n",
		"# Title":                            "<h1 dir=\"auto\">Title</h1>\n",
		"text\n---":                          "<p dir=\"auto\">text</p>\n<hr />\n",
		"- a\n- b":                           "<ul dir=\"auto\">\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n</ul>\n",
		"see https://example.org/a_b?c=d.":   "<p dir=\"auto\">see <a href=\"https://example.org/a_b?c=d\">https://example.org/a_b?c=d</a>.</p>\n",
		"[x](https://example.org)":           "<p dir=\"auto\"><a href=\"https://example.org\">x</a></p>\n",
		"    indented":                       "<p dir=\"auto\">indented</p>\n",
		"```\n<b>\n```":                      "<pre><code>&lt;b&gt;\n</code></pre>\n",
		"a <b>bold</b> & <script>x</script>": "<p dir=\"auto\">a &lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>\n",
		"<div>\nblock\n</div>":               "<p dir=\"auto\">&lt;div&gt;<br />\nblock<br />\n&lt;/div&gt;</p>\n",
		"[x](javascript:alert(1))":           "<p dir=\"auto\"><a href=\"\">x</a></p>\n",
		"snake_case_name and 2 * 3 * 4":      "<p dir=\"auto\">snake_case_name and 2 * 3 * 4</p>\n",
		"-- \nAnna *M.*":                     "<div dir=\"auto\" style=\"color:#666666\">--<br>\nAnna *M.*<br>\n</div>\n",
	} {
		if got := bodyOf(text); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// What others wrote stands there as it is.
func TestQuotesAreLiteral(t *testing.T) {
	got := bodyOf("hi *you*\n> *not* bold, # no title, <b>\n> > deeper\n> back\nmine\n")
	for _, want := range []string{"<em>you</em>", "*not* bold, # no title, &lt;b&gt;<br>", "deeper<br>", "<p dir=\"auto\">mine</p>"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
	if strings.Count(got, "<blockquote") != 2 || strings.Count(got, "</blockquote>") != 2 {
		t.Errorf("%s", got)
	}
	got = bodyOf("see below\n\n---------- Forwarded message ----------\nFrom: x\n\n*star* <i>\n> quote\n-- \nsig\n")
	for _, want := range []string{"---------- Forwarded message ----------<br>", "*star* &lt;i&gt;<br>", "&gt; quote<br>"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}

// No text makes HTML that runs anything, or that does not close.
func FuzzHTMLOf(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Add("![x](javascript:alert(1)) [a]: data:text/html,x\n[a] <https://x\"onclick=1>")
	f.Add("> http://x.test/\"><script>\n| a | b |\n|---|---|\n| <img src=x onerror=1> | c |")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := html.Parse(strings.NewReader(HTMLOf(text)))
		if err != nil {
			t.Fatal(err)
		}
		harmless(t, doc)
	})
}

func harmless(t *testing.T, n *html.Node) {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "script", "iframe", "object", "embed", "form", "style", "link", "base", "svg", "math":
			t.Errorf("there is a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "vbscript:") || strings.HasPrefix(value, "data:text")) {
				t.Errorf("there is %s=%q", a.Key, a.Val)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		harmless(t, c)
	}
}

// Every word that a person wrote is in the HTML too.
func TestNoWordIsLost(t *testing.T) {
	for _, text := range []string{
		"    w1\n\n        w2\n\tw3", "- w1\n\n      w2\n  - w3\n\n        w4", "1. w1\n   w2\n\n    w3", "```\nw1\n", "| w1 | w2 |\n|----|----|\n| w3 | w4 |\n    w5",
		"<w1>\n<!-- w2 -->\n<?w3?>\n<![CDATA[w4]]>", "[w1]: http://x.test\nw2", "w1\n===\nw2\n---\nw3", "> w1\nw2\n> > w3\n>w4", "&w1; \\w2 w3\\", "w1\t\tw2\n\n\n\n   w3   ",
		"# w1\n#w2\n####### w3", "-- \nw1\n> w2\nw3", "-----w1-----\nw2", "----- w1 -----\nw2",
	} {
		html := HTMLOf(text)
		for i := 1; i <= strings.Count(text, "w"); i++ {
			if w := "w" + string(rune('0'+i)); strings.Contains(text, w) && !strings.Contains(html, w) {
				t.Errorf("%s of %q is lost:\n%s", w, text, html)
			}
		}
	}
}

// What follows a list at the left edge is not part of its last item.
func TestListsEndWhereTheyEnd(t *testing.T) {
	for text, outside := range map[string]string{
		"- one\n- two\nAfter":              "After",
		"1. one\n2. two\nAfter":            "After",
		"- one\n  goes on\n- two\nAfter":   "After",
		"- one\n\n- two\n\nAfter":          "After",
		"- one\n  - deeper\nAfter\nagain":  "After",
		"In\n2019. was a year\nAfter":      "After",
		"```\n- code\nline\n```\nAfter":    "After",
		"* one\n* two\n\n\nAfter\n- three": "After",
	} {
		got := HTMLOf(text)
		i := strings.LastIndex(got, outside)
		if before := got[:max(i, 0)]; i < 0 || strings.Count(before, "<li") != strings.Count(before, "</li>") || strings.Count(before, "<ul")+strings.Count(before, "<ol") != strings.Count(before, "</ul")+strings.Count(before, "</ol") {
			t.Errorf("%q becomes\n%s", text, got)
		}
	}
	if got := HTMLOf("- one\n  goes on"); !strings.Contains(got[:strings.Index(got, "</li>")], "goes on") {
		t.Errorf("an indented line leaves its item:\n%s", got)
	}
	if got := HTMLOf("```\n- code\nline\n```"); !strings.Contains(got, "- code\nline") {
		t.Errorf("code is changed:\n%s", got)
	}
}
