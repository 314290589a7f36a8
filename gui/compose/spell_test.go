package compose

import (
	"strings"
	"testing"

	"postrider/gui/spelling"
	"postrider/gui/vm"
)

// speller finds words wrong that begin with x, and learns.
type speller struct {
	asked  []string
	learnt []string
}

func (s *speller) Check(words []string) (map[string]spelling.Verdict, error) {
	s.asked = append(s.asked, words...)
	got := map[string]spelling.Verdict{}
	for _, w := range words {
		got[w] = spelling.Verdict{Wrong: strings.HasPrefix(w, "x"), Instead: []string{"right"}}
	}
	return got, nil
}

func (s *speller) Learn(word string) error {
	s.learnt = append(s.learnt, word)
	return nil
}

func TestSpellingIsCheckedWhereThePersonWantsIt(t *testing.T) {
	w := newWorld(t)
	s := &speller{}
	wanted := true
	w.Speller, w.Spelling, w.Spell = s, func() bool { return wanted }, func(want bool) { wanted = want }
	c := w.Open(vm.Beginning{Text: "Some xwords here"})
	w.settle()
	if len(s.asked) == 0 || c.editor.OnSpell == nil {
		t.Fatalf("asked about %v", s.asked)
	}
	c.learn("xwords")
	w.settle()
	if len(s.learnt) != 1 {
		t.Errorf("learnt %v", s.learnt)
	}
	c.wantSpelling(false)
	n := len(s.asked)
	c = w.Open(vm.Beginning{Text: "More xwords"})
	w.settle()
	if wanted || c.editor.OnSpell != nil || len(s.asked) != n {
		t.Errorf("wanted %v, asked about %v", wanted, s.asked[n:])
	}
}
