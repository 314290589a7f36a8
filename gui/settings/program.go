package settings

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// Keeping says where passwords are, and what remote pictures were allowed.
type Keeping struct {
	Passwords string // "In this computer’s keyring."
	Allowed   int    // senders and mails whose pictures are shown
	Forget    func() // forgets them; nil if there are none
	Data      string // the folder with the mail
}

// ProgramPage has the program's settings.
type ProgramPage struct {
	page
	values  Values
	changed func(Values)
}

// NewProgramPage shows values and tells of each change. closed is called when
// the person closes the page.
func NewProgramPage(v Values, keeping Keeping, keys []KeySection, changed func(Values), closed func()) *ProgramPage {
	p := &ProgramPage{values: v, changed: changed}
	p.build(p, []string{"General", "Appearance", "Privacy", "Keys"},
		[]fyne.CanvasObject{p.general(), p.appearance(), p.privacy(keeping), p.keys(keys)},
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

func (p *ProgramPage) general() fyne.CanvasObject {
	v := &p.values
	read := widgets.NewSelect([]string{"at once", "after two seconds", "when I say so"}, int(v.Read), false, func(i int) { p.set(func(v *Values) { v.Read = ReadAfter(i) }) })
	return part(
		card("New mail",
			check(p.flag("Show a notification", &v.Notify), "Sender, subject and first line; one for all when many arrive."),
			p.quietHours()),
		card("Reading and writing",
			choice("An opened message counts as read", "", read),
			choice("Undo after Send", "A message leaves this computer only after this time.", p.undo())),
		card("The program",
			check(p.flag("Go on in the tray when the window is closed", &v.Tray), "Mail arrives and is told of while no window is open."),
			check(p.flag("Start with the session", &v.Session), "")),
	)
}

// undoSeconds are the delays to choose from.
var undoSeconds = []int{0, 5, 10, 20, 30, 60}

func (p *ProgramPage) undo() fyne.CanvasObject {
	labels := make([]string, len(undoSeconds))
	for i, n := range undoSeconds {
		labels[i] = fmt.Sprintf("%d seconds", n)
	}
	labels[0] = "not possible"
	return widgets.NewSelect(labels, max(0, slices.Index(undoSeconds, p.values.Undo)), false, func(i int) {
		p.set(func(v *Values) { v.Undo = undoSeconds[i] })
	})
}

const (
	halfHour  = 30
	day       = 24 * 60
	quietFrom = 22 * 60
	quietTo   = 7 * 60
)

func (p *ProgramPage) quietHours() fyne.CanvasObject {
	times := make([]string, day/halfHour)
	for i := range times {
		times[i] = fmt.Sprintf("%02d:%02d", i*halfHour/60, i*halfHour%60)
	}
	v := &p.values
	on := v.QuietFrom != v.QuietTo
	start, end := v.QuietFrom, v.QuietTo
	if !on {
		start, end = quietFrom, quietTo
	}
	from := widgets.NewSelect(times, start/halfHour, true, func(i int) { start = i * halfHour; p.set(func(v *Values) { v.QuietFrom = start }) })
	to := widgets.NewSelect(times, end/halfHour, true, func(i int) { end = i * halfHour; p.set(func(v *Values) { v.QuietTo = end }) })
	enable := func(on bool) {
		for _, s := range []*widgets.Select{from, to} {
			if on {
				s.Enable()
			} else {
				s.Disable()
			}
		}
	}
	enable(on)
	quiet := widgets.NewCheck("Be quiet from", on, func(on bool) {
		enable(on)
		p.set(func(v *Values) {
			v.QuietFrom, v.QuietTo = 0, 0
			if on {
				v.QuietFrom, v.QuietTo = start, end
			}
		})
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
		card("The list",
			choice("Rows", "Three lines, two, or one in columns.", density),
			check(p.flag("Show conversations as one row", &v.Conversations), "Messages that answer each other stand together.")),
		card("Mail", choice("Size of the text", "For all mail; Ctrl + and Ctrl − change it for one.", size)),
	)
}

func (p *ProgramPage) privacy(k Keeping) fyne.CanvasObject {
	pictures := []struct{ label, text string }{
		{"Ask first", "A picture from the net tells its sender that, when and where you read."},
		{"Show those of people I have written to", "Others still have to ask."},
		{"Show all", "Every sender can see when you read their mail."},
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
