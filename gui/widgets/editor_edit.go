package widgets

import (
	"strings"
	"unicode/utf8"

	"postrider/mail/typeset"
)

// typed writes a letter in place of what is selected.
func (p *prose) typed(r rune) {
	text := cleanText(string(r))
	if text == "" {
		return
	}
	from, to := p.span()
	if from != to {
		p.run = noRun
	}
	p.change(from, to, text, typingRun)
}

// insert puts a text in place of what is selected.
func (p *prose) insert(text string) {
	from, to := p.span()
	p.replace(from, to, cleanText(text))
}

// takeBack removes what is selected, or what is before the caret: a cluster, or
// all back to the start of a word. It says whether there was something.
func (p *prose) takeBack(word bool) bool {
	from, to := p.span()
	if from != to {
		p.replace(from, to, "")
		return true
	}
	from = p.back(to, word)
	if from == to {
		return false
	}
	p.change(from, to, "", backRun)
	return true
}

// takeOn is takeBack the other way.
func (p *prose) takeOn(word bool) bool {
	from, to := p.span()
	if from != to {
		p.replace(from, to, "")
		return true
	}
	to = p.on(from, word)
	if from == to {
		return false
	}
	p.change(from, to, "", forwardRun)
	return true
}

// moveTo puts the caret somewhere; extend keeps the other end of the selection.
func (p *prose) moveTo(to textPlace, extend bool) {
	p.run = noRun
	p.caret = p.within(to)
	if !extend {
		p.anchor = p.caret
	}
}

// within is the nearest place that there is.
func (p *prose) within(to textPlace) textPlace {
	to.par = min(max(to.par, 0), len(p.pars)-1)
	text := p.pars[to.par].text
	to.at = min(max(to.at, 0), len(text))
	for to.at > 0 && to.at < len(text) && !utf8.RuneStart(text[to.at]) {
		to.at--
	}
	return to
}

// on is the place after a cluster, or after a word, in the order of the text.
func (p *prose) on(from textPlace, word bool) textPlace {
	text := p.pars[from.par].text
	if from.at >= len(text) {
		if from.par+1 == len(p.pars) {
			return from
		}
		from = textPlace{from.par + 1, 0}
		if !word {
			return from
		}
		text = p.pars[from.par].text
	}
	if !word {
		return textPlace{from.par, typeset.NextCluster(text, from.at)}
	}
	at := from.at
	for at < len(text) {
		start, end := wordAround(text, at)
		at = max(end, at+1)
		if hasWord(text[start:end]) {
			break
		}
	}
	return p.within(textPlace{from.par, at})
}

// back is on the other way.
func (p *prose) back(from textPlace, word bool) textPlace {
	if from.at == 0 {
		if from.par == 0 {
			return from
		}
		from = textPlace{from.par - 1, len(p.pars[from.par-1].text)}
		if !word {
			return from
		}
	}
	text := p.pars[from.par].text
	if !word {
		return textPlace{from.par, typeset.PrevCluster(text, from.at)}
	}
	at := from.at
	for at > 0 {
		before := typeset.PrevCluster(text, at)
		start, end := wordAround(text, before)
		at = min(start, before)
		if hasWord(text[start:end]) {
			break
		}
	}
	return textPlace{from.par, at}
}

// wordRoom is how far around an offset a word is looked for: no word is longer,
// and a paragraph may be.
const wordRoom = 512

// wordAround is typeset.WordAt for a text of any length.
func wordAround(text string, at int) (start, end int) {
	from, to := max(0, at-wordRoom), min(len(text), at+wordRoom)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	start, end = typeset.WordAt(text[from:to], at-from)
	return start + from, end + from
}

// newLine ends the paragraph. A list goes on with its next item, or ends at an
// empty one; a quotation is parted, so that what is written stands between its
// halves.
func (p *prose) newLine() {
	from, to := p.span()
	par := p.pars[from.par]
	bullet := par.look.bullet
	switch {
	case from.par != to.par || par.look.literal:
		p.replace(from, to, "\n")
	case bullet > 0 && from.at >= bullet && strings.TrimSpace(par.text[bullet:]) == "" && from == to:
		p.replace(textPlace{from.par, 0}, textPlace{from.par, len(par.text)}, "")
	case bullet > 0 && from.at >= bullet:
		p.replace(from, to, "\n"+nextBullet(par.text[:bullet]))
	case par.look.quote > 0 && from.at >= par.look.mark:
		p.partQuote(from, to)
	default:
		p.replace(from, to, "\n")
	}
}

// partQuote opens a line of the person's own within a quotation.
func (p *prose) partQuote(from, to textPlace) {
	par := p.pars[from.par]
	mark := par.text[:par.look.mark]
	rest := strings.TrimLeft(par.text[to.at:], " ")
	switch {
	case rest == "":
		p.replace(from, textPlace{to.par, len(par.text)}, "\n")
	case strings.TrimSpace(par.text[par.look.mark:from.at]) == "":
		p.replace(textPlace{from.par, 0}, to, "\n"+mark)
		p.moveTo(textPlace{from.par, 0}, false)
	default:
		p.replace(from, textPlace{to.par, len(par.text) - len(rest)}, "\n\n"+mark)
		p.moveTo(textPlace{from.par + 1, 0}, false)
	}
}
