package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

const (
	choiceColumn float32 = 904
	choiceGap    float32 = 24
	// choiceBeside is the least width for the cards to stand side by side.
	choiceBeside float32 = 720
)

// imapChoice and popChoice say what each does to mail on the server and on other
// devices, in plain words.
var (
	imapChoice = widgets.Choice{
		Title: "Keep mail on the server", Suggested: true, Protocol: widgets.IMAP, Sketch: widgets.Synchronized, Captions: widgets.ProtocolCaptions,
		Points: []widgets.ChoicePoint{
			{Head: "On the server", Term: "connectivity", Answer: "All mail stays there. This computer keeps a copy."},
			{Head: "On your other devices", Term: "synchronization", Answer: "Phone, tablet and webmail show the same mail, read marks and folders, usually within a second."},
			{Head: "When you delete here", Answer: "It is gone everywhere."},
			{Head: "Without internet", Answer: "Read and file as usual. Changes go out when you are back."},
		},
	}
	popChoice = widgets.Choice{
		Title: "Keep mail on this computer", Protocol: widgets.POP, Sketch: widgets.Collected, Captions: widgets.ProtocolCaptions,
		Points: []widgets.ChoicePoint{
			{Head: "On the server", Term: "connectivity", Answer: "A copy stays until you delete it here, or as long as you say."},
			{Head: "On your other devices", Term: "synchronization", Answer: "They do not see what you read, file or write here, and fetch their own copies while the server has them."},
			{Head: "When you delete here", Answer: "It leaves the server too, once there has been time to undo."},
			{Head: "Without internet", Answer: "Everything is here for good, whatever the provider does."},
		},
	}
)

// choicePage asks where mail is to be kept.
type choicePage struct {
	widget.BaseWidget
	wizard    *Wizard
	chosen    widgets.Protocol
	imap, pop *widgets.ChoiceCard
	sentence  *widgets.Block
	next      *widgets.Button
	frame     *frame
}

func newChoicePage(w *Wizard) *choicePage {
	p := &choicePage{wizard: w, chosen: widgets.IMAP}
	p.imap = widgets.NewChoiceCard(imapChoice, true, func() { p.choose(widgets.IMAP) })
	p.pop = widgets.NewChoiceCard(popChoice, false, func() { p.choose(widgets.POP) })
	p.sentence = widgets.NewBlock(widgets.Words{Style: theme.TextBody, Color: theme.Ink2}, 3)
	p.next = widgets.NewButton("Continue with IMAP", "", widgets.ButtonLook{Primary: true, Big: true}, func() { p.wizard.servers(p.chosen) })
	back := widgets.NewButton("Back", "", widgets.ButtonLook{Big: true}, p.wizard.toAddress)
	content := widgets.Column(0,
		widgets.NewText("Where should this mail live?", theme.TextTitle, theme.Ink),
		widgets.Gap(0, theme.Space1), p.sentence, widgets.Gap(0, theme.Space5),
		widgets.Beside(choiceBeside, choiceGap, p.imap, p.pop), widgets.Gap(0, theme.Space4),
		hint("Several computers or a phone? Take IMAP. One computer, a small mailbox on the server, or mail to keep for good? Take POP."))
	p.frame = newFrame(choiceColumn, 52, content, newSteps(1), back, p.next)
	p.ExtendBaseWidget(p)
	return p
}

func hint(sentence string) fyne.CanvasObject {
	text := widgets.NewBlock(widgets.Words{Text: sentence, Style: theme.TextLine, Color: theme.Ink2}, 3)
	return widgets.TopRow(theme.Space2, widgets.Pad(1, 0, 0, 0, widgets.NewIconMark(theme.IconInfo, theme.IconControl, theme.Ink3)), widgets.Grow(text))
}

func (p *choicePage) choose(protocol widgets.Protocol) {
	p.chosen = protocol
	p.imap.SetOn(protocol == widgets.IMAP)
	p.pop.SetOn(protocol == widgets.POP)
	p.next.SetLabel("Continue with " + protocol.String())
}

// show says what is offered to an address.
func (p *choicePage) show(address string, both bool) {
	sentence := "You can add the account the other way later; no mail is lost."
	if both {
		sentence = address + " offers both. " + sentence
	} else {
		sentence = "Most providers offer both. " + sentence
	}
	p.sentence.SetText(sentence)
}

// CreateRenderer is for Fyne.
func (p *choicePage) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(p.frame) }
