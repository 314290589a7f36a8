package vm

import (
	"context"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/store"
)

// HoldOption is how much of an IMAP account's mail is kept on this computer.
type HoldOption struct {
	Offline accounts.Offline
	Title   string // "Keep all of it here, too"
	Meaning string // what it means without a connection
}

// HoldOptions are the ways for an IMAP account; days is what to offer for the one
// that counts them.
func HoldOptions(days int) []HoldOption {
	return []HoldOption{
		{accounts.Offline{Mode: accounts.OfflineAll}, "Keep all of it here, too", "everything can be read and searched offline"},
		{accounts.Offline{Mode: accounts.OfflineDays, Days: days}, "Keep the last", "older mail is fetched when you open it"},
		{accounts.Offline{Mode: accounts.OfflineHeaders}, "Keep what I have opened", "senders and subjects of all of it are here"},
	}
}

// HoldingPage says where the mail of an IMAP account is: all of it on the server,
// and some or all of it here, too.
type HoldingPage struct {
	Account    accounts.Account
	Ready      bool
	Err        error
	Both       int // messages on the server and here
	ServerOnly int // messages whose text is on the server only
	Text       string

	Changed func() // may be nil

	desk   *Desk
	client *client.Client
	roster *Roster
	turn   Turn
}

// NewHoldingPage makes the page of an account; Load fills it.
func NewHoldingPage(d *Desk, c *client.Client, r *Roster, id mail.AccountID) *HoldingPage {
	a, _ := r.Account(id)
	return &HoldingPage{Account: a.Settings, desk: d, client: c, roster: r}
}

// Load reads how much is here.
func (p *HoldingPage) Load() {
	if a, ok := p.roster.Account(p.Account.ID); ok {
		p.Account = a.Settings
	}
	p.read()
}

func (p *HoldingPage) read() {
	id := p.Account.ID
	Ask(p.desk, &p.turn, func(ctx context.Context) (found store.Coverage, err error) {
		err = p.client.Read(ctx, func(sn *store.Snapshot) error {
			list, err := sn.Coverage()
			for _, c := range list {
				if c.Account == id {
					found = c
				}
			}
			return err
		})
		return found, err
	}, p.take)
}

func (p *HoldingPage) take(c store.Coverage, err error) {
	p.Err, p.Ready = err, err == nil
	if err == nil {
		p.Both, p.ServerOnly = c.Messages-c.Bodiless, c.Bodiless
		p.Text = p.sentence()
	}
	if p.Changed != nil {
		p.Changed()
	}
}

// sentence says what comes and what stays.
func (p *HoldingPage) sentence() string {
	n := phrase.Messages(p.ServerOnly)
	switch {
	case p.ServerOnly == 0:
		return "All of this account’s mail is here, too."
	case p.Account.Offline.Mode == accounts.OfflineAll:
		return n + " still to come. They are fetched as soon as there is nothing else to do."
	}
	return "What is here already stays here."
}

// Choose keeps so much of the account's mail here from now on. Nothing that is
// here goes.
func (p *HoldingPage) Choose(offline accounts.Offline, then func(error)) {
	Run(p.desk, func(ctx context.Context) error {
		_, err := p.client.Edit(ctx, p.Account.ID, func(a *accounts.Account) error { a.Offline = offline; return nil }, client.Secrets{})
		if err != nil {
			return err
		}
		return p.client.Reload(ctx)
	}, func(err error) {
		if err == nil {
			p.Account.Offline = offline
			p.roster.Load()
			p.read() // the roster does not know it yet
		}
		then(err)
	})
}
