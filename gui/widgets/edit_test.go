package widgets

import "testing"

func typed(text string) *edit {
	e := &edit{}
	for _, r := range text {
		e.insert(string(r), true)
	}
	return e
}

func TestEditUndoesInSensibleSteps(t *testing.T) {
	e := typed("one two")
	e.insert(" three", false)
	for _, want := range []string{"one two", "one", ""} {
		e.undo()
		if e.text != want {
			t.Errorf("after undo: %q, want %q", e.text, want)
		}
	}
	if e.undo() {
		t.Error("there was more to undo")
	}
	e.redo()
	e.redo()
	if e.text != "one two" {
		t.Errorf("after redo: %q", e.text)
	}
	e.insert("!", true)
	if e.redo() {
		t.Error("what was undone came back after a new change")
	}
}

func TestEditMovesByClustersAndWords(t *testing.T) {
	e := typed("Grüße an 👩‍👩‍👧, jetzt")
	e.moveTo(0, false)
	e.moveTo(e.next(true), false)
	if got := e.text[:e.caret]; got != "Grüße" {
		t.Errorf("a word on: %q", got)
	}
	e.moveTo(len("Grüße an "), false)
	e.moveTo(e.next(false), true)
	if got := e.selected(); got != "👩‍👩‍👧" {
		t.Errorf("a cluster on: %q", got)
	}
	e.moveTo(len(e.text), false)
	e.moveTo(e.prev(true), true)
	if got := e.selected(); got != "jetzt" {
		t.Errorf("a word back: %q", got)
	}
}

func TestEditRemoves(t *testing.T) {
	e := typed("cafe\u0301s")
	e.remove(e.prev(false))
	e.remove(e.prev(false))
	if e.text != "caf" {
		t.Errorf("removing a letter with its accent left %q", e.text)
	}
	e.selectAll()
	e.insert("new\r\nline\n", false)
	if e.text != "new line" {
		t.Errorf("pasting lines gave %q", e.text)
	}
	e.undo()
	if e.text != "caf" || e.selected() != "caf" {
		t.Errorf("undo gave %q with %q selected", e.text, e.selected())
	}
}

func FuzzEdit(f *testing.F) {
	f.Add("שלום abc", []byte{0, 1, 2, 3, 4, 5, 6, 7})
	f.Add("e\u0301\u200d👩", []byte{9, 9, 3, 2, 8, 4})
	f.Fuzz(func(t *testing.T, text string, steps []byte) {
		e := &edit{}
		for _, s := range steps {
			step(e, text, s)
			if from, to := e.span(); from < 0 || to > len(e.text) {
				t.Fatalf("%q is selected from %d to %d", e.text, from, to)
			}
		}
	})
}

func step(e *edit, text string, s byte) {
	switch s % 10 {
	case 0:
		e.insert(text, s&16 != 0)
	case 1:
		e.remove(e.prev(s&16 != 0))
	case 2:
		e.remove(e.next(s&16 != 0))
	case 3:
		e.moveTo(e.prev(s&16 != 0), s&32 != 0)
	case 4:
		e.moveTo(e.next(s&16 != 0), s&32 != 0)
	case 5:
		e.undo()
	case 6:
		e.redo()
	case 7:
		e.selectWord(e.caret)
	case 8:
		e.selectAll()
	default:
		e.moveTo(0, s&32 != 0)
	}
}
