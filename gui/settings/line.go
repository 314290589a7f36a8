package settings

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

const (
	settingsColumn float32 = 660
	lineAir        float32 = 12
	checkIndent    float32 = 24 // of what stands below a check's words
)

// card is a section of settings: a head, and a card with lines.
func card(title string, lines ...fyne.CanvasObject) fyne.CanvasObject {
	rows := make([]fyne.CanvasObject, 0, 2*len(lines))
	for i, l := range lines {
		if i > 0 {
			rows = append(rows, widgets.NewDivider())
		}
		rows = append(rows, widgets.Pad(lineAir, theme.Space4, lineAir, theme.Space4, l))
	}
	return widgets.Column(theme.Space2, widgets.NewText(title, theme.TextSection, theme.Ink), widgets.NewCard(widgets.Column(0, rows...)))
}

// choice is a line with words at its start and a control at its end.
func choice(title, text string, control fyne.CanvasObject) fyne.CanvasObject {
	words := []fyne.CanvasObject{widgets.NewText(title, theme.TextBody, theme.Ink)}
	if text != "" {
		words = append(words, caption(text))
	}
	return widgets.Row(theme.Space4, widgets.Grow(widgets.Column(2, words...)), control)
}

// check is a line with a check, and what it means below its words.
func check(c *widgets.Check, text string) fyne.CanvasObject {
	if text == "" {
		return widgets.Start(c)
	}
	return widgets.Column(2, widgets.Start(c), widgets.Pad(0, 0, 0, checkIndent, caption(text)))
}

func caption(text string) fyne.CanvasObject {
	return widgets.NewBlock(widgets.Words{Text: text, Style: theme.TextCaption, Color: theme.Ink3}, 4)
}

// part is one part of the settings: sections below each other.
func part(sections ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.AtMost(settingsColumn, widgets.Column(theme.Space5, sections...))
}
