package display

import "postrider/mail/typeset"

// The measures of the reader's own buttons, in px: where the label begins, and
// how much is behind it.
const (
	ControlHeight = 24
	ControlText   = 28
	ControlEnd    = 8
)

// MissingEnd is the ControlItem.ID of the button below a page that lacks the end
// of its mail.
const MissingEnd = -1

// ControlStyle is the type of their labels.
func ControlStyle() typeset.Style { return typeset.Style{Families: "Inter", Size: 12, Weight: 500} }
