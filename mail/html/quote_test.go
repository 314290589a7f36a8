package html

import (
	"strings"
	"testing"
)

// folded is the text of a document with folds in brackets.
func folded(d *Document) string {
	var b strings.Builder
	folds := d.Folds
	end := ID(0)
	for id := range ID(d.Len()) {
		if end != 0 && id == end {
			b.WriteString("]")
			end = 0
		}
		if len(folds) > 0 && id == folds[0].First {
			b.WriteString("[")
			end = d.Node(folds[0].Last).End
			folds = folds[1:]
		}
		if n := d.Node(id); n.Kind == Text {
			b.WriteString(strings.TrimSpace(n.Data))
		}
	}
	if end != 0 {
		b.WriteString("]")
	}
	return b.String()
}

func TestFoldsAreTheQuotedHistory(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"gmail", `<div dir=ltr>Yes.</div><br><div class="gmail_quote"><div class=gmail_attr>On Mon, Ada &lt;a@b.example&gt; wrote:<br></div><blockquote class=gmail_quote>Q</blockquote></div>`,
			"Yes.[On Mon, Ada <a@b.example> wrote:Q]"},
		{"apple", `<div>Yes.</div><div><br><blockquote type="cite"><div>On 1 Mar, Ada wrote:</div><div>Q</div></blockquote></div>`, "Yes.[On 1 Mar, Ada wrote:Q]"},
		{"thunderbird", `<p>Yes.</p><div class="moz-cite-prefix">Am 1.3. schrieb Ada:<br></div><blockquote type=cite>Q</blockquote>`, "Yes.[Am 1.3. schrieb Ada:Q]"},
		{"outlook", `<div class=WordSection1><p>Yes.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p><b>From:</b> Ada<br><b>Sent:</b> Monday<br></p></div></div><p>Q</p></div>`,
			"Yes.[From:AdaSent:MondayQ]"},
		{"outlook in German", `<p>Ja.</p><div style="border-top:solid #B5C4DF 1.0pt"><p><b>Von:</b> Ada<br><b>Gesendet:</b> Montag</p></div><p>Q</p>`, "Ja.[Von:AdaGesendet:MontagQ]"},
		{"outlook on the web", `<div>Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ada</div><div>Q</div>`, "Yes.[From:AdaQ]"},
		{"outlook's names for another's", `<div>Yes.</div><div class="x_gmail_quote">Q</div>`, "Yes.[Q]"},
		{"yahoo", `<div>Yes.</div><div class="yahoo_quoted">Q</div>`, "Yes.[Q]"},
		{"original message", `<p>Yes.</p><p>-----Original Message-----<br>From: Ada</p><p>Q</p>`, "Yes.[-----Original Message-----From: AdaQ]"},
		{"original message in French", `Oui.<br>-----Message d’origine-----<br>De : Ada<br>Q`, "Oui.[-----Message d’origine-----De : AdaQ]"},
		{"a line and a header", `<p>Yes.</p><div><hr><b>From:</b> Ada<br><b>To:</b> me<br></div><p>Q</p>`, "Yes.[From:AdaTo:meQ]"},
		{"an introduction alone", `Yes.<br>Le 1 mars, Ada a écrit :<br><blockquote>Q</blockquote>`, "Yes.[Le 1 mars, Ada a écrit :Q]"},
		{"introduction in pieces", `<p>Yes.</p>On Monday, <a href="mailto:a@b.example">Ada</a> wrote:<br><blockquote>Q</blockquote>`, "Yes.[On Monday,Adawrote:Q]"},
		{"a quotation in a text", `<p>He said it well:</p><blockquote>To be</blockquote><p>Indeed.</p>`, "He said it well:To beIndeed."},
		{"a newsletter's blockquote", `<p>News</p><blockquote>To be</blockquote>`, "NewsTo be"},
		{"forwarded", `<div>See below.</div><div class="gmail_quote">---------- Forwarded message ---------<br>From: Ada<br>F</div>`, "See below.---------- Forwarded message ---------From: AdaF"},
		{"nothing but a quote", `<div class="gmail_quote">Q</div>`, "Q"},
		{"answers in between", `<blockquote type=cite>Q1</blockquote>A1<blockquote type=cite>Q2</blockquote>A2`, "Q1A1Q2A2"},
		{"an answer below", `<blockquote type=cite>` + strings.Repeat("Q", 2000) + `</blockquote>A`, "[" + strings.Repeat("Q", 2000) + "]A"},
		{"a signature's line", `<p>Yes.</p><hr><p>Ada, From: the hills</p>`, "Yes.Ada, From: the hills"},
		{"a rule in a newsletter", `<p>News</p><div style="border-top:1px solid #e1e1e1">More news</div>`, "NewsMore news"},
	} {
		if got := folded(Parse(c.source)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}
