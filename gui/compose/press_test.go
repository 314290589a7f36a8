package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/widgets"
	"postrider/mail/client"
)

// answered is the subject of a message of the demo that tests answer.
const answered = "Keys for the sample room"

// buttonIn is the button with a label within an object.
func buttonIn(o fyne.CanvasObject, label string) *widgets.Button {
	switch o := o.(type) {
	case *widgets.Button:
		if o.Label() == label {
			return o
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			if b := buttonIn(child, label); b != nil {
				return b
			}
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			if b := buttonIn(child, label); b != nil {
				return b
			}
		}
	}
	return nil
}

func containsSubject(rows []client.Row, subject string) bool {
	for _, r := range rows {
		if r.Subject == subject {
			return true
		}
	}
	return false
}
