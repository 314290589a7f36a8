package widgets

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// plainText is the simplest text that can be edited: a string, and all that it
// was. What a prose does must be what this does.
type plainText struct {
	text          string
	caret, anchor int
	past          []plainText
}

func (p *plainText) replace(from, to int, text string) {
	p.past = append(p.past, plainText{text: p.text, caret: p.caret, anchor: p.anchor})
	p.text = p.text[:from] + text + p.text[to:]
	p.caret, p.anchor = from+len(text), from+len(text)
}

var snippets = []string{
	"a", "word", "two words", "\n", "\n\n", "line\n", "> quoted", "- item\n- item", "**bold**", "שלום", "مرحبا\nabc", "e\u0301", "👩‍👩‍👧", "\t", "```\n", "-- \nname", "",
	strings.Repeat("long ", 300), strings.Repeat("字", 1500),
}

// TestEditingIsThatOfAString edits at random and compares with a string: the text,
// its paragraphs, how they look and where lines break.
func TestEditingIsThatOfAString(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 7))
		e := NewEditor("")
		e.wait = func(time.Duration, func()) {}
		e.setter.library, e.setter.width = library(), 300
		naive := &plainText{}
		for step := range 120 {
			e.prose.run = noRun // each change is a step of its own
			p := e.prose
			switch r.IntN(6) {
			case 0, 1, 2:
				from, to := p.placeOf(r.IntN(len(naive.text)+1)), p.placeOf(r.IntN(len(naive.text)+1))
				if r.IntN(3) > 0 {
					to = from
				}
				from, to = order(from, to)
				text := snippets[r.IntN(len(snippets))]
				a, b := p.offset(from), p.offset(to)
				if naive.text[a:b] != text {
					naive.replace(a, b, text)
				} else {
					naive.caret, naive.anchor = a+len(text), a+len(text)
				}
				p.replace(from, to, text)
			case 3:
				at := p.placeOf(r.IntN(len(naive.text) + 1))
				p.moveTo(at, false)
				naive.caret, naive.anchor = p.offset(at), p.offset(at)
			case 4:
				before := p.caret
				from := p.back(before, r.IntN(2) == 0)
				if from != before {
					naive.replace(p.offset(from), p.offset(before), "")
					p.replace(from, before, "")
				}
			default:
				if p.undo() != (len(naive.past) > 0) {
					t.Fatalf("seed %d, step %d: there is something to undo, or not", seed, step)
				}
				if n := len(naive.past); n > 0 {
					naive.text, naive.caret, naive.anchor, naive.past = naive.past[n-1].text, naive.past[n-1].caret, naive.past[n-1].anchor, naive.past[:n-1]
				}
			}
			if p.text() != naive.text || p.size != len(naive.text) || p.offset(p.caret) != naive.caret || p.offset(p.anchor) != naive.anchor {
				t.Fatalf("seed %d, step %d:\n got %q, %d octets, caret %d\nwant %q, %d octets, caret %d", seed, step,
					p.text(), p.size, p.offset(p.caret), naive.text, len(naive.text), naive.caret)
			}
			if step%10 == 9 {
				checkLooks(t, e)
			}
		}
	}
}

// checkLooks compares how a text looks with how it would if it was set anew.
func checkLooks(t *testing.T, e *Editor) {
	t.Helper()
	state := passageState{}
	lines := 0
	for i, p := range e.prose.pars {
		fresh := &passage{text: p.text, look: lookOf(p.text, state, false)}
		state = fresh.look.after
		if p.look.kind != fresh.look.kind || p.look.quote != fresh.look.quote || len(p.look.traits) != len(fresh.look.traits) {
			t.Fatalf("paragraph %d %q looks like %+v, not like %+v", i, p.text, p.look, fresh.look)
		}
		e.at(i)
		e.setter.set(fresh)
		checkLines(t, p)
		if len(p.text) <= chunkSize && len(p.set.lines) != len(fresh.set.lines) {
			t.Fatalf("paragraph %d has %d lines, anew %d", i, len(p.set.lines), len(fresh.set.lines))
		}
		if e.lines.above(i) != lines {
			t.Fatalf("%d lines are above paragraph %d, not %d", lines, i, e.lines.above(i))
		}
		lines += len(p.set.lines)
	}
}

// checkLines checks that each letter of a paragraph is in exactly one line.
func checkLines(t *testing.T, p *passage) {
	t.Helper()
	at := 0
	for k, l := range p.set.lines {
		if l.start() != at || l.end() < at || !utf8.ValidString(p.text[l.start():l.end()]) {
			t.Fatalf("line %d of %d is from %d to %d, the one before ends at %d", k, len(p.set.lines), l.start(), l.end(), at)
		}
		at = l.end()
	}
	if at != len(p.text) {
		t.Fatalf("the lines end at %d of %d", at, len(p.text))
	}
}

