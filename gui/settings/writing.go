package settings

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"postrider/gui/widgets"
)

// undoTimes are the times to choose from, in seconds.
var undoTimes = []int{0, 5, 10, 20, 30, 60}

// writing is how messages are written and sent.
func (p *ProgramPage) writing(around Surroundings) fyne.CanvasObject {
	v := &p.values
	quote := widgets.NewSelect([]string{"below what I write", "above what I write", "not at all"}, int(v.Quote), false, func(i int) {
		p.set(func(v *Values) { v.Quote = Quote(i) })
	})
	return part(
		card("Answers", choice("Quote the message that I answer", "", quote)),
		card("Form", check(p.flag("Write plain text only", &v.Plain), "No bold, no links and no lists for those who read it. It can be changed for each message.")),
		card("Spelling", check(p.flag("Mark words that are misspelt", &v.Spell), speller(around))),
		card("Sending", choice("A message can be taken back", "Until then it waits in the Outbox.", p.undo())),
		card("Signatures", caption("Each address has its own: on its account’s page, under Identity.")),
	)
}

// speller says what tells misspelt words.
func speller(around Surroundings) string {
	if around.Speller {
		return "By the dictionaries of this computer; no word leaves it."
	}
	return "For this, install Hunspell and a dictionary of your language."
}

func (p *ProgramPage) undo() fyne.CanvasObject {
	times := slices.Clone(undoTimes)
	if !slices.Contains(times, p.values.Undo) { // from the file
		times = append(times, p.values.Undo)
		slices.Sort(times)
	}
	labels := make([]string, len(times))
	for i, n := range times {
		labels[i] = fmt.Sprintf("for %d seconds", n)
		if n == 0 {
			labels[i] = "not at all"
		}
	}
	return widgets.NewSelect(labels, slices.Index(times, p.values.Undo), false, func(i int) {
		p.set(func(v *Values) { v.Undo = times[i] })
	})
}
