package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
)

// Hebrew letters are written right to left; what is between them and Latin ones
// is where the eye looks for it.
func TestArrowsGoWhereTheyPoint(t *testing.T) {
	s := newEditorStage(t, "")
	for _, text := range []string{
		"abc אבגד def", "אבגד abc הוזח", "abc אבג 123 דהו def", "אבג 123", "(אבג) [abc]", "نرحب بكم في الورشة, with English.", "plain words only", "emoji 👩‍👩‍👧 in a line",
	} {
		s.SetText(text)
		for _, right := range []bool{true, false} {
			// From the far side the caret reaches the near one, always that way.
			s.jump(s.leftmost(right), false)
			last, steps := s.caretX(), 0
			for {
				before := s.prose.caret
				s.key(map[bool]fyne.KeyName{true: fyne.KeyRight, false: fyne.KeyLeft}[right], 0)
				if s.prose.caret == before {
					break
				}
				if x := s.caretX(); right && x <= last || !right && x >= last {
					t.Fatalf("%q: right %v, from %.1f to %.1f", text, right, last, x)
				}
				last = s.caretX()
				if steps++; steps > len(text) {
					t.Fatalf("%q: the caret goes round", text)
				}
			}
			if want := s.farthest(!right); last < want-0.5 || last > want+0.5 {
				t.Errorf("%q: right %v ends at %.1f, the line at %.1f", text, right, last, want)
			}
		}
	}
}

// leftmost is the place of the caret that is leftmost in a line, or rightmost.
func (s *editorStage) leftmost(left bool) (at textPlace) {
	best := s.farthest(left)
	l := s.Editor.at(0).set.lines[0]
	for _, c := range append(l.stops(), l.Line.End) {
		if x := l.caretX(c); x > best-0.01 && x < best+0.01 {
			return textPlace{0, c}
		}
	}
	return at
}

func (s *editorStage) farthest(left bool) float32 {
	l := s.Editor.at(0).set.lines[0]
	best := l.caretX(0)
	for _, c := range append(l.stops(), l.Line.End) {
		if x := l.caretX(c); left && x < best || !left && x > best {
			best = x
		}
	}
	return best
}

func TestTextFromRightToLeftIsEditedAsItIsRead(t *testing.T) {
	s := newEditorStage(t, "")
	s.write("שלום abc")
	if got := s.Text(); got != "שלום abc" {
		t.Fatalf("text %q", got)
	}
	if !s.at(0).set.rtl {
		t.Error("the paragraph does not run from right to left")
	}
	s.key(fyne.KeyHome, 0)
	if x, width := s.caretX(), s.setter.width; x < width-1 {
		t.Errorf("Home is at %.1f of %.1f", x, width)
	}
	s.key(fyne.KeyLeft, 0)
	if s.prose.caret.at != len("ש") {
		t.Errorf("Left goes to %d", s.prose.caret.at)
	}
	s.key(fyne.KeyDelete, 0)
	if got := s.Text(); got != "שום abc" {
		t.Errorf("text %q", got)
	}
	s.key(fyne.KeyRight, wordModifier)
	if s.prose.caret.at != 0 {
		t.Errorf("Ctrl+Right goes to %d", s.prose.caret.at)
	}
}

func TestASelectionOfMixedTextIsInPieces(t *testing.T) {
	s := newEditorStage(t, "abc אבגד def")
	s.prose.moveTo(textPlace{0, 2}, false)
	s.prose.moveTo(textPlace{0, 4 + len("אב")}, true)
	s.settle()
	if got := s.shownMarks(); got != 2 {
		t.Errorf("%d rectangles, wanted 2: one of the Latin letters, one of the Hebrew", got)
	}
}

func (s *editorStage) shownMarks() (n int) {
	for _, m := range s.view.marks {
		if m.Visible() {
			n++
		}
	}
	return n
}
