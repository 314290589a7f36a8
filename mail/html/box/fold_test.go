package box_test

import (
	"strings"
	"testing"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
)

const answer = `<p>Yes, on Monday.</p><div class="gmail_quote"><div>On Friday Ann wrote:</div>
<blockquote class="gmail_quote">When do we meet?</blockquote></div>`

func layoutFolded(t *testing.T, folded bool) (*html.Document, *display.Page) {
	t.Helper()
	doc := html.Parse(answer)
	if len(doc.Folds) != 1 {
		t.Fatalf("the document has %d folds", len(doc.Folds))
	}
	styles := css.Parse(doc).Cascade(css.Media{Width: 400})
	return doc, box.Layout(doc, styles, box.Options{Width: 400, Library: library(), Folded: func(html.ID) bool { return folded }})
}

// Quoted history is a small button that says which fold it stands for.
func TestFoldedHistoryIsAButton(t *testing.T) {
	doc, p := layoutFolded(t, true)
	if strings.Contains(p.Text(), "Friday") || !strings.Contains(p.Text(), "Monday") {
		t.Errorf("the text is %q", p.Text())
	}
	if len(p.Controls) != 1 || html.ID(p.Controls[0].ID) != doc.Folds[0].First || !p.Controls[0].Folded {
		t.Fatalf("the buttons are %+v", p.Controls)
	}
	for _, it := range p.Items {
		if it.Kind != display.Control {
			continue
		}
		if k, ok := p.ControlAt(it.Rect.X+5, it.Rect.Y+5); !ok || k != 0 {
			t.Error("the button is not where it is drawn")
		}
	}
}

// Opened, the history is there below the button, which closes it again.
func TestOpenHistoryKeepsItsButton(t *testing.T) {
	_, p := layoutFolded(t, false)
	if !strings.Contains(p.Text(), "When do we meet?") {
		t.Errorf("the text is %q", p.Text())
	}
	if len(p.Controls) != 1 || p.Controls[0].Folded {
		t.Errorf("the buttons are %+v", p.Controls)
	}
}
