package vm

import (
	"time"

	"postrider/mail"
	"postrider/mail/phrase"
)

// Health is how an account is.
type Health uint8

// The states, the quiet one first.
const (
	Fine     Health = iota
	Offline         // no connection; it tries again
	NeedsYou        // the person has to sign in
	Broken          // something else that does not mend itself
)

// healthOf reads an account's health from what its worker says, or from how the
// last sync ended where no worker has said anything yet.
func healthOf(st mail.Status, last *mail.Error) (Health, *mail.Error) {
	switch st.Phase {
	case mail.PhaseIdle:
		return Fine, nil
	case mail.PhaseSyncing:
		// A new try has not succeeded yet: what went wrong before still holds.
		return kindHealth(st.Err), st.Err
	case "":
		return kindHealth(last), last
	}
	return kindHealth(st.Err), st.Err
}

func kindHealth(err *mail.Error) Health {
	if err == nil {
		return Fine
	}
	switch err.Kind {
	case mail.KindCanceled, mail.KindBusy, mail.KindGone:
		return Fine
	case mail.KindOffline:
		return Offline
	case mail.KindSignIn:
		return NeedsYou
	}
	return Broken
}

// healthText is one line on how an account is: "No connection; last check 09:11".
func healthText(h Health, err *mail.Error, st mail.Status, style phrase.Style, now time.Time) string {
	switch h {
	case Offline:
		if st.LastSync.IsZero() {
			return "No connection"
		}
		return "No connection; last check " + style.Since(st.LastSync, now)
	case NeedsYou:
		return "Sign-in needed"
	case Broken:
		return problemWord(err)
	}
	switch {
	case st.Phase == mail.PhaseSyncing && st.Doing != "":
		return "Checking " + st.Doing
	case st.Phase == mail.PhaseSyncing:
		return "Checking for mail"
	case err != nil && err.Kind == mail.KindBusy:
		return "The server asks to wait"
	case !st.LastSync.IsZero():
		return "Up to date, checked " + style.Since(st.LastSync, now)
	}
	return "Not checked yet"
}

// problemWord is the shortest name of a problem that does not mend itself.
func problemWord(err *mail.Error) string {
	switch err.Kind {
	case mail.KindUnsafe:
		return "Connection not safe"
	case mail.KindDisk:
		return "Disk problem"
	case mail.KindGarbled:
		return "Server not understood"
	case mail.KindInput:
		return "Settings need attention"
	case mail.KindBug:
		return "Something went wrong"
	}
	return "Refused by the server"
}
