package query

// Expr is one node of a query: And, Or, Not, Text, Is, Has, Dated, Sized, In,
// Tagged or InAccount. All are values, and trees compare with
// reflect.DeepEqual.
type Expr interface {
	// appendTo appends the node as a person would type it.
	appendTo(b []byte) []byte
}

// And matches what all of its parts match; And{} matches everything.
type And []Expr

// Or matches what at least one of its parts matches.
type Or []Expr

// Not matches what Expr does not.
type Not struct{ Expr Expr }

// Text matches messages in whose Field the tokens of Value (see [Tokens])
// follow one another; with Prefix, the last of them only has to begin so.
// Value has at least one token when it comes from Parse.
type Text struct {
	Field  Field
	Value  string
	Prefix bool
}

// Field is where words are looked for.
type Field string

// The fields. Anywhere is all of the others together.
const (
	Anywhere Field = ""
	From     Field = "from"
	To       Field = "to"
	Cc       Field = "cc"
	Subject  Field = "subject"
	Body     Field = "body"
	Filename Field = "filename" // of an attachment
)

// Is matches messages in a state.
type Is struct{ State State }

// State is what a message can be.
type State string

// The states. Tagged is to carry any keyword of the person's own.
const (
	Unread    State = "unread"
	Read      State = "read"
	Flagged   State = "flagged"
	Answered  State = "answered"
	Draft     State = "draft"
	Forwarded State = "forwarded"
	AnyTag    State = "tagged"
)

// Has matches messages that have a thing.
type Has struct{ Thing Thing }

// Thing is what a message can have.
type Thing string

// Attachment is a part that is not shown with the text.
const Attachment Thing = "attachment"

// Dated matches by the date a message arrived, in whole days of the person's
// time zone.
type Dated struct {
	Side Side
	When When
}

// Side says how a date relates to a [When], whose Range begins and ends it.
type Side string

// After is from the beginning of When on, as Gmail and IMAP's SINCE have it;
// Before is before its beginning; On is within it.
const (
	After  Side = "after"
	Before Side = "before"
	On     Side = "on"
)

// Sized matches messages strictly larger than Bytes, or strictly smaller
// (RFC 9051 6.4.4 LARGER and SMALLER).
type Sized struct {
	Larger bool
	Bytes  int64
}

// In matches messages in a mailbox, named as on the command line: a path, a
// path with its account before it, or a role as in "@inbox".
type In struct{ Mailbox string }

// Tagged matches messages that carry a keyword, compared without case.
type Tagged struct{ Tag string }

// InAccount matches messages of an account, named by its address or id.
type InAccount struct{ Account string }

// Texts returns the words that a match has to show, for highlighting and
// excerpts: all Text nodes that are not under a Not, in order.
func Texts(e Expr) []Text {
	switch e := e.(type) {
	case Text:
		return []Text{e}
	case And:
		return textsOf(e)
	case Or:
		return textsOf(e)
	}
	return nil
}

func textsOf(parts []Expr) []Text {
	var texts []Text
	for _, p := range parts {
		texts = append(texts, Texts(p)...)
	}
	return texts
}

// all joins parts with And, flat, without a level for a single one.
func all(parts []Expr) Expr {
	var flat And
	for _, p := range parts {
		if inner, ok := p.(And); ok {
			flat = append(flat, inner...)
			continue
		}
		flat = append(flat, p)
	}
	if len(flat) == 1 {
		return flat[0]
	}
	if flat == nil {
		return And{}
	}
	return flat
}

// either joins parts with Or, flat, without a level for a single one.
func either(parts []Expr) Expr {
	var flat Or
	for _, p := range parts {
		if inner, ok := p.(Or); ok {
			flat = append(flat, inner...)
			continue
		}
		flat = append(flat, p)
	}
	if len(flat) == 1 {
		return flat[0]
	}
	return flat
}

// negate is Not, without a Not of a Not.
func negate(e Expr) Expr {
	if n, ok := e.(Not); ok {
		return n.Expr
	}
	return Not{e}
}
