package widgets

import (
	"slices"
	"strings"
	"testing"
)

// asked are the words that a text is asked about.
func asked(t *testing.T, text string) (words []string) {
	t.Helper()
	s := newEditorStage(t, "")
	s.OnSpell = func(list []string) { words = append(words, list...) }
	s.SetText(text)
	return words
}

func TestOnlyWordsOfOnesOwnAreChecked(t *testing.T) {
	for text, want := range map[string]string{
		"Dear Ada, it's a well-known 'fact'.":                            "Dear Ada it's well-known fact",
		"> quoted wrds\nmine":                                            "mine",
		"see `code` and https://example.org/wrds or example.org/lamps":   "see and or",
		"write to ada@example.org about [lamps](https://x.example/wrds)": "write to about",
		"**bold** and *italc* words":                                     "bold and italc words",
		"NASA has 3rd and B2 parts, x":                                   "has and parts",
		"---------- Forwarded message ----------\nwrds of somebody":      "",
		"שלום is Hebrew":                                                 "שלום is Hebrew",
		"the the":                                                        "the",
	} {
		got := asked(t, text+"\n ")
		if strings.Join(got, " ") != want {
			t.Errorf("%q: asked about %q, want %q", text, got, want)
		}
	}
}

// marked are how many marks are shown below words.
func (s *editorStage) marked() (n int) {
	for _, w := range s.view.wrongs {
		if w.Visible() {
			n++
		}
	}
	return n
}

func TestMisspeltWordsAreMarkedAndMended(t *testing.T) {
	s := newEditorStage(t, "")
	s.OnSpell = func(words []string) {
		answers := map[string]Spelling{}
		for _, w := range words {
			answers[w] = Spelling{Wrong: strings.HasPrefix(w, "x"), Instead: []string{"mended", "other"}}
		}
		s.later = append(s.later, func() { s.Spelled(answers) })
	}
	learnt := ""
	s.OnLearn = func(w string) { learnt = w }
	s.write("good xword here xthis")
	s.settled()
	if got := s.marked(); got != 1 {
		t.Errorf("%d words are marked; the one that is being typed is not", got)
	}
	s.write(" and on")
	s.settled()
	if got := s.marked(); got != 2 {
		t.Errorf("%d words are marked", got)
	}
	s.jump(textPlace{0, 7}, false)
	items := s.spellingMenu()
	if len(items) < 3 || items[0].Label != "mended" {
		t.Fatalf("the menu is %+v", items)
	}
	items[slices.IndexFunc(items, func(m MenuItem) bool { return strings.HasPrefix(m.Label, "Add") })].Act()
	items[0].Act()
	if got := s.shown(); got != "good mended| here xthis and on" || learnt != "xword" {
		t.Errorf("text %q, learnt %q", got, learnt)
	}
	s.Undo()
	if got := s.Text(); got != "good xword here xthis and on" {
		t.Errorf("after undo %q", got)
	}
	s.OnSpell = nil
	s.Unspell()
	if s.marked() != 0 || s.spellingMenu() != nil {
		t.Error("marks are left when nobody checks")
	}
}

// A paragraph in another language is not red from end to end.
func TestAnotherLanguageIsNotMarked(t *testing.T) {
	s := newEditorStage(t, "")
	s.OnSpell = func(words []string) {
		answers := map[string]Spelling{}
		for _, w := range words {
			answers[w] = Spelling{Wrong: w != "die"}
		}
		s.Spelled(answers)
	}
	s.SetText("Wir sehen uns die Lampen morgen an.\n ")
	if got := s.marked(); got != 0 {
		t.Errorf("%d words are marked", got)
	}
}
