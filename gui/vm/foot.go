package vm

import (
	"time"

	"postrider/mail"
	"postrider/mail/phrase"
)

// FootKind is what the foot of the sidebar is about, for its icon.
type FootKind uint8

// The kinds.
const (
	FootQuiet   FootKind = iota // nothing to say yet
	FootDone                    // up to date
	FootBusy                    // looking, or mail comes in
	FootSending                 // something goes out
	FootOffline                 // no connection
	FootProblem                 // the person is needed
)

// Foot is the one line on what the workers do right now.
type Foot struct {
	Kind     FootKind
	Text     string
	Time     string  // beside it on the right: "09:41"; may be ""
	Fraction float64 // of the work under way, 0 to 1; less than 0: no progress is shown
}

// footing is what the foot remembers so as not to flicker.
type footing struct {
	busy time.Time // since when something is looked for; zero: nothing is
}

// quietFor is how long a look for mail may take before the foot speaks of it.
const quietFor = 600 * time.Millisecond

// footNow makes the line; again is when it should be made again if nothing
// happens, 0 never.
func (a *Activity) footNow(now time.Time) (f Foot, again time.Duration) {
	f.Fraction = -1
	downloads, looking := a.under()
	if downloads == nil && looking == "" {
		a.foot.busy = time.Time{}
	} else if a.foot.busy.IsZero() {
		a.foot.busy = now
	}
	late := !a.foot.busy.IsZero() && now.Sub(a.foot.busy) >= quietFor
	switch {
	case downloads != nil && (late || downloads.Status.Of-downloads.Status.Done > 20):
		return a.footDownload(f, downloads), 0
	case a.underWay(now):
		f.Kind, f.Text = FootSending, "Sending…"
		return f, 0
	case a.offline():
		return a.footOffline(f, now), 0
	case looking != "" && late:
		f.Kind, f.Text = FootBusy, looking+": checking"
		return f, 0
	}
	if !a.foot.busy.IsZero() && !late {
		again = quietFor - now.Sub(a.foot.busy)
	}
	return a.footRest(f, now), again
}

// under is the account that most is coming in for, and the name of one that is
// being looked at.
func (a *Activity) under() (download *Account, looking string) {
	for i := range a.roster.Accounts {
		acc := &a.roster.Accounts[i]
		if acc.Status.Phase != mail.PhaseSyncing || acc.Removed {
			continue
		}
		looking = acc.Name
		if acc.Status.Of > 0 && (download == nil || acc.Status.Of > download.Status.Of) {
			download = acc
		}
	}
	return download, looking
}

func (a *Activity) footDownload(f Foot, acc *Account) Foot {
	f.Kind = FootBusy
	f.Text = acc.Name + ": " + phrase.Count(acc.Status.Done) + " of " + phrase.Count(acc.Status.Of)
	f.Fraction = min(1, float64(acc.Status.Done)/float64(acc.Status.Of))
	return f
}

func (a *Activity) footOffline(f Foot, now time.Time) Foot {
	f.Kind, f.Text = FootOffline, "Offline"
	var since time.Time
	for _, acc := range a.roster.Accounts {
		if acc.Health == Offline && acc.Status.Phase == mail.PhaseOffline && (since.IsZero() || acc.Status.Since.Before(since)) {
			since = acc.Status.Since
		}
	}
	switch n := a.waiting(); {
	case n > 0:
		f.Text += " · " + phrase.Count(n) + " waiting"
	case !since.IsZero():
		f.Text += " since " + a.desk.Style.Since(since, now)
	}
	return f
}

// footRest is the line while nothing is under way.
func (a *Activity) footRest(f Foot, now time.Time) Foot {
	var last time.Time
	for _, health := range []Health{NeedsYou, Broken, Offline} {
		for _, acc := range a.roster.Accounts {
			if acc.Health == health && !acc.Removed {
				f.Kind, f.Text = FootProblem, acc.Name+": "+lowerFirst(healthText(health, acc.Err, mail.Status{}, a.desk.Style, now))
				return f
			}
			if acc.Status.LastSync.After(last) {
				last = acc.Status.LastSync
			}
		}
	}
	if last.IsZero() {
		return f
	}
	f.Kind, f.Text, f.Time = FootDone, "Up to date", a.desk.Style.Since(last, now)
	if n := a.waiting(); n > 0 {
		f.Text = phrase.Things(n, "change waits", "changes wait")
	}
	if !a.running() {
		f.Kind, f.Text = FootQuiet, "Last checked"
	}
	return f
}

// running reports whether any worker has said something since the start.
func (a *Activity) running() bool {
	for _, acc := range a.roster.Accounts {
		if acc.Status.Phase != "" {
			return true
		}
	}
	return false
}

// underWay reports whether a message is going out.
func (a *Activity) underWay(now time.Time) bool {
	for _, w := range a.Waiting {
		if w.Kind != mail.OpSend || w.Later != "" || w.Unsure {
			continue
		}
		acc, ok := a.roster.Account(w.Account)
		if w.state == mail.StateInflight || ok && acc.Health == Fine && w.Tries == 0 && !w.due.After(now) {
			return true
		}
	}
	return false
}

// waiting is how many changes wait for a server, not for a time or the person.
func (a *Activity) waiting() (n int) {
	for _, w := range a.Waiting {
		if w.Later == "" {
			n++
		}
	}
	return n
}

func lowerFirst(text string) string {
	if text == "" || text[0] < 'A' || text[0] > 'Z' {
		return text
	}
	return string(text[0]+'a'-'A') + text[1:]
}