// A long paragraph is set in chunks, of which an edit changes few; the lines must
// be those of all of it set at once.
func TestALongParagraphBreaksAsIfItWasSetAtOnce(t *testing.T) {
	s := setter{library(), 400}
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("The post rider carries letters between towns; what was promised arrives, whatever the weather **bold** `code` in the end")
	var b strings.Builder
	for b.Len() < 60_000 {
		b.WriteString(words[r.IntN(len(words))] + " ")
	}
	p := &passage{text: b.String()}
	p.look = lookOf(p.text, passageState{}, false)
	s.set(p)
	for step := range 25 {
		at := strings.IndexByte(p.text[r.IntN(len(p.text)-100):], ' ') + r.IntN(len(p.text)/2)
		text := []string{"x", "a few words ", "", "**", strings.Repeat("more ", 50)}[step%5]
		end := at
		if step%3 == 0 {
			end = at + r.IntN(40)
		}
		next := &passage{text: p.text[:at] + text + p.text[end:]}
		next.look = lookOf(next.text, passageState{}, false)
		next.set.was = p
		s.set(next)
		checkLines(t, next)
		whole := s.library.Paragraph(pieces(next, 0, len(next.text)), s.options())
		if len(whole.Lines) != len(next.set.lines) {
			t.Fatalf("step %d: %d lines, at once %d", step, len(next.set.lines), len(whole.Lines))
		}
		for i := range whole.Lines {
			if l := next.set.lines[i]; l.start() != whole.Lines[i].Start || l.Width != whole.Lines[i].Width {
				t.Fatalf("step %d, line %d: from %d, %.2f wide; at once from %d, %.2f wide", step, i, l.start(), l.Width, whole.Lines[i].Start, whole.Lines[i].Width)
			}
		}
		next.set.was = nil
		p = next
	}
}

// FuzzEditor edits with whatever keys there are and looks for what breaks.
func FuzzEditor(f *testing.F) {
	f.Add("one **two**\n> three", []byte("abcdefghijklmnop"))
	f.Add("שלום abc\n\n- a", []byte{0, 200, 3, 9, 12, 77})
	f.Fuzz(func(t *testing.T, text string, keys []byte) {
		if len(text) > 4000 || len(keys) > 200 {
			return
		}
		e := NewEditor("")
		e.wait = func(time.Duration, func()) {}
		e.setter.library, e.setter.width = library(), 200
		e.prose.reset(text)
		start := e.prose.text()
		if !utf8.ValidString(start) {
			t.Fatalf("not valid: %q", start)
		}
		for _, k := range keys {
			fuzzKey(e, k)
			p := e.prose
			if p.within(p.caret) != p.caret || p.within(p.anchor) != p.anchor {
				t.Fatalf("caret %v, anchor %v", p.caret, p.anchor)
			}
			if got := p.pars[p.caret.par].text; p.caret.at > 0 && p.caret.at < len(got) && !utf8.RuneStart(got[p.caret.at]) {
				t.Fatalf("the caret is within a letter")
			}
		}
		checkLooks(t, e)
		if e.prose.size != len(e.prose.text()) {
			t.Fatalf("%d octets, not %d", e.prose.size, len(e.prose.text()))
		}
		if len(e.prose.past) < changesKept {
			for e.prose.undo() {
			}
			if got := e.prose.text(); got != start {
				t.Fatalf("all undone is %q, not %q", got, start)
			}
		}
	})
}

// fuzzKey does one thing.
func fuzzKey(e *Editor, k byte) {
	p := e.prose
	extend, word := k&0x40 != 0, k&0x80 != 0
	switch k & 0x0F {
	case 0:
		p.typed([]rune("a *>-`א\u0301👩字\n")[int(k>>4)%11])
	case 1:
		p.takeBack(word)
	case 2:
		p.takeOn(word)
	case 3:
		p.newLine()
	case 4:
		p.insert(snippets[int(k>>4)%len(snippets)])
	case 5:
		p.undo()
	case 6:
		p.redo()
	case 7:
		e.Surround([]string{"**", "*", "`"}[int(k>>4)%3])
	case 8:
		e.Begin([]string{"- ", "> ", "## "}[int(k>>4)%3])
	case 9:
		e.Link("")
	case 10:
		e.tab(false)
	case 11:
		e.jumpAside(word, extend)
	case 12:
		e.byLines(word, 1, extend)
	case 13:
		e.lineEnd(extend)
	case 14:
		p.moveTo(p.on(p.caret, word), extend)
	default:
		p.moveTo(p.back(p.caret, word), extend)
	}
}
