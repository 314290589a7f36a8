package widgets

import (
	"strings"
	"testing"
)

func TestMarksShowInTheText(t *testing.T) {
	for _, c := range []struct {
		text, want string // the traits of each letter: . plain, b bold, i italic, c code, m a mark, l a link
	}{
		{"plain text", ".........."},
		{"a **b** c", "..mmbmm.."},
		{"a *b* c", "..mim.."},
		{"***b***", "mmmxmmm"},
		{"__b__ _i_", "mmbmm.mim"},
		{"snake_case_name", "..............."},
		{"2 * 3 * 4", "........."},
		{"`a*b*`", "mccccm"},
		{"``a`b``", "mmcccmm"},
		{"\\*no\\*", "......"},
		{"[a](b)", "mlmmmm"},
		{"[a] (b)", "......."},
		{"see http://a.b/c.", "....llllllllllll."},
		{"# head", "mmbbbb"},
		{"#tag", "...."},
		{"- item", "mm...."},
		{"12. item", "mmmm...."},
		{"**open", "......"},
		{"~~gone~~", "mmmmmmmm"},
		{"**a *b* c**", "mmbbmxmbbmm"},
	} {
		look := lookOf(c.text, passageState{}, false)
		var got strings.Builder
		for i := range len(c.text) {
			switch tr := look.traitAt(i); {
			case tr&markTrait != 0:
				got.WriteByte('m')
			case tr == boldTrait|italicTrait:
				got.WriteByte('x')
			case tr&codeTrait != 0:
				got.WriteByte('c')
			case tr&boldTrait != 0:
				got.WriteByte('b')
			case tr&italicTrait != 0:
				got.WriteByte('i')
			case tr&linkTrait != 0:
				got.WriteByte('l')
			default:
				got.WriteByte('.')
			}
		}
		if got.String() != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got.String(), c.want)
		}
	}
}

func TestMarksOfAParagraphReachTheNext(t *testing.T) {
	s := newEditorStage(t, "one\n**two**\n> three\n-- \nname")
	kinds := func() (out string) {
		for _, p := range s.prose.pars {
			out += string("oqsf"[p.look.kind])
			if p.look.after.fenced {
				out += "`"
			}
		}
		return out
	}
	if got := kinds(); got != "ooqss" {
		t.Errorf("kinds %s", got)
	}
	s.put("|\n**two**\n> three\n-- \nname")
	s.write("```")
	if got := kinds(); got != "o`o`o`o`o`" {
		t.Errorf("within a fence %s", got)
	}
	s.do("undo")
	s.put("---------- Forwarded message ---------|\n**two**\n> three")
	s.write("-")
	if got := kinds(); got != "fff" {
		t.Errorf("behind the line of a forwarded message %s", got)
	}
	s.SetText("**two**")
	s.SetPlain(true)
	if len(s.prose.pars[0].look.traits) != 0 {
		t.Error("plain text has marks")
	}
	s.SetPlain(false)
	if len(s.prose.pars[0].look.traits) == 0 {
		t.Error("Markdown has none")
	}
}

func TestFormatsAreSwitched(t *testing.T) {
	s := newEditorStage(t, "")
	bold := func() { s.Surround("**") }
	for _, c := range []struct {
		name, text, keys string
		do               func()
		want             string
	}{
		{"bold", "one |two three", "csright", bold, "one **[two|]** three"},
		{"bold without a selection takes the word", "one t|wo three", "", bold, "one **[two|]** three"},
		{"bold of nothing", "one |", "", bold, "one **|**"},
		{"bold off", "one **|two** three", "csright", bold, "one [two|] three"},
		{"italic of bold", "**|two**", "csright", func() { s.Surround("*") }, "***[two|]***"},
		{"spaces stay outside", "one| two three", "csright sright", bold, "one **[two|]** three"},
		{"a list", "one\n|two\nthree\n", "sdown sdown", func() { s.Begin("- ") }, "one\n- [two\n- three\n|]"},
		{"no list any more", "- |one", "", func() { s.Begin("- ") }, "|one"},
		{"a heading", "one t|wo", "", func() { s.Begin("## ") }, "## one t|wo"},
		{"a quotation", "|one\n\ntwo", "sdown sdown send", func() { s.Begin("> ") }, "> [one\n\n> two|]"},
		{"a link", "see |this", "csright", func() { s.Link("") }, "see [this](|)"},
		{"a link to what is selected", "|https://a.b/c d", "send sleft sleft", func() { s.Link("") }, "[|](https://a.b/c) d"},
		{"bold of several lines", "- |one\n\n- two", "sdown sdown send", bold, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.put(c.text)
			s.do(c.keys)
			c.do()
			got := s.shown()
			if c.want == "" {
				got, c.want = s.Text(), "- **one**\n\n- **two**"
			}
			if got != c.want {
				t.Errorf("got %q\nwant %q", got, c.want)
			}
			s.do("undo")
			if got, want := s.Text(), strings.Replace(c.text, "|", "", 1); got != want {
				t.Errorf("undone %q", got)
			}
		})
	}
}
