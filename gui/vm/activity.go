package vm

import (
	"errors"
	"fmt"
	"time"

	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
)

// Problem is something about an account that the person should know.
type Problem struct {
	Account mail.AccountID
	Health  Health
	Title   string // "Sailing club did not accept the password."
	Text    string // since when, and what it means for the mail
	Detail  string // the server's own words; "": none
}

// AccountLine is an account in the activity panel.
type AccountLine struct {
	Account
	Text string // "No connection; last check 09:11"
	Note string // "next try in 24 s", "since 08:12"
	Try  bool   // it can be asked to try now
	Sign bool   // it wants the person to sign in
}

// Download is mail on its way in.
type Download struct {
	Account  mail.AccountID
	Name     string
	Fraction float64 // 0 to 1; less than 0: not known
	Text     string  // "1,204 of 2,066 · 1.2 MB/s"
}

// Activity is what the workers do, what waits, and what went wrong: the panel
// of it, and the one line at the foot of the sidebar.
type Activity struct {
	Problems  []Problem
	Lines     []AccountLine
	Waiting   []Work
	Failed    []Work
	Downloads []Download
	Foot      Foot
	Banner    string // over list and reader while there is no connection at all; "": none

	Changed func()            // after anything changed; may be nil
	Refused func(text string) // when a server refused what the person did; may be nil

	desk   *Desk
	client *client.Client
	roster *Roster

	turn    Turn
	again   bool // what waits changed while it was read
	refused int  // how many refusals were not told yet
	last    time.Time
	timer   func() // cancels the next refresh; nil: none is to come
	paces   map[mail.AccountID]*pace
	foot    footing
	open    bool
}

// refreshEvery is how often at most the panel and the foot change while mail
// comes in: often enough to look alive, and seldom enough to be read.
const refreshEvery = 250 * time.Millisecond

// NewActivity makes the model over a roster; Load fills it.
func NewActivity(d *Desk, c *client.Client, r *Roster) *Activity {
	a := &Activity{desk: d, client: c, roster: r, paces: map[mail.AccountID]*pace{}}
	r.OnChange(a.soon)
	return a
}

// Load reads what waits.
func (a *Activity) Load() { a.read() }

// Open says whether the panel is shown: then what it counts down is kept right.
func (a *Activity) Open(shown bool) {
	a.open = shown
	if shown {
		a.refresh()
	}
}

// Apply takes the store's batches in, after the roster did.
func (a *Activity) Apply(batches []mail.Batch) {
	reread, news := false, false
	for _, b := range batches {
		for _, ch := range b.Changes {
			switch ch := ch.(type) {
			case mail.OpsChanged, mail.Gap:
				reread = true
			case mail.OpFailed:
				reread = true
				a.refused++
			case mail.AccountStatus:
				a.pace(ch)
				news = true
			}
		}
	}
	if reread {
		a.read()
	}
	if news {
		a.soon()
	}
}

func (a *Activity) read() {
	if a.turn.Busy() {
		a.again = true
		return
	}
	a.again = false
	Ask(a.desk, &a.turn, a.works, a.take)
}

func (a *Activity) take(list []work, err error) {
	if err == nil {
		a.Waiting, a.Failed = a.arrange(list)
		a.tellRefused()
		a.refresh()
	}
	if a.again {
		a.desk.After(refreshEvery, a.read) // a long list must not be read without pause
	}
}

func (a *Activity) tellRefused() {
	n := a.refused
	a.refused = 0
	if n == 0 || a.Refused == nil || len(a.Failed) == 0 {
		return
	}
	last := a.Failed[len(a.Failed)-1]
	a.Refused(last.Text + " was refused. " + last.Why)
}

// soon refreshes now, or when the last time is long enough ago.
func (a *Activity) soon() {
	if a.timer != nil {
		return
	}
	if wait := refreshEvery - a.desk.Now().Sub(a.last); wait > 0 && !a.last.IsZero() {
		a.later(wait)
		return
	}
	a.refresh()
}

func (a *Activity) later(wait time.Duration) {
	if a.timer != nil {
		a.timer()
	}
	a.timer = a.desk.After(wait, func() {
		a.timer = nil
		a.refresh()
	})
}

