package settings

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// ProgramPage has the program's settings.
type ProgramPage struct {
	page
	values  Values
	changed func(Values)
}

// NewProgramPage shows values and tells of each change. closed is called when
// the person closes the page.
func NewProgramPage(v Values, around Surroundings, keys []KeySection, changed func(Values), closed func()) *ProgramPage {
	p := &ProgramPage{values: v, changed: changed}
	p.build(p, []string{"General", "Writing", "Appearance", "Privacy", "Keys"},
		[]fyne.CanvasObject{p.general(around), p.writing(around), p.appearance(), p.privacy(around), p.keys(keys)},
		widgets.NewText("Settings", theme.TextSubject, theme.Ink), widgets.Spring(), widgets.NewIconButton(theme.IconX, "Close", closed))
	return p
}

// set changes a value and tells.
func (p *ProgramPage) set(change func(*Values)) {
	change(&p.values)
	p.changed(p.values)
}

// flag is a check for one of the values.
func (p *ProgramPage) flag(label string, at *bool) *widgets.Check {
	return widgets.NewCheck(label, *at, func(on bool) {
		*at = on
		p.changed(p.values)
	})
}

func (p *ProgramPage) general(around Surroundings) fyne.CanvasObject {
	v := &p.values
	show := widgets.NewSelect([]string{"sender, subject and first line", "the sender", "how many", "nothing"}, int(v.Show), false, func(i int) { p.set(func(v *Values) { v.Show = Show(i) }) })
	sections := []fyne.CanvasObject{
		card("New mail", choice("A notification tells", "One for all when many arrive.", show), p.quietHours()),
		card("Reading", choice("An opened message counts as read", "", p.readAfter()),
			check(p.flag("Show conversations as one row", &v.Conversations), "Messages that answer each other stand together.")),
	}
	var program []fyne.CanvasObject
	if around.Tray {
		program = append(program, check(p.flag("Go on in the tray when the window is closed", &v.Tray), "Mail arrives and is told of while no window is open."),
			check(p.flag("Start in the tray", &v.Hidden), "Without a window, until one is asked for."))
	}
	if around.Session {
		program = append(program, check(p.flag("Start with the session", &v.Session), ""))
	}
	if len(program) > 0 {
		sections = append(sections, card("The program", program...))
	}
	if len(around.Accounts) > 0 || around.AddAccount != nil {
		sections = append([]fyne.CanvasObject{accountList(around.Accounts, around.AddAccount)}, sections...)
	}
	return part(sections...)
}

// readAfter are the times to choose from, in seconds.
var readAfter = []float64{0, 1, 2, 5, -1}

func (p *ProgramPage) readAfter() fyne.CanvasObject {
	times := slices.Clone(readAfter)
	if !slices.Contains(times, p.values.ReadAfter) { // from the file
		times = append(times, p.values.ReadAfter)
	}
	labels := make([]string, len(times))
	for i, n := range times {
		switch {
		case n < 0:
			labels[i] = "when I say so"
		case n == 0:
			labels[i] = "at once"
		case n == 1:
			labels[i] = "after a second"
		default:
			labels[i] = fmt.Sprintf("after %v seconds", n)
		}
	}
	return widgets.NewSelect(labels, slices.Index(times, p.values.ReadAfter), false, func(i int) {
		p.set(func(v *Values) { v.ReadAfter = times[i] })
	})
}

const (
	halfHour = 30
	day      = 24 * 60
)

// quietTimes are the times to choose from, half an hour apart, with one more
// from the file if it is between.
func quietTimes(at int) (minutes []int, labels []string) {
	for m := 0; m < day; m += halfHour {
		minutes = append(minutes, m)
	}
	if !slices.Contains(minutes, at) {
		minutes = append(minutes, at)
		slices.Sort(minutes)
	}
	for _, m := range minutes {
		labels = append(labels, fmt.Sprintf("%02d:%02d", m/60, m%60))
	}
	return minutes, labels
}

