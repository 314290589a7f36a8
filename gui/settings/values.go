package settings

import (
	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// Values are the program's settings.
type Values struct {
	Show      Show // what a notification tells
	Quiet     bool // nothing is shown from QuietFrom to QuietTo
	QuietFrom int  // minutes after midnight
	QuietTo   int
	Tray      bool    // closing the window leaves the program in the tray
	Hidden    bool    // it starts in the tray, without a window
	Session   bool    // it starts with the session
	ReadAfter float64 // seconds until an opened message counts as read; less than 0: never by itself

	Mode          theme.Mode
	Density       widgets.Density
	MailSize      int  // percent
	Conversations bool // messages of a conversation are one row

	Pictures Pictures

	Quote Quote // where an answer has what it answers
	Plain bool  // messages are sent as plain text alone
	Undo  int   // seconds that a message can be taken back
	Spell bool  // misspelt words are marked

	SingleKeys bool // keys without a modifier do things
}

// Show is what a notification tells.
type Show uint8

// The ways, the fullest first.
const (
	ShowAll Show = iota
	ShowSender
	ShowNumber
	ShowNothing
)

// Pictures says which pictures are fetched from the net.
type Pictures uint8

// The ways; the safe one first.
const (
	PicturesAsk     Pictures = iota // after a click, for each mail or sender
	PicturesAllowed                 // at once for senders that were allowed
)

// Quote says where an answer has what it answers.
type Quote uint8

// The places.
const (
	QuoteBelow Quote = iota
	QuoteAbove
	QuoteNone
)

// Surroundings are what the settings depend on and do not change.
type Surroundings struct {
	Passwords string // "In this computer’s keyring."
	Data      string // the folder with the mail
	Allowed   int    // senders whose pictures are shown
	Forget    func() // forgets them; nil if there are none
	Tray      bool   // the system has one
	Session   bool   // the program can be started with the session
	Speller   bool   // the system can tell misspelt words

	Accounts   []AccountLine
	AddAccount func() // nil where none can be added
}
