package vm

import (
	"time"

	"postrider/mail"
	"postrider/mail/phrase"
)

// pace is how fast mail comes in.
type pace struct {
	since time.Time
	done  int
	bytes int64

	messages float64 // a second, smoothed; 0: not known yet
	octets   float64
}

// paceEvery is how long one measure of the speed takes.
const paceEvery = time.Second

// pace measures an account's speed from what its worker says.
func (a *Activity) pace(ch mail.AccountStatus) {
	st, now := ch.Status, a.desk.Now()
	p := a.paces[ch.Account]
	if st.Phase != mail.PhaseSyncing || st.Done == 0 {
		delete(a.paces, ch.Account)
		return
	}
	if p == nil || st.Done < p.done || st.Bytes < p.bytes {
		a.paces[ch.Account] = &pace{since: now, done: st.Done, bytes: st.Bytes}
		return
	}
	took := now.Sub(p.since)
	if took < paceEvery {
		return
	}
	p.messages = smooth(p.messages, float64(st.Done-p.done)/took.Seconds())
	p.octets = smooth(p.octets, float64(st.Bytes-p.bytes)/took.Seconds())
	p.since, p.done, p.bytes = now, st.Done, st.Bytes
}

func smooth(was, now float64) float64 {
	if was == 0 {
		return now
	}
	return was*0.6 + now*0.4
}

// download is what comes in for an account.
func (a *Activity) download(acc Account) (Download, bool) {
	st := acc.Status
	if st.Phase != mail.PhaseSyncing || st.Done == 0 && st.Of == 0 {
		return Download{}, false
	}
	d := Download{Account: acc.ID, Name: acc.Name, Fraction: -1, Text: phrase.Count(st.Done) + " messages"}
	if st.Of > 0 {
		d.Fraction = min(1, float64(st.Done)/float64(st.Of))
		d.Text = phrase.Count(st.Done) + " of " + phrase.Count(st.Of)
	}
	if p := a.paces[acc.ID]; p != nil && p.octets > 0 {
		d.Text += " · " + phrase.Speed(p.octets)
	}
	return d, true
}
