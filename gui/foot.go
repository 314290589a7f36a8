package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

const footHeight float32 = 40

// foot is the line at the foot of the sidebar: what the workers do, the way to
// their panel, and to the settings.
type foot struct {
	icon     *widgets.IconMark
	text     *widgets.Link
	time     *widgets.Text
	progress *widgets.Progress
	line     fyne.CanvasObject
	settings *widgets.IconButton
	object   *fyne.Container
}

func newFoot(activity, settings func()) *foot {
	f := &foot{
		icon: widgets.NewIconMark(theme.IconCheck, theme.IconRow, theme.Ink2), text: widgets.NewLink("", activity), time: widgets.NewText("", theme.TextCaption, theme.Ink3),
		progress: widgets.NewEdgeProgress(), line: widgets.NewDivider(), settings: widgets.NewSmallIconButton(theme.IconSettings, "Settings", settings),
	}
	f.text.SetStyle(theme.TextCaption, theme.Ink2)
	f.object = widgets.Placed(fyne.NewSize(120, footHeight), f.place, f.line, f.progress, f.icon, f.text, f.time, f.settings)
	return f
}

func (f *foot) place(size fyne.Size) {
	widgets.Put(f.line, 0, 0, size.Width, theme.Hairline)
	widgets.Put(f.progress, 0, -1, size.Width, 2)
	widgets.PutLeft(f.icon, 16, 0, footHeight)
	right := widgets.PutRight(f.settings, size.Width-8, 0, footHeight)
	if f.time.Visible() {
		right = widgets.PutRight(f.time, right-8, 0, footHeight)
	}
	widgets.Put(f.text, 38, (footHeight-16)/2, right-8-38, 16)
}

var footIcons = map[vm.FootKind]theme.Icon{
	vm.FootDone: theme.IconCheck, vm.FootBusy: theme.IconArrowDownToLine, vm.FootSending: theme.IconSend,
	vm.FootOffline: theme.IconCloudOff, vm.FootProblem: theme.IconAlert,
}

// footIcon is the icon for what the workers do, and its colour.
func footIcon(kind vm.FootKind) (theme.Icon, theme.Token) {
	color := theme.Ink2
	switch kind {
	case vm.FootDone:
		color = theme.Good
	case vm.FootProblem:
		color = theme.Danger
	case vm.FootBusy, vm.FootSending:
		color = theme.Accent
	}
	icon, ok := footIcons[kind]
	if !ok {
		icon = theme.IconCheck
	}
	return icon, color
}

// update draws what the model says.
func (f *foot) update(m vm.Foot) {
	f.icon.Set(footIcon(m.Kind))
	widgets.Show(f.icon, m.Kind != vm.FootQuiet)
	f.text.SetLabel(m.Text)
	f.text.SetTip(m.Text) // there is not always room for all of it
	f.time.SetText(m.Time)
	widgets.Show(f.time, m.Time != "")
	f.progress.Set(float32(m.Fraction))
	widgets.Show(f.progress, m.Fraction >= 0)
	f.place(f.object.Size())
}
