package html

import (
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
)

// sketch writes the body of a plain text's document: paragraphs as lines,
// with marks for what they are.
func sketch(d *Document) string {
	var b strings.Builder
	var walk func(ID, string)
	walk = func(id ID, indent string) {
		for c := d.Node(id).First; c != None; c = d.Node(c).Next {
			text := strings.ReplaceAll(d.TextOf(c), "\n", "⏎")
			switch n := d.Node(c); {
			case n.Tag == atom.Blockquote:
				walk(c, indent+d.Get(c, "class")+" ")
			case n.Tag == atom.Div:
				walk(c, indent+"sig ")
			case n.Tag == atom.Pre:
				b.WriteString(indent + "pre " + text + "\n")
			case d.Get(c, "class") == "attr":
				b.WriteString(indent + "attr " + text + "\n")
			case d.Get(c, "dir") == "rtl":
				b.WriteString(indent + "rtl " + text + "\n")
			default:
				b.WriteString(indent + text + "\n")
			}
		}
	}
	walk(d.Body(), "")
	return b.String()
}

func TestFromTextSetsParagraphs(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"lines are kept", "Dear Ada,\n\nline one\nline two\r\n\r\n\r\nBye\n", "Dear Ada,\nline one⏎line two\nBye\n"},
		{"broken at a width",
			"It is a truth universally acknowledged, that a single man in possession\nof a good fortune, must be in want of a wife. However little known the\nfeelings or views of such a man may be.",
			"It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife. However little known the feelings or views of such a man may be.\n"},
		{"a list", "We need, for the party that takes place on the last day of the month of May:\n- bread\n- wine", "We need, for the party that takes place on the last day of the month of May:⏎- bread⏎- wine\n"},
		{"verses", "Tyger Tyger, burning bright,\nIn the forests of the night;", "Tyger Tyger, burning bright,⏎In the forests of the night;\n"},
		{"quotes", "> > inner\n> outer\n>\n> more\nanswer\n>>> deep", "q1 q2 inner\nq1 outer\nq1 more\nanswer\nq1 q2 q3 deep\n"},
		{"introduced", "Yes.\n\nOn Mon, 1 Mar 2021 at 10:00, Ada Lovelace\n<ada@b.example> wrote:\n\n> Q\n", "Yes.\nattr On Mon, 1 Mar 2021 at 10:00, Ada Lovelace <ada@b.example> wrote:\nq1 Q\n"},
		{"introduced right below", "Yes.\nOn 1 Mar 2021, ada@b.example wrote:\n> Q\n", "Yes.\nattr On 1 Mar 2021, ada@b.example wrote:\nq1 Q\n"},
		{"signature", "Bye\n\n-- \nAda\nEngines\n\nPS", "Bye\nsig --⏎Ada⏎Engines\nsig PS\n"},
		{"signature above an introduced quote", "Yes.\n\n-- \nAda\n\nOn 2 May 2026, Bo wrote:\n> No?", "Yes.\nsig --⏎Ada\nattr On 2 May 2026, Bo wrote:\nq1 No?\n"},
		{"signature in a quote", "> Bye\n> -- \n> Ada\nYes.", "q1 Bye\nq1 sig --⏎Ada\nYes.\n"},
		{"a mailbox's escape", "a\n>From here to there\nb", "a⏎From here to there⏎b\n"},
		{"a table", "name      price\nbread      1.20\nwine       8.00", "pre name      price⏎bread      1.20⏎wine       8.00\n"},
		{"a table of signs", "| a | b |\n+---+---+\n| 1 | 2 |", "pre | a | b |⏎+---+---+⏎| 1 | 2 |\n"},
		{"a patch", "See:\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,3 @@\n-a\n+b\n\n unchanged\n\nThanks", "See:\npre diff --git a/x b/x⏎--- a/x⏎+++ b/x⏎@@ -1 +1,3 @@⏎-a⏎+b⏎⏎ unchanged\nThanks\n"},
		{"a program", "for (i = 0; i < n; i++) {\n    sum += i;\n}", "pre for (i = 0; i < n; i++) {⏎    sum += i;⏎}\n"},
		{"right to left", "שלום עולם\n\nhello", "rtl שלום עולם\nhello\n"},
		{"two spaces in prose", "One.  Two.  Three.\nFour.  Five.  Six.", "One.  Two.  Three.⏎Four.  Five.  Six.\n"},
	} {
		d := FromText(c.text, false, false)
		sound(t, d)
		if got := sketch(d); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestFlowedTextIsJoined(t *testing.T) {
	for _, c := range []struct {
		text  string
		delsp bool
		want  string
	}{
		{"a long \nline of \ntext\nand one", false, "a long line of text⏎and one\n"},
		{"日本 \n語です", true, "日本語です\n"},
		{"> quoted \n> text\n>> deep \n>> er\nanswer", false, "q1 quoted text\nq1 q2 deep er\nanswer\n"},
		{"> a \nb", false, "q1 a \nb\n"},
		{" >not a quote\n From here", false, ">not a quote⏎From here\n"},
		{"bye \n-- \nAda", false, "bye \nsig -- ⏎Ada\n"},
	} {
		if got := sketch(FromText(c.text, true, c.delsp)); got != c.want {
			t.Errorf("%q:\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestPlainTextFoldsItsHistory(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Yes.\n\nOn 1 Mar, Ada wrote:\n> Q\n", "Yes.[On 1 Mar, Ada wrote:Q]"},
		{"> Q\nA\n> Q2\nA2", "QAQ2A2"},
		{"Yes.\n\n-----Original Message-----\nFrom: Ada\n\nQ", "Yes.[-----Original Message-----\nFrom: AdaQ]"},
	} {
		got := folded(FromText(c.text, false, false))
		_, got, _ = strings.Cut(got, "margin-bottom:0}")
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestLinksInText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"see https://a.example/x.", "https://a.example/x"},
		{"(http://a.example/(x))", "http://a.example/(x)"},
		{"(see http://a.example/x)", "http://a.example/x"},
		{"<http://a.example/?a=1&b=2>", "http://a.example/?a=1&b=2"},
		{"www.a.example, or www.b.example!", "www.a.example=http://www.a.example www.b.example=http://www.b.example"},
		{"http://müller.example/straße", "http://müller.example/straße"},
		{"见http://例え.example/页面。谢谢", "http://例え.example/"},
		{"ada@b.example.", "ada@b.example=mailto:ada@b.example"},
		{"mailto:ada@b.example", "mailto:ada@b.example=mailto:ada@b.example"},
		{"*ada.l+x@b.example*", "ada.l+x@b.example=mailto:ada.l+x@b.example"},
		{"javascript://x file:///etc ssh://x", ""},
		{"a@b, @x, x@1.2, foo://bar", ""},
		{"http:// https://", ""},
		{"xhttp://a.example", ""},
		{"http://user@a.example/", "http://user@a.example/"},
		{"\"http://a.example\"", "http://a.example"},
		{"http://a.example/x_(y)_z,", "http://a.example/x_(y)_z"},
		{"http://a.example]]", "http://a.example"},
	} {
		var got []string
		for _, f := range Links(c.text) {
			s := c.text[f.From:f.To]
			if f.Href != s || strings.HasPrefix(s, "mailto:") {
				s += "=" + f.Href
			}
			got = append(got, s)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q: got %q, want %q", c.text, g, c.want)
		}
	}
}

func FuzzFromText(f *testing.F) {
	f.Add("> a \n>> b\n-- \nx www.a.example\n| a | b |", true, false)
	f.Add("On 1 Mar, a@b.example wrote:\n> x", false, false)
	f.Fuzz(func(t *testing.T, text string, flowed, delsp bool) {
		d := FromText(text, flowed, delsp)
		sound(t, d)
		words := strings.Join(strings.Fields(strings.ReplaceAll(d.TextOf(d.Body()), ">", "")), "")
		for _, w := range strings.Fields(strings.ReplaceAll(text, ">", " ")) {
			if len(text) < 1000 && !strings.Contains(words, w) {
				t.Fatalf("%q is lost from %q", w, words)
			}
		}
	})
}

func TestFromPlainPartsTexts(t *testing.T) {
	d := FromPlain(Plain{Text: "one\n-- \nAda"}, Plain{Text: ""}, Plain{Text: "two \nlines", Flowed: true})
	if got, want := sketch(d), "one\nsig --⏎Ada\n\ntwo lines\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFoldsCountTheirLines(t *testing.T) {
	long := strings.Repeat("> A sentence that goes on and on for quite a while.\n", 6)
	for _, c := range []struct {
		name string
		doc  *Document
		want int
	}{
		{"plain", FromText("Yes.\n\nOn 1 Mar, Ada wrote:\n> One\n> Two\n>\n> Three\n", false, false), 4},
		{"a long paragraph", FromText("Yes.\n\nAda wrote:\n"+long, false, false), 7},
		{"HTML", Parse(`<p>Yes.</p><div class="gmail_quote">On 1 Mar, Ada wrote:<blockquote>One<br>Two<p>Three<ul><li>Four<li>Five</ul></blockquote></div>`), 6},
	} {
		if len(c.doc.Folds) != 1 {
			t.Errorf("%s: %d folds", c.name, len(c.doc.Folds))
			continue
		}
		if got := c.doc.LinesOf(c.doc.Folds[0]); got != c.want {
			t.Errorf("%s: %d lines, want %d", c.name, got, c.want)
		}
	}
}
