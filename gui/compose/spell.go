package compose

import (
	"context"

	"postrider/gui/spelling"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// Speller tells misspelt words, and learns those that are right.
type Speller interface {
	Check(words []string) (map[string]spelling.Verdict, error)
	Learn(word string) error
}

// spellChecking marks misspelt words, or marks none.
func (w *Window) spellChecking(on bool) {
	if w.room.Speller == nil {
		return
	}
	w.editor.OnSpell, w.editor.OnLearn = nil, nil
	if on {
		w.editor.OnSpell, w.editor.OnLearn = w.spell, w.learn
	}
	w.editor.Unspell()
}

// wantSpelling is the person's choice, for all that they write.
func (w *Window) wantSpelling(on bool) {
	w.spellChecking(on)
	if w.room.Spell != nil {
		w.room.Spell(on)
	}
}

// spell asks about words, and shows what is known of them.
func (w *Window) spell(words []string) {
	answers := map[string]widgets.Spelling{}
	vm.Run(w.room.Desk, func(context.Context) error {
		got, err := w.room.Speller.Check(words)
		for word, v := range got {
			answers[word] = widgets.Spelling{Wrong: v.Wrong, Instead: v.Instead}
		}
		return err
	}, func(error) { // without an answer nothing is marked
		if !w.closed && len(answers) > 0 {
			w.editor.Spelled(answers)
		}
	})
}

// learn takes in that a word is right.
func (w *Window) learn(word string) {
	w.editor.Spelled(map[string]widgets.Spelling{word: {}})
	vm.Run(w.room.Desk, func(context.Context) error { return w.room.Speller.Learn(word) }, func(err error) {
		if err != nil {
			w.fail("The word could not be kept.", err.Error())
		}
	})
}
