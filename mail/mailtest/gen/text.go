package gen

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// sentence makes n words.
func (p *Plan) sentence(r *rand.Rand, l *locale, n int) string {
	var b strings.Builder
	for k := 0; k < n; k++ {
		w := p.word(r, l)
		if k == 0 && w[0] >= 'a' && w[0] <= 'z' {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		if k > 0 && !l.nospace {
			if r.IntN(12) == 0 {
				b.WriteByte(',')
			}
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	if l.nospace {
		b.WriteString("。")
	} else {
		b.WriteString([]string{".", ".", ".", ".", "?", "!"}[r.IntN(6)])
	}
	return b.String()
}

// subject is that of the thread, with the list's tag and "Re: ".
func (p *Plan) subject(i int) string {
	root := p.root(i)
	r, l := p.random(root, saltSubject), p.locale(root)
	s := p.sentence(r, l, 3+r.IntN(6))
	s = strings.TrimRight(s, ".?!。")
	if name, ok := strings.CutPrefix(p.folderOf(root), "lists/"); ok {
		s = "[" + name + "] " + s
	}
	if root != i {
		s = "Re: " + s
	}
	return s
}

// paragraphs are the writer's own text of message i, without quotes.
func (p *Plan) paragraphs(i int) []string {
	r, l := p.random(i, saltText), p.locale(i)
	scale := map[kind]float64{talk: 5.2, list: 6.2, news: 9.5, notice: 3.2}[p.slots[i].kind]
	n := min(1+int(scale*math.Exp(r.NormFloat64()*0.75)), 120)
	out := make([]string, n)
	for k := range out {
		out[k] = p.paragraph(r, l)
	}
	if l.charset == "utf-8" && l.words == nil { // ASCII words: give it a reason to be UTF-8
		out[r.IntN(n)] += " “Naïve café” – 5 € → 👍"
	}
	if r.IntN(6) == 0 {
		out = append(out, fmt.Sprintf("https://%s/%s/%x?id=%d",
			domains[r.IntN(len(domains))], p.words.words[r.IntN(2000)], r.Uint64(), r.IntN(1e6)))
	}
	return out
}

func (p *Plan) paragraph(r *rand.Rand, l *locale) string {
	var sentences []string
	for k := 1 + r.IntN(6); k > 0; k-- {
		sentences = append(sentences, p.sentence(r, l, 4+r.IntN(14)))
	}
	if l.nospace {
		return strings.Join(sentences, "")
	}
	return strings.Join(sentences, " ")
}

// plainText is the whole text/plain body: greeting, own text with the probe
// words, signature and, in replies, some generations of quotes.
func (p *Plan) plainText(i int, probes []string) string {
	l, r := p.locale(i), p.random(i, saltBody)
	s := p.slots[i]
	var o strings.Builder
	if s.kind == talk || s.kind == list && r.IntN(3) == 0 {
		o.WriteString(l.greet + ",\n\n")
	}
	if s.parent >= 0 && s.kind == list { // lists quote above the answer
		p.quote(&o, int(s.parent), 1, 2)
	}
	for k, text := range p.paragraphs(i) {
		o.WriteString(wrap(text, "", l.nospace))
		o.WriteByte('\n')
		if k == 0 {
			for _, w := range probes {
				o.WriteString(w + ".\n\n")
			}
		}
	}
	name := p.sender(i).name
	o.WriteString(l.bye + "\n" + strings.Fields(name)[0] + "\n")
	if r.IntN(3) == 0 {
		o.WriteString("\n-- \n" + name + "\n" + wrap(p.sentence(r, l, 8), "", l.nospace))
	}
	if s.parent >= 0 && s.kind != list { // everybody else below it
		o.WriteByte('\n')
		p.quote(&o, int(s.parent), 1, 4)
	}
	return o.String()
}

// quote writes message i as quoted depth times, and what it quotes itself.
func (p *Plan) quote(o *strings.Builder, i, depth, most int) {
	prefix := strings.Repeat(">", depth-1)
	if depth > 1 {
		prefix += " "
	}
	fmt.Fprintf(o, "%sOn %s, %s wrote:\n", prefix, p.when(i).Format("Mon, 2 Jan 2006 at 15:04"), p.sender(i).name)
	prefix = strings.Repeat(">", depth) + " "
	for k, t := range p.paragraphs(i) {
		if k > 8 {
			break
		}
		o.WriteString(wrap(t, prefix, p.locale(i).nospace) + prefix + "\n")
	}
	if parent := int(p.slots[i].parent); parent >= 0 && depth < most {
		p.quote(o, parent, depth+1, most)
	}
	if depth == 1 {
		o.WriteByte('\n')
	}
}

// wrap breaks a paragraph into lines of about 72 columns.
func wrap(s, prefix string, nospace bool) string {
	if nospace {
		return wrapRunes(s, prefix)
	}
	var o strings.Builder
	column := 0
	for i, w := range strings.Split(s, " ") {
		n := utf8.RuneCountInString(w)
		switch {
		case i == 0:
			o.WriteString(prefix)
		case column+1+n > 72:
			o.WriteString("\n" + prefix)
			column = 0
		default:
			o.WriteByte(' ')
			column++
		}
		o.WriteString(w)
		column += n
	}
	o.WriteByte('\n')
	return o.String()
}

// wrapRunes breaks text without blanks; its characters are two columns wide.
func wrapRunes(s, prefix string) string {
	var o strings.Builder
	for rest := []rune(s); len(rest) > 0; {
		n := min(34, len(rest))
		o.WriteString(prefix + string(rest[:n]) + "\n")
		rest = rest[n:]
	}
	return o.String()
}
