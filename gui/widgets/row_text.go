package widgets

import "postrider/gui/theme"

// paintText draws a piece's text into its box: cut with an ellipsis if it is too
// wide, from the left whatever its direction, the hits of a search marked.
func (p piece) paintText(s *Sheet) {
	words := Words{Text: p.text, Style: p.style, Color: p.color}
	for _, hit := range p.hits {
		words.Spans = append(words.Spans, Span{From: hit.From, To: hit.To, Behind: theme.Hit})
	}
	s.Text(p.x, p.y, p.w, words)
}
