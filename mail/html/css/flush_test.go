package css

import (
	"testing"

	"postrider/mail/html"
)

func TestTextBeginsAtTheEdgeOfThePane(t *testing.T) {
	for _, c := range []struct {
		source string
		want   float64
	}{
		{"<p>Hello", 0},
		{`<body style="margin:12px"><p>Hello`, 12},
		{`<body bgcolor="#ffeecc"><p>Hello`, 8},
		{`<html style="background:#eee"><body><p>Hello`, 8},
		{`<body style="margin:0"><p>Hello`, 0},
	} {
		doc := html.Parse(c.source)
		style := Parse(doc).Cascade(Media{Width: 600, Flush: true}).Of(doc.Body())
		if style.Margin[Left] != Px(c.want) || style.Margin[Top] != Px(c.want) {
			t.Errorf("%s: the margin is %v, want %v", c.source, style.Margin, c.want)
		}
	}
}