// clock is a select for one of the ends of the quiet hours.
func (p *ProgramPage) clock(at *int) *widgets.Select {
	minutes, labels := quietTimes(*at)
	return widgets.NewSelect(labels, slices.Index(minutes, *at), true, func(i int) {
		*at = minutes[i]
		p.changed(p.values)
	})
}

func (p *ProgramPage) quietHours() fyne.CanvasObject {
	from, to := p.clock(&p.values.QuietFrom), p.clock(&p.values.QuietTo)
	enable := func(on bool) {
		for _, s := range []*widgets.Select{from, to} {
			if on {
				s.Enable()
			} else {
				s.Disable()
			}
		}
	}
	enable(p.values.Quiet)
	quiet := widgets.NewCheck("Be quiet from", p.values.Quiet, func(on bool) {
		enable(on)
		p.set(func(v *Values) { v.Quiet = on })
	})
	return widgets.Row(theme.Space2, quiet, from, widgets.NewText("to", theme.TextBody, theme.Ink), to, widgets.Spring())
}

// mailSizes are the sizes of a mail's text to choose from, in percent.
var mailSizes = []int{80, 90, 100, 110, 125, 150, 175, 200}

func (p *ProgramPage) appearance() fyne.CanvasObject {
	v := &p.values
	mode := widgets.NewSegments([]string{"As the system", "Light", "Dark"}, int(v.Mode), func(i int) { p.set(func(v *Values) { v.Mode = theme.Mode(i) }) })
	density := widgets.NewSegments([]string{"Comfortable", "Cosy", "Compact"}, int(v.Density), func(i int) { p.set(func(v *Values) { v.Density = widgets.Density(i) }) })
	sizes := make([]string, len(mailSizes))
	for i, n := range mailSizes {
		sizes[i] = fmt.Sprintf("%d %%", n)
	}
	size := widgets.NewSelect(sizes, max(0, slices.Index(mailSizes, v.MailSize)), false, func(i int) { p.set(func(v *Values) { v.MailSize = mailSizes[i] }) })
	return part(
		card("Colours", choice("Light or dark", "", mode)),
		card("The list", choice("Rows", "Three lines, two, or one in columns.", density)),
		card("Mail", choice("Size of the text", "For all mail; Ctrl + and Ctrl − change it for one.", size)),
	)
}

func (p *ProgramPage) privacy(k Surroundings) fyne.CanvasObject {
	pictures := []struct{ label, text string }{
		{"Ask first", "A picture from the net tells its sender that, when and where you read."},
		{"Show those of senders that I allowed", "A sender is allowed in the line above their mail. Others still have to ask."},
	}
	radios := make([]*widgets.Radio, len(pictures))
	lines := make([]fyne.CanvasObject, len(pictures))
	for i, o := range pictures {
		radios[i] = widgets.NewRadio(o.label, Pictures(i) == p.values.Pictures, func() {
			for k, r := range radios {
				r.SetOn(k == i)
			}
			p.set(func(v *Values) { v.Pictures = Pictures(i) })
		})
		lines[i] = widgets.Column(2, widgets.Start(radios[i]), widgets.Pad(0, 0, 0, 28, caption(o.text)))
	}
	if k.Forget != nil && k.Allowed > 0 {
		lines = append(lines, choice("Senders whose pictures you allowed", fmt.Sprint(k.Allowed), widgets.NewButton("Forget them", "", widgets.ButtonLook{}, k.Forget)))
	}
	return part(
		card("Pictures from the net", lines...),
		card("On this computer", choice("Passwords", k.Passwords, widgets.Gap(0, 0)), choice("Mail and settings", k.Data, widgets.Gap(0, 0))),
	)
}

func (p *ProgramPage) keys(sections []KeySection) fyne.CanvasObject {
	return widgets.Column(theme.Space5,
		widgets.AtMost(settingsColumn, card("Single keys",
			check(p.flag("Keys without Ctrl do things", &p.values.SingleKeys), "Keys with Ctrl always do."))),
		newKeyMap(sections))
}
