package settings

import (
	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// Values are the program's settings.
type Values struct {
	Notify    bool      // a notification for new mail
	QuietFrom int       // minutes after midnight; the same as QuietTo: no quiet hours
	QuietTo   int       //
	Tray      bool      // closing the window leaves the program in the tray
	Session   bool      // it starts with the session
	Read      ReadAfter // when an opened message counts as read
	Undo      int       // seconds between Send and sending

	Mode          theme.Mode
	Density       widgets.Density
	MailSize      int  // percent
	Conversations bool // messages of a conversation are one row

	Pictures Pictures

	SingleKeys bool // keys without a modifier do things
}

// ReadAfter says when an opened message counts as read.
type ReadAfter uint8

// The times.
const (
	ReadAtOnce ReadAfter = iota
	ReadAfterTwoSeconds
	ReadByHand
)

// Pictures says which pictures are fetched from the net.
type Pictures uint8

// The ways; the safe one first.
const (
	PicturesAsk   Pictures = iota // after a click, for each mail or sender
	PicturesKnown                 // of people that were written to
	PicturesAll
)
