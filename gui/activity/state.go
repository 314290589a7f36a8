package activity

import (
	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// State is all that the panel shows.
type State struct {
	Problems  []Problem
	Accounts  []Account
	Waiting   []Work // oldest first
	Refused   []Work
	Downloads []Download
}

// Problem is something that the person should know or do.
type Problem struct {
	Icon     theme.Icon
	Title    string // "Sailing club did not accept the password."
	Text     string // since when, and what it means
	Words    string // the server's own; "" for none
	Solve    string // what the person can do: "Sign in again"; "" for nothing
	OnSolve  func()
	Settings func() // opens the account's settings; nil for none
}

// Account is how an account is.
type Account struct {
	Swatch   theme.Token
	Name     string
	Protocol widgets.Protocol
	Text     string // "No connection; last check 09:11"
	Bad      bool   // the text is about something that the person has to mend
	Note     string // "next try in 24 s"
	Action   string // "Try now"; "" for none
	OnAction func()
}

// Work is something that the person did and the server has not done yet, or has
// refused.
type Work struct {
	Icon   theme.Icon
	Text   string // "Archive 14 messages"
	Swatch theme.Token
	When   string // "08:20"
	Why    string // refused, or tried in vain: our sentence
	Words  string // the server's own
	Cancel func() // takes it back; nil if that is too late
	Retry  func() // tries again now; nil for what waits anyway
}

// Download is mail on its way here.
type Download struct {
	Name     string
	Fraction float32 // less than 0: not known
	Text     string  // "1,204 of 2,066 · 1.2 MB/s"
	Paused   bool
	Pause    func() // or goes on; nil if it cannot be paused
	Stop     func() // nil if it cannot be stopped
}
