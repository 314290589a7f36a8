package gui

import (
	"strings"

	"postrider/accounts"
	pages "postrider/gui/settings"
	"postrider/gui/vm"
	"postrider/mail/client"
)

// identitiesOf is what an account's mail is sent from, its own address first.
func identitiesOf(acc accounts.Account) (list []pages.Identity) {
	for _, id := range acc.Senders() {
		list = append(list, pages.Identity(id))
	}
	return list
}

// keepIdentities keeps what the person changed.
func (p *accountPage) keepIdentities(list []pages.Identity) {
	p.setup.Change(p.id, func(acc *accounts.Account) error {
		fillIdentities(acc, list)
		return nil
	}, client.Secrets{}, func(err error) {
		if err != nil {
			p.shell.fail(vm.Explain(err))
		}
	})
}

// fillIdentities takes over what mail is sent from. The account's own name is
// kept with the account; there is more to say about its address only if it has
// a signature, or another address for answers.
func fillIdentities(acc *accounts.Account, list []pages.Identity) {
	acc.Identities = nil
	for _, id := range list {
		own := strings.EqualFold(id.Address, acc.Address)
		if own {
			acc.Name = id.Name
		}
		if !own || id.Signature != "" || id.ReplyTo != "" {
			acc.Identities = append(acc.Identities, accounts.Identity(id))
		}
	}
}
