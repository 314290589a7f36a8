package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
)

func BenchmarkTextPainted(b *testing.B) {
	s := NewSheet(380, 20, 1)
	words := Words{Text: "The fixtures can move 40 cm towards the window; I marked it in the drawing.", Style: theme.TextLine, Color: theme.Ink3}
	for b.Loop() {
		s.Text(0, 0, 340, words)
	}
}

func BenchmarkNewTextPainted(b *testing.B) {
	s := NewSheet(380, 20, 1)
	n := 0
	for b.Loop() {
		n++
		s.Text(0, 0, 340, Words{Text: fmt.Sprint("Lighting plan ", n, " for the reading room, with words of its own ", n*7919), Style: theme.TextLine, Color: theme.Ink3})
	}
}

func BenchmarkTextSetToWhatItIs(b *testing.B) {
	fynetest.New(b)
	t := NewText("Kestrel Seed Library", theme.TextBody, theme.Ink)
	for b.Loop() {
		t.SetText("Kestrel Seed Library")
	}
}

func BenchmarkButtonPainted(b *testing.B) {
	fynetest.New(b)
	button := NewButton("Reply", theme.IconReply, ButtonLook{}, nil)
	button.Resize(fyne.NewSize(85, 32))
	s := NewSheet(85, 32, 1)
	for b.Loop() {
		button.paint(s)
	}
}
