package demo

import (
	"net"

	"postrider/accounts"
	"postrider/mail"
)

// Account is an account of the demo with its password.
type Account struct {
	accounts.Account
	Password string
}

// resident is one account's place in the world.
type resident struct {
	key      string // in people.txt and the manuscripts' folders
	id       mail.AccountID
	label    string
	protocol accounts.Protocol
	refused  bool // the password that Accounts tells is not the right one
}

var residents = []resident{
	{key: "work", id: "demowork", label: "Fernlight", protocol: accounts.IMAP},
	{key: "home", id: "demohome", label: "Home", protocol: accounts.POP3},
	{key: "club", id: "democlub", label: "Sailing club", protocol: accounts.IMAP, refused: true},
	{key: "letters", id: "demolist", label: "Letters", protocol: accounts.IMAP},
}

const (
	goodPassword = "lantern-1911"
	oldPassword  = "before the change" // the club changed it, and Nora was not told
)

// Accounts describes the accounts, in the order in which a window shows them.
// One of them, the sailing club's, is refused when it signs in.
func (w *World) Accounts() []Account {
	var list []Account
	for _, r := range residents {
		list = append(list, w.account(r))
	}
	return list
}

func (w *World) account(r resident) Account {
	owner := w.set.Person(r.key)
	incoming := w.host.IMAP()
	if r.protocol == accounts.POP3 {
		incoming = w.host.POP3()
	}
	outgoing := w.server(w.host.SMTP(), owner.Address)
	a := Account{Password: goodPassword, Account: accounts.Account{
		ID: r.id, Label: r.label, Address: owner.Address, Name: owner.Name, Protocol: r.protocol,
		Incoming: w.server(incoming, owner.Address), Outgoing: &outgoing,
	}}
	if r.refused {
		a.Password = oldPassword
	}
	return a
}

func (w *World) server(at *net.TCPAddr, user string) accounts.Server {
	return accounts.Server{
		Host: at.IP.String(), Port: at.Port, TLS: accounts.ImplicitTLS, User: user, Auth: accounts.Password, CAFile: w.caFile,
	}
}
