package setup

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// trial draws how a test goes, and what went wrong.
type trial struct {
	test    Test
	outcome *fyne.Container
}

func newTrial() *trial { return &trial{outcome: widgets.Column(0)} }

// show draws the test. problem is why the account could not be kept, asIs keeps
// it although the test failed; both may be nothing.
func (t *trial) show(problem string, asIs func(), label, sentence string) {
	var parts []fyne.CanvasObject
	if len(t.test.Steps) > 0 {
		parts = append(parts, widgets.Gap(0, theme.Space4), widgets.NewSection("Test", t.verdict(), nil))
		for _, s := range t.test.Steps {
			parts = append(parts, stepLines(s)...)
		}
	}
	if problem != "" {
		parts = append(parts, widgets.Gap(0, theme.Space3), widgets.NewNoticeBar(widgets.Notice{Severity: widgets.Danger, Icon: theme.IconAlert, Text: problem}))
	}
	if t.failed() && asIs != nil {
		parts = append(parts, widgets.Gap(0, theme.Space3), widgets.NewNoticeBar(widgets.Notice{
			Severity: widgets.Warning, Icon: theme.IconTriangleAlert, Text: sentence,
			Actions: []widgets.NoticeAction{{Label: label, Act: asIs}},
		}))
	}
	t.outcome.Objects = parts
	t.outcome.Refresh()
}

func (t *trial) failed() bool { return !t.test.Running && len(t.test.Steps) > 0 && !t.test.Passed() }

func (t *trial) verdict() string {
	switch {
	case t.test.Running:
		return "running"
	case t.test.Passed():
		return "all went well"
	default:
		return "did not go through"
	}
}

func stepLines(s TestStep) []fyne.CanvasObject {
	icon, color := stateIcon(s.State)
	ink := theme.Ink
	if s.State == Failed {
		ink = theme.Danger
	}
	lines := []fyne.CanvasObject{widgets.Fixed(0, probeHeight, widgets.Row(theme.Space2,
		widgets.NewIconMark(icon, theme.IconRow, color),
		widgets.NewText(s.Name, theme.TextLine, ink), widgets.Spring(),
		widgets.NewText(s.Detail, theme.TextCaption, theme.Ink3)))}
	const under = theme.IconRow + theme.Space2
	if s.Problem != "" {
		text := widgets.NewBlock(widgets.Words{Text: s.Problem, Style: theme.TextLine, Color: theme.Ink2}, 6)
		lines = append(lines, widgets.Pad(0, 0, theme.Space2, under, text))
	}
	if s.Words != "" {
		lines = append(lines, widgets.Pad(0, 0, theme.Space2, under, widgets.NewServerWords(s.Words, theme.DangerLine)))
	}
	return lines
}
