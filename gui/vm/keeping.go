package vm

import (
	"context"
	"fmt"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/store"
)

// KeepOption is a way to treat the server's copies.
type KeepOption struct {
	Keep   accounts.Keep
	Title  string // "Remove it when I delete the message here"
	Others string // what it means for other devices
}

// KeepOptions are the ways for a POP account; days is what to offer for the one
// that counts them.
func KeepOptions(days int) []KeepOption {
	others := "other devices see " + phrase.Things(days, "day", "days") + " of mail"
	if days == 14 {
		others = "other devices see two weeks of mail"
	}
	return []KeepOption{
		{accounts.Keep{Mode: accounts.KeepForever}, "Keep it for ever", "other devices keep seeing all of it"},
		{accounts.Keep{Mode: accounts.KeepUntilDeleted}, "Remove it when I delete the message here", "other devices see what you keep"},
		{accounts.Keep{Mode: accounts.KeepDays, Days: days}, "Remove it after", others},
		{accounts.Keep{Mode: accounts.KeepNone}, "Remove it once it is stored here", "other devices see nothing"},
	}
}

// Leaving is a message on the list of those that leave the server next.
type Leaving struct {
	ID       mail.PlacementID // 0: it was deleted here
	From     string
	Subject  string
	Received string
	When     string // "with the next check", "tomorrow, 21:40", "Thu 5 Mar, 21:40"
	Why      string
}

// Stage is a step of a message's way from the server to this computer.
type Stage struct {
	Name string // "Stored"
	Text string // what it means
	N    int
	Safe bool // nothing can be lost here
}

// CustodyPage says where the mail of a POP account is, what will leave the server
// and when, before it does.
type CustodyPage struct {
	Account accounts.Account
	Keep    accounts.Keep // the account's policy, or the one that is looked at
	Ahead   bool          // Keep is looked at, and not the account's
	Ready   bool
	Err     error

	Sentence string // "7 messages (4.1 MB) leave the server with the next check."
	Detail   string // why, and that they are safe here
	Summary  string // "7 with the next check, 31 in the next seven days"
	Next     []Leaving

	OnlyHere, Both, ServerOnly int
	Stages                     []Stage
	Kept                       string // "3 messages stay on the server because you want it."; "": none

	Changed func() // may be nil

	desk   *Desk
	client *client.Client
	roster *Roster
	turn   Turn
	kept   []mail.PlacementID
}

// NewCustodyPage makes the page of an account; Load fills it.
func NewCustodyPage(d *Desk, c *client.Client, r *Roster, id mail.AccountID) *CustodyPage {
	a, _ := r.Account(id)
	return &CustodyPage{Account: a.Settings, Keep: a.Settings.Keep, desk: d, client: c, roster: r}
}

// Load reads where everything is.
func (p *CustodyPage) Load() { p.Consider(p.Keep) }

// Consider shows what another policy would do; nothing is changed yet.
func (p *CustodyPage) Consider(keep accounts.Keep) {
	if a, ok := p.roster.Account(p.Account.ID); ok {
		p.Account = a.Settings
	}
	p.Keep, p.Ahead = keep, keep != p.Account.Keep
	p.read()
}

// read reads what the policy does that is looked at.
func (p *CustodyPage) read() {
	acc := p.Account.Clone()
	acc.Keep = p.Keep
	Ask(p.desk, &p.turn, func(ctx context.Context) (c custodyRead, err error) { return readCustody(ctx, p.client, acc) }, p.take)
}

// Choose makes the policy that is looked at the account's.
func (p *CustodyPage) Choose(then func(error)) {
	keep := p.Keep
	Run(p.desk, func(ctx context.Context) error {
		_, err := p.client.Edit(ctx, p.Account.ID, func(a *accounts.Account) error { a.Keep = keep; return nil }, client.Secrets{})
		if err != nil {
			return err
		}
		return p.client.Reload(ctx)
	}, func(err error) {
		if err == nil {
			p.Account.Keep, p.Keep, p.Ahead = keep, keep, false
			p.roster.Load()
			p.read() // the roster does not know it yet
		}
		then(err)
	})
}

type custodyRead struct {
	client.Departures
	rows map[mail.PlacementID]client.Row
}

// mostLeaving is how many messages the page lists.
const mostLeaving = 50

func readCustody(ctx context.Context, c *client.Client, acc accounts.Account) (r custodyRead, err error) {
	if r.Departures, err = c.Departures(ctx, acc); err != nil {
		return r, err
	}
	r.rows = map[mail.PlacementID]client.Row{}
	var ids []mail.PlacementID
	for _, d := range r.Next[:min(len(r.Next), mostLeaving)] {
		if d.ID != 0 {
			ids = append(ids, d.ID)
		}
	}
	return r, c.Read(ctx, func(sn *store.Snapshot) error {
		rows, err := sn.Rows(ids)
		for _, row := range rows {
			r.rows[row.ID] = row
		}
		return err
	})
}

func (p *CustodyPage) take(r custodyRead, err error) {
	p.Err, p.Ready = err, err == nil
	if err == nil {
		p.OnlyHere, p.Both, p.ServerOnly = r.OnlyHere, r.Both, r.ServerOnly
		p.sentences(r)
		p.list(r)
		p.stages(r)
		p.keepers(r.Kept)
	}
	p.say()
}

