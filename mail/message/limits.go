package message

// Caps of a parse. They hold whatever a stranger sends; real mail stays far
// below them.
const (
	maxDepth      = 50        // nested multiparts and attached messages
	maxParts      = 1000      // parts of one message
	maxHeader     = 1 << 20   // bytes of header interpreted, all parts together
	maxField      = 256 << 10 // bytes of one header field interpreted
	maxText       = 1 << 20   // decoded bytes kept of one text part
	maxHTML       = 2 << 20   // the same of one that is HTML, where most bytes are markup
	maxTotalText  = 4 << 20   // decoded bytes kept of all text parts
	maxReferences = 1000      // ids kept of References
	maxAddresses  = 2000      // addresses kept of one message
	maxSubject    = 4096      // bytes of the decoded subject
	maxName       = 1024      // bytes of a display name or a file name
	maxID         = 998       // bytes of a message id: one line (RFC 5322 2.1.1)
	maxParams     = 1000      // parameters and their pieces in one field
	sniffLen      = 64        // decoded bytes looked at to tell a type
)

// Warnings of a parse, in words for a person.
const (
	WarnDepth      = "The message nests its parts too deep; the inner ones are shown as text."
	WarnParts      = "The message has too many parts; the rest is shown as text."
	WarnHeader     = "The header of the message is too long; what lies beyond is not interpreted."
	WarnText       = "The text of the message is too long; only its beginning is shown."
	WarnReferences = "The message refers to too many others; only some are kept."
	WarnAddresses  = "The message has too many addresses; only the first are shown."
	WarnTwoFrom    = "The message names its sender twice; the sender cannot be told for sure."
	WarnSpoof      = "The name of a sender or recipient poses as another address; it is left out."
	WarnExecutable = "An attachment is a program that poses as something else."
)

// warn notes a warning once.
func (m *Message) warn(text string) {
	for _, w := range m.Warnings {
		if w == text {
			return
		}
	}
	m.Warnings = append(m.Warnings, text)
}
