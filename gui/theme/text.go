package theme

// Weight is how heavy a face is, as CSS counts.
type Weight uint16

// The weights that are embedded.
const (
	Regular  Weight = 400
	Medium   Weight = 500
	SemiBold Weight = 600
)

// A TextStyle is a step of the type ramp: sizes in px at scale 1.
type TextStyle struct {
	Size   float32
	Line   float32 // height of the line box; the text stands in its middle
	Weight Weight
	Italic bool
	Mono   bool // for a server's words
}

// The ramp. Each has the weight it mostly has; ask for another by [TextStyle.With].
var (
	TextTitle   = TextStyle{Size: 24, Line: 32, Weight: SemiBold} // first run
	TextSubject = TextStyle{Size: 20, Line: 28, Weight: SemiBold} // subject, page title
	TextHead    = TextStyle{Size: 16, Line: 24, Weight: SemiBold} // panes, cards, dialogs
	TextBody    = TextStyle{Size: 14, Line: 20, Weight: Regular}  // names, options, fields
	TextMail    = TextStyle{Size: 14, Line: 22, Weight: Regular}  // the text of a mail
	TextLine    = TextStyle{Size: 13, Line: 18, Weight: Regular}  // subjects, snippets, sidebar
	TextButton  = TextStyle{Size: 13, Line: 18, Weight: Medium}   // buttons, links
	TextSection = TextStyle{Size: 13, Line: 20, Weight: SemiBold} // heads of sections
	TextCaption = TextStyle{Size: 12, Line: 16, Weight: Regular}  // dates, counts, captions
	TextSmall   = TextStyle{Size: 11, Line: 16, Weight: Medium}   // chips, key hints
	TextTag     = TextStyle{Size: 11, Line: 16, Weight: SemiBold} // POP, IMAP
	TextServer  = TextStyle{Size: 12, Line: 16, Weight: Regular, Mono: true}
)

// With is the same step in another weight.
func (s TextStyle) With(w Weight) TextStyle {
	s.Weight = w
	return s
}

// Slanted is the same step in italics.
func (s TextStyle) Slanted() TextStyle {
	s.Italic = true
	return s
}

// Display says whether the step is set in Inter Display, which is drawn for
// large sizes.
func (s TextStyle) Display() bool { return s.Size >= 20 }