func (a *Activity) refresh() {
	now := a.desk.Now()
	a.last = now
	a.Problems, a.Lines, a.Downloads = nil, nil, nil
	counts := false
	for _, acc := range a.roster.Accounts {
		if acc.Removed {
			continue
		}
		line := a.line(acc, now)
		counts = counts || line.Try && !acc.Status.Retry.IsZero()
		a.Lines = append(a.Lines, line)
		if acc.Health == NeedsYou || acc.Health == Broken {
			a.Problems = append(a.Problems, a.problem(acc, now))
		}
		if d, ok := a.download(acc); ok {
			a.Downloads = append(a.Downloads, d)
		}
	}
	a.Banner = a.banner()
	var again time.Duration
	a.Foot, again = a.footNow(now)
	if a.open && counts {
		again = time.Second
	}
	if again > 0 && a.timer == nil {
		a.later(again)
	}
	if a.Changed != nil {
		a.Changed()
	}
}

func (a *Activity) line(acc Account, now time.Time) AccountLine {
	l := AccountLine{Account: acc, Text: healthText(acc.Health, acc.Err, acc.Status, a.desk.Style, now)}
	st := acc.Status
	switch acc.Health {
	case NeedsYou:
		l.Sign = true
	case Offline, Broken:
		l.Try = true
	}
	switch {
	case !st.Retry.IsZero() && st.Phase == mail.PhaseOffline:
		l.Note = "next try in " + wait(st.Retry.Sub(now))
	case acc.Health != Fine && !st.Since.IsZero():
		l.Note = "since " + a.desk.Style.Since(st.Since, now)
	case acc.Health == Fine:
		if n := a.client.Connections(acc.ID); n > 0 {
			l.Note = phrase.Things(n, "connection", "connections")
		}
	}
	return l
}

// wait is a span to come: "24 s", "3 min".
func wait(d time.Duration) string {
	switch {
	case d < time.Second:
		return "a moment"
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	return fmt.Sprintf("%d min", int(d.Minutes()))
}

func (a *Activity) problem(acc Account, now time.Time) Problem {
	p := Problem{Account: acc.ID, Health: acc.Health, Title: problemTitle(acc)}
	if acc.Err != nil {
		p.Detail = acc.Err.Detail
	}
	if since := acc.Status.Since; !since.IsZero() {
		p.Text = "Since " + a.desk.Style.Since(since, now) + ". "
	}
	p.Text += "Mail that is already here can be read"
	if n := a.waitingFor(acc.ID); n > 0 {
		p.Text += "; " + phrase.Things(n, "change waits", "changes wait")
		if acc.Health == NeedsYou {
			p.Text += " for the sign-in"
		}
	}
	p.Text += "."
	return p
}

func problemTitle(acc Account) string {
	switch {
	case acc.Err == nil:
		return acc.Name + " needs attention."
	case errors.Is(acc.Err, secret.ErrNotFound):
		return "The password of " + acc.Name + " is not kept on this computer."
	case acc.Health == NeedsYou && acc.Err.Detail != "":
		return acc.Name + " did not accept the password."
	}
	return acc.Name + ": " + phrase.Sentence(acc.Err.Sentence())
}

func (a *Activity) waitingFor(id mail.AccountID) (n int) {
	for _, w := range a.Waiting {
		if w.Account == id && w.Later == "" {
			n++
		}
	}
	return n
}

// offline reports whether no account has a connection, though all want one.
func (a *Activity) offline() bool {
	some := false
	for _, acc := range a.roster.Accounts {
		switch {
		case acc.Removed || acc.Health == NeedsYou || acc.Health == Broken:
		case acc.Health != Offline:
			return false
		default:
			some = true
		}
	}
	return some
}

func (a *Activity) banner() string {
	if !a.offline() {
		return ""
	}
	text := "You are offline. Read, write and file as usual"
	switch n := a.waiting(); n {
	case 0:
		return text + "; changes go out when the connection is back."
	case 1:
		return text + "; 1 change goes out when the connection is back."
	default:
		return text + "; " + phrase.Count(n) + " changes go out when the connection is back."
	}
}

// TryNow has accounts look for mail at once; none named are all.
func (a *Activity) TryNow(ids ...mail.AccountID) {
	for _, acc := range a.roster.Accounts {
		if len(ids) == 0 || contains(ids, acc.ID) {
			a.client.Look(acc.ID)
		}
	}
}

func contains[T comparable](list []T, v T) bool {
	for _, have := range list {
		if have == v {
			return true
		}
	}
	return false
}

// Log is what was last said with the servers, without secrets, for the person
// to copy.
func (a *Activity) Log() string { return a.client.Log("") }
