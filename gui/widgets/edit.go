package widgets

import (
	"strings"
	"unicode"

	"postrider/mail/typeset"
)

// edit is one line of text being written: the text, the caret, what is selected
// and what can be undone. Offsets are in bytes, between clusters.
type edit struct {
	text          string
	caret, anchor int // what is between them is selected
	past, future  []editState
	typing        bool // the last change was a letter typed, so the next one joins it
}

type editState struct {
	text          string
	caret, anchor int
}

const editsKept = 200

func (e *edit) state() editState { return editState{e.text, e.caret, e.anchor} }

func (e *edit) restore(s editState) { e.text, e.caret, e.anchor = s.text, s.caret, s.anchor }

// span is what is selected.
func (e *edit) span() (from, to int) { return min(e.caret, e.anchor), max(e.caret, e.anchor) }

func (e *edit) selected() string {
	from, to := e.span()
	return e.text[from:to]
}

// remember keeps what is there, before a change.
func (e *edit) remember(typing bool) {
	if !typing || !e.typing {
		e.past = append(e.past, e.state())
		if len(e.past) > editsKept {
			e.past = e.past[1:]
		}
	}
	e.typing = typing
	e.future = nil
}

// insert puts text in place of what is selected. Line ends become spaces.
func (e *edit) insert(text string, typing bool) {
	text = oneLine(text)
	from, to := e.span()
	if text == "" && from == to {
		return
	}
	if from != to || unicode.IsSpace(firstRune(text)) {
		e.typing = false
	}
	e.remember(typing)
	e.text = e.text[:from] + text + e.text[to:]
	e.caret = from + len(text)
	e.anchor = e.caret
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// oneLine is text without what cannot be in one line. What is pasted often ends
// in a line end, which is not meant as a space.
func oneLine(text string) string {
	text = strings.TrimRight(text, "\r\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case r < ' ', r == 0x7F:
			return -1
		}
		return r
	}, text)
}

// remove takes out what is selected, or else what is between the caret and to.
func (e *edit) remove(to int) bool {
	if e.caret == e.anchor {
		e.anchor = to
	}
	from, end := e.span()
	if from == end {
		return false
	}
	e.anchor, e.caret = from, end
	e.remember(false)
	e.text = e.text[:from] + e.text[end:]
	e.caret, e.anchor = from, from
	return true
}

// moveTo puts the caret somewhere; extend keeps the other end of the selection.
func (e *edit) moveTo(to int, extend bool) {
	e.typing = false
	e.caret = min(max(to, 0), len(e.text))
	if !extend {
		e.anchor = e.caret
	}
}

func (e *edit) selectAll() { e.anchor, e.caret, e.typing = 0, len(e.text), false }

// selectWord selects the word at an offset.
func (e *edit) selectWord(at int) {
	e.anchor, e.caret = typeset.WordAt(e.text, at)
	e.typing = false
}

// next and prev are the offsets beside the caret, by clusters or by words.
func (e *edit) next(word bool) int {
	if !word {
		return typeset.NextCluster(e.text, e.caret)
	}
	at := e.caret
	for at < len(e.text) {
		from, to := typeset.WordAt(e.text, at)
		at = max(to, at+1)
		if hasWord(e.text[from:to]) {
			break
		}
	}
	return min(at, len(e.text))
}

func (e *edit) prev(word bool) int {
	if !word {
		return typeset.PrevCluster(e.text, e.caret)
	}
	at := e.caret
	for at > 0 {
		before := typeset.PrevCluster(e.text, at)
		from, to := typeset.WordAt(e.text, before)
		at = min(from, before)
		if hasWord(e.text[from:to]) {
			break
		}
	}
	return max(at, 0)
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

func (e *edit) undo() bool { return e.swap(&e.past, &e.future) }
func (e *edit) redo() bool { return e.swap(&e.future, &e.past) }

func (e *edit) swap(from, to *[]editState) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, e.state())
	e.restore((*from)[n-1])
	*from = (*from)[:n-1]
	e.typing = false
	return true
}

// reset replaces everything, with nothing to undo.
func (e *edit) reset(text string) {
	*e = edit{text: oneLine(text)}
	e.caret, e.anchor = len(e.text), len(e.text)
}
