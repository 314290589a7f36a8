package widgets

import (
	"strings"
	"unicode"
)

// change is one change of a text, as it is undone: added stands at a place where
// removed was.
type change struct {
	at             textPlace
	removed, added string
	caret, anchor  textPlace // before it
	step           int
}

func (c *change) size() int { return len(c.removed) + len(c.added) }

// run is a row of small changes that one undo takes back together.
type run uint8

const (
	noRun      run = iota
	typingRun      // letters of a word
	backRun        // Backspace, again and again
	forwardRun     // Delete, again and again
)

const (
	changesKept = 1000
	textKept    = 64 << 20 // octets
)

// replace does a change of its own that can be undone: text in place of what is
// between two places. The caret goes behind it.
func (p *prose) replace(from, to textPlace, text string) { p.change(from, to, text, noRun) }

func (p *prose) change(from, to textPlace, text string, as run) {
	removed := p.slice(from, to)
	if removed == text {
		p.moveTo(from.after(text), false)
		return
	}
	c := change{at: from, removed: removed, added: text, caret: p.caret, anchor: p.anchor}
	end := p.put(from, to, text)
	if !p.joins(&c, as) {
		p.remember(c)
	}
	p.run = as
	p.caret, p.anchor = end, end
	p.forget()
}

// joins makes a change a part of the one before it, if it goes on with it.
func (p *prose) joins(c *change, as run) bool {
	if as == noRun || as != p.run || len(p.past) == 0 {
		return false
	}
	last := &p.past[len(p.past)-1]
	switch as {
	case typingRun:
		if c.removed != "" || last.at.after(last.added) != c.at || startsWord(last.added, c.added) {
			return false
		}
		last.added += c.added
	case backRun:
		if c.at.after(c.removed) != last.at {
			return false
		}
		last.at, last.removed = c.at, c.removed+last.removed
	case forwardRun:
		if c.at != last.at {
			return false
		}
		last.removed += c.removed
	}
	p.kept += c.size()
	return true
}

// startsWord tells that a letter begins the next thing to be undone: a word after
// a space, or a line.
func startsWord(before, letter string) bool {
	return !unicode.IsSpace(firstRune(letter)) && strings.TrimRightFunc(before, unicode.IsSpace) != before || letter == "\n"
}

func (p *prose) remember(c change) {
	if !p.grouped {
		p.step++
	}
	c.step = p.step
	p.past = append(p.past, c)
	p.kept += c.size()
}

// forget lets go of what can be redone, and of what was done long ago.
func (p *prose) forget() {
	for i := range p.future {
		p.kept -= p.future[i].size()
	}
	p.future = nil
	for len(p.past) > 1 && (len(p.past) > changesKept || p.kept > textKept) {
		p.kept -= p.past[0].size()
		p.past = p.past[1:]
	}
}

// together makes all changes that f does one step.
func (p *prose) together(f func()) {
	p.step++
	p.grouped = true
	f()
	p.grouped = false
	p.run = noRun
}

// undo takes the last step back; it says whether there was one.
func (p *prose) undo() bool {
	if len(p.past) == 0 {
		return false
	}
	step := p.past[len(p.past)-1].step
	for n := len(p.past); n > 0 && p.past[n-1].step == step; n = len(p.past) {
		c := p.past[n-1]
		p.put(c.at, c.at.after(c.added), c.removed)
		p.caret, p.anchor = c.caret, c.anchor
		p.past, p.future = p.past[:n-1], append(p.future, c)
	}
	p.run = noRun
	return true
}

// redo does again what was undone last.
func (p *prose) redo() bool {
	if len(p.future) == 0 {
		return false
	}
	step := p.future[len(p.future)-1].step
	for n := len(p.future); n > 0 && p.future[n-1].step == step; n = len(p.future) {
		c := p.future[n-1]
		end := p.put(c.at, c.at.after(c.removed), c.added)
		p.caret, p.anchor = end, end
		p.future, p.past = p.future[:n-1], append(p.past, c)
	}
	p.run = noRun
	return true
}
