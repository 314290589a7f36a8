package widgets

import (
	"math"

	"fyne.io/fyne/v2"

	"postrider/mail/typeset"
)

// move moves the caret as a key says; it says whether the key moves it.
func (e *Editor) move(key fyne.KeyName, extend, word bool) bool {
	p := e.prose
	from, to := p.span()
	switch key {
	case fyne.KeyLeft, fyne.KeyRight:
		right := key == fyne.KeyRight
		switch {
		case word:
			e.jump(e.byWord(right), extend)
		case from != to && !extend:
			e.jump(e.edgeOf(from, to, right), false)
		default:
			e.jumpAside(right, extend)
		}
	case fyne.KeyUp, fyne.KeyDown:
		if word {
			return false
		}
		e.byLines(key == fyne.KeyUp, 1, extend)
	case fyne.KeyPageUp, fyne.KeyPageDown:
		if word {
			return false
		}
		e.byLines(key == fyne.KeyPageUp, max(1, int(e.scroll.page()/int64(lineHeight))), extend)
	case fyne.KeyHome:
		if word {
			e.jump(textPlace{}, extend)
		} else {
			e.lineStart(extend)
		}
	case fyne.KeyEnd:
		if word {
			e.jump(p.end(), extend)
		} else {
			e.lineEnd(extend)
		}
	default:
		return false
	}
	return true
}

// byWord is the place a word further, as the arrow points: in a paragraph that
// runs from right to left, on is to the left.
func (e *Editor) byWord(right bool) textPlace {
	if right != e.at(e.prose.caret.par).set.rtl {
		return e.prose.on(e.prose.caret, true)
	}
	return e.prose.back(e.prose.caret, true)
}

// edgeOf is the end of a selection that an arrow points to.
func (e *Editor) edgeOf(from, to textPlace, right bool) textPlace {
	if from.par != to.par {
		if right != e.at(e.prose.caret.par).set.rtl {
			return to
		}
		return from
	}
	p := e.at(from.par)
	a, b := p.set.lineOf(from.at), p.set.lineOf(to.at)
	if a != b {
		if right != p.set.rtl {
			return to
		}
		return from
	}
	line := p.set.lines[a]
	if (line.caretX(from.at) < line.caretX(to.at)) == right {
		return to
	}
	return from
}

// jumpAside moves the caret by a cluster, as the eye sees it: to the next place
// right or left of it in its line, and at the line's edge to the next line or the
// one before.
func (e *Editor) jumpAside(right, extend bool) {
	at := e.prose.caret
	p := e.at(at.par)
	i := e.caretLine()
	if to, found := p.set.aside(i, at.at, right); found {
		e.jump(textPlace{at.par, to}, extend)
		return
	}
	if right != p.set.rtl {
		e.jump(e.nextLine(at.par, i), extend)
		return
	}
	e.prevLine(at.par, i, extend)
}

// aside is the place for the caret next to one in a line. Where two places of
// the text are one to the eye, it is the one nearer in the text.
func (t *setting) aside(line, at int, right bool) (to int, found bool) {
	const same = 0.05 // px
	l := t.lines[line]
	x := l.CaretX(at - l.base)
	best := math.Inf(1)
	try := func(offset int) {
		d := l.CaretX(offset-l.base) - x
		if !right {
			d = -d
		}
		nearer := d < best-same || d < best+same && distance(offset, at) < distance(to, at)
		if d > same && nearer {
			best, to, found = min(d, best), offset, true
		}
	}
	for _, c := range l.stops() {
		try(l.base + c)
	}
	if line == len(t.lines)-1 {
		try(l.end())
	}
	return to, found
}

func distance(a, b int) int { return max(a-b, b-a) }

// nextLine is the start of the line after one.
func (e *Editor) nextLine(par, line int) textPlace {
	p := e.at(par)
	switch {
	case line+1 < len(p.set.lines):
		return textPlace{par, p.set.lines[line+1].start()}
	case par+1 < len(e.prose.pars):
		return textPlace{par + 1, 0}
	}
	return e.prose.caret // the eye sees no other place there
}

// prevLine goes to the end of the line before one.
func (e *Editor) prevLine(par, line int, extend bool) {
	switch {
	case line > 0:
		to, above := e.endOf(par, line-1)
		e.prose.moveTo(to, extend)
		e.stand(above)
	case par > 0:
		e.jump(textPlace{par - 1, len(e.prose.pars[par-1].text)}, extend)
	default:
		e.jump(e.prose.caret, extend)
	}
}

// endOf is the place at the end of a line: before the spaces at which it is
// broken.
func (e *Editor) endOf(par, line int) (to textPlace, above bool) {
	p := e.at(par)
	if line == len(p.set.lines)-1 {
		return textPlace{par, len(p.text)}, false
	}
	if seen := p.set.visible(line, p.text); seen < p.set.lines[line].end() {
		return textPlace{par, seen}, false
	}
	return textPlace{par, p.set.lines[line].end()}, true
}

func (e *Editor) lineStart(extend bool) {
	par := e.prose.caret.par
	e.jump(textPlace{par, e.at(par).set.lines[e.caretLine()].start()}, extend)
}

func (e *Editor) lineEnd(extend bool) {
	to, above := e.endOf(e.prose.caret.par, e.caretLine())
	e.prose.moveTo(to, extend)
	e.stand(above)
}

// stand shows the caret, at the end of a broken line if above.
func (e *Editor) stand(above bool) {
	e.above, e.goal = above, -1
	e.show()
}

// byLines moves the caret up or down, staying as near as possible to where in its
// line it began.
func (e *Editor) byLines(up bool, n int, extend bool) {
	if e.goal < 0 {
		e.goal = e.caretX()
	}
	goal := e.goal
	par, line := e.prose.caret.par, e.caretLine()
	for range n {
		nextPar, nextLine, ok := e.lineBeside(par, line, up)
		if !ok {
			break
		}
		par, line = nextPar, nextLine
	}
	to, above := e.inLine(par, line, goal)
	if par == e.prose.caret.par && line == e.caretLine() { // there is no other
		to, above = textPlace{}, false
		if !up {
			to = e.prose.end()
		}
	}
	e.prose.moveTo(to, extend)
	e.above, e.goal = above, goal
	e.show()
}

// lineBeside is the line above or below one.
func (e *Editor) lineBeside(par, line int, up bool) (int, int, bool) {
	switch {
	case up && line > 0:
		return par, line - 1, true
	case up && par > 0:
		return par - 1, len(e.at(par-1).set.lines) - 1, true
	case !up && line+1 < len(e.at(par).set.lines):
		return par, line + 1, true
	case !up && par+1 < len(e.prose.pars):
		return par + 1, 0, true
	}
	return par, line, false
}

// stops are the places for a caret in a line, from its base.
func (l setLine) stops() (list []int) {
	text := l.text
	for at := l.Line.Start; at < l.Line.End; {
		list = append(list, at)
		next := typeset.NextCluster(text, at)
		if next <= at {
			break
		}
		at = next
	}
	return list
}