// keepers notes what stays on the server by the person's wish.
func (p *CustodyPage) keepers(ids []mail.PlacementID) {
	p.kept, p.Kept = ids, ""
	switch n := len(ids); n {
	case 0:
	case 1:
		p.Kept = "1 message stays on the server because you want it, until you delete it here."
	default:
		p.Kept = phrase.Messages(n) + " stay on the server because you want it, until you delete them here."
	}
}

// KeepOnServer has the server keep its copies of messages, whatever the policy
// says.
func (p *CustodyPage) KeepOnServer(ids []mail.PlacementID, then func(error)) { p.wish(ids, true, then) }

// Free lets what stays by the person's wish leave as the policy says.
func (p *CustodyPage) Free(then func(error)) { p.wish(p.kept, false, then) }

func (p *CustodyPage) wish(ids []mail.PlacementID, keep bool, then func(error)) {
	Run(p.desk, func(ctx context.Context) error { return p.client.KeepOnServer(ctx, p.Account.ID, ids, keep) }, func(err error) {
		p.Load()
		then(err)
	})
}

func (p *CustodyPage) say() {
	if p.Changed != nil {
		p.Changed()
	}
}

// when says in a few words when a copy leaves the server.
func (p *CustodyPage) when(at time.Time) string {
	now := p.desk.Now()
	if !at.After(now) {
		return "with the next check"
	}
	at = at.In(now.Location())
	if at.Sub(now) < 36*time.Hour {
		return p.desk.Style.Coming(at, now) + ", " + p.desk.Style.Clock(at)
	}
	return "on " + at.Format("Mon ") + p.desk.Style.Day(at) + ", " + p.desk.Style.Clock(at)
}

// sentences say what leaves next.
func (p *CustodyPage) sentences(r custodyRead) {
	p.Summary, p.Detail = "", ""
	if len(r.Next) == 0 {
		p.Sentence = p.nothingLeaves()
		return
	}
	now := p.desk.Now()
	first := r.Next[0].Leaves
	soon, week, size := 0, 0, int64(0)
	for _, d := range r.Next {
		if together(first, d.Leaves, now) {
			soon, size = soon+1, size+d.Size
		}
		if d.Leaves.Sub(now) < 7*24*time.Hour {
			week++
		}
	}
	verb := "leave"
	if soon == 1 {
		verb = "leaves"
	}
	amount := phrase.Messages(soon)
	if size > 0 {
		amount += " (" + phrase.Size(size) + ")"
	}
	p.Sentence = fmt.Sprintf("%s %s the server %s.", amount, verb, p.when(first))
	if p.Ahead {
		p.Sentence = "With this, " + p.Sentence
	}
	p.Detail = p.detail(soon, phrase.Sentence(r.Next[0].Reason))
	p.Summary = phrase.Count(soon) + " " + p.when(first)
	if week > soon {
		p.Summary += ", " + phrase.Count(week) + " in the next seven days"
	}
}

// detail says why, and that nothing is lost by it.
func (p *CustodyPage) detail(n int, reason string) string {
	if n == 1 {
		return reason + " It is stored here."
	}
	switch p.Keep.Mode {
	case accounts.KeepDays:
		reason = "That is " + phrase.Things(p.Keep.Days, "day", "days") + " after they were safe on this computer."
	case accounts.KeepNone:
		return "All are stored here, and this account leaves no mail on the server."
	case accounts.KeepUntilDeleted:
		return "You deleted them here."
	}
	return reason + " All are stored here."
}

// together reports whether two copies leave at the same check: both are due, or
// in the same hour.
func together(a, b, now time.Time) bool {
	if !a.After(now) || !b.After(now) {
		return !a.After(now) && !b.After(now)
	}
	return b.Sub(a) < time.Hour
}

func (p *CustodyPage) nothingLeaves() string {
	switch p.Keep.Mode {
	case accounts.KeepForever:
		return "Nothing ever leaves the server."
	case accounts.KeepUntilDeleted:
		return "Nothing leaves the server until you delete it here."
	}
	return "Nothing is to leave the server just now."
}

func (p *CustodyPage) list(r custodyRead) {
	p.Next = nil
	for _, d := range r.Next[:min(len(r.Next), mostLeaving)] {
		l := Leaving{ID: d.ID, When: p.when(d.Leaves), Why: phrase.Sentence(d.Reason), From: "Deleted here"}
		if row, ok := r.rows[d.ID]; ok {
			l.From, l.Subject = p.roster.person(row.FromName, row.FromAddr).Label(), row.Subject
			l.Received = p.desk.Style.Short(row.Date, p.desk.Now())
		}
		p.Next = append(p.Next, l)
	}
}

// stages are the steps on a message's way, with how many are at each.
func (p *CustodyPage) stages(r custodyRead) {
	fetching := 0
	if a, ok := p.roster.Account(p.Account.ID); ok && a.Status.Phase == mail.PhaseSyncing {
		fetching = max(0, a.Status.Of-a.Status.Done)
	}
	due, now := 0, p.desk.Now()
	for _, d := range r.Next {
		if !d.Leaves.After(now) {
			due++
		}
	}
	p.Stages = []Stage{
		{"Fetching", "Seen on the server, on its way to this computer", fetching, false},
		{"Stored", "Written here, and on the server too", r.Both, true},
		{"Due to leave", "Goes from the server with the next check", due, true},
		{"Gone from the server", "Confirmed by the server", r.Left, true},
	}
}
