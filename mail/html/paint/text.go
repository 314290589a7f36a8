package paint

import (
	"image/color"
	"sort"

	"postrider/mail/html/display"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// text draws the words of a run, what is found in it behind them, and lines at
// them.
func (b *brush) text(index int, it *display.Item) {
	run := &b.page.Runs[it.At]
	style := &b.page.Styles[run.Style]
	col := b.letters(style.Colour, index)
	first, last := b.hits(run)
	b.mark(run, first, last)
	for _, s := range style.Shadows {
		b.cast(run, style, s)
	}
	b.words(run, style, 0, 0, col)
	b.lines(run, style, index, int(it.At))
	if first < last && contrast(opaque(col), b.look.Hit) < readable {
		b.over(run, style, first, last)
	}
	if k := b.look.Current; k >= first && k < last {
		b.current(run, style)
	}
}

func (b *brush) words(run *display.Run, style *display.TextStyle, dx, dy float64, col color.NRGBA) {
	for i := range run.Words {
		w := &run.Words[i]
		if w.Space || w.Shape.Zero() || w.X > b.area.Right()+overhang || w.X+w.W < b.area.X-overhang {
			continue
		}
		b.runs = w.Shape.Runs(b.runs[:0], style.Size, style.LetterSpacing, float64(w.X), float64(run.Baseline), w.RTL)
		for k := range b.runs {
			b.c.Text(&b.runs[k], dx, dy, col)
		}
	}
}

// cast draws a shadow of letters. One that is blurred is drawn fainter instead:
// mail has few of them.
func (b *brush) cast(run *display.Run, style *display.TextStyle, s display.TextShadow) {
	col := s.Colour
	if s.Blur > 1 {
		col.A = uint8(float32(col.A) / min(6, 1+s.Blur/2))
	}
	if b.turn != nil {
		return // made for light grounds
	}
	b.words(run, style, float64(s.X), float64(s.Y), col)
}

// lines draws the lines under, over and through a run.
func (b *brush) lines(run *display.Run, style *display.TextStyle, index, at int) {
	for _, l := range []*display.TextLine{&style.Under, &style.Over, &style.Through} {
		if l.Stroke == display.None || l.Thickness <= 0 {
			continue
		}
		left, right := extent(b.drawn(at, run))
		b.c.Rule(float64(left), float64(run.Baseline+l.Y), float64(right-left), float64(l.Thickness), ink.Stroke(l.Stroke), b.letters(l.Colour, index))
	}
}

// drawn are the words of a run that lines are drawn at: a space at the end of a
// line hangs, and has none (CSS Text 3, 4.1.2).
func (b *brush) drawn(at int, run *display.Run) []display.Word {
	words := run.Words
	if at+1 < len(b.page.Runs) && b.page.Runs[at+1].Baseline == run.Baseline {
		return words
	}
	for len(words) > 1 && words[len(words)-1].Space && words[len(words)-1].Text == " " {
		words = words[:len(words)-1]
	}
	return words
}

// extent is from where to where words reach.
func extent(words []display.Word) (left, right float32) {
	if len(words) == 0 {
		return 0, 0
	}
	left, right = words[0].X, words[0].X
	for i := range words {
		left, right = min(left, words[i].X), max(right, words[i].X+words[i].W)
	}
	return left, right
}

// hits are the indices of what was found in a run, from first up to last.
func (b *brush) hits(run *display.Run) (first, last int) {
	all := b.look.Hits
	first = sort.Search(len(all), func(i int) bool { return all[i].To > run.From })
	last = first
	for last < len(all) && all[last].From < run.To {
		last++
	}
	return first, last
}

// mark draws what lies behind the words that were found.
func (b *brush) mark(run *display.Run, first, last int) {
	for k := first; k < last; k++ {
		if k == b.look.Current {
			continue
		}
		for _, r := range run.Cover(b.look.Hits[k]) {
			b.c.Fill(rect(r), ink.Round(2), b.look.Hit)
		}
	}
}

// over draws what was found once more, in a colour that can be read there: the
// mail's own may be that of letters on a dark button.
func (b *brush) over(run *display.Run, style *display.TextStyle, first, last int) {
	for k := first; k < last; k++ {
		for _, r := range run.Cover(b.look.Hits[k]) {
			b.c.Clip(rect(r), ink.Corners{})
			b.c.Fill(rect(r), ink.Round(2), b.look.Hit)
			b.words(run, style, 0, 0, b.look.Ink)
			b.c.Unclip()
		}
	}
}

// current draws the one that is looked at, over the rest.
func (b *brush) current(run *display.Run, style *display.TextStyle) {
	for _, r := range run.Cover(b.look.Hits[b.look.Current]) {
		b.c.Fill(rect(r), ink.Round(2), b.look.Accent)
		b.c.Clip(rect(r), ink.Corners{})
		b.words(run, style, 0, 0, b.look.OnAccent)
		b.c.Unclip()
	}
}

// write draws a line of the reader's own, in the middle of a height.
func (b *brush) write(line *typeset.Line, x float64, in ink.Rect, col color.NRGBA) {
	base := in.Y + (in.H-line.Ascent-line.Descent)/2 + line.Ascent
	for i := range line.Runs {
		b.c.Text(&line.Runs[i], x, base, col)
	}
}
