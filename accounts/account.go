package accounts

import (
	"strings"

	"postrider/mail"
)

// Protocol is how mail comes in.
type Protocol string

// The protocols an account may have.
const (
	IMAP Protocol = "imap"
	POP3 Protocol = "pop3"
)

// Account is one mailbox provider's account as the person set it up. Its place
// in the file is its place in the window.
type Account struct {
	ID             mail.AccountID `toml:"id"`
	Address        string         `toml:"address"`
	Label          string         `toml:"label,omitempty"` // what the person calls the account; "": its address
	Name           string         `toml:"name,omitempty"`  // the person's full name, for From
	Protocol       Protocol       `toml:"protocol"`
	Keep           Keep           `toml:"keep,omitempty"`               // POP3: the server's copies
	Offline        Offline        `toml:"offline,omitempty"`            // IMAP: the bodies kept here
	MaxConnections int            `toml:"max_connections,omitempty"`    // 0: Postrider chooses
	Without        []string       `toml:"without_extensions,omitempty"` // capabilities never to use, upper case
	Incoming       Server         `toml:"incoming"`
	Outgoing       *Server        `toml:"outgoing,omitempty"` // nil: this account cannot send
	Identities     []Identity     `toml:"identity,omitempty"` // further ones; the account's own comes first
}

// Identity is a name and address to write as.
type Identity struct {
	Name      string `toml:"name,omitempty"`
	Address   string `toml:"address"`
	ReplyTo   string `toml:"reply_to,omitempty"`
	Signature string `toml:"signature,omitempty"` // Markdown
}

// defaultConnections is what most servers bear from each of several clients.
const defaultConnections = 2

// Connections is how many connections to open at most: at least one.
func (a *Account) Connections() int {
	if a.MaxConnections > 0 {
		return a.MaxConnections
	}
	return defaultConnections
}

// Called is what to call the account where there is little room.
func (a *Account) Called() string {
	switch {
	case a.Label != "":
		return a.Label
	case a.Address != "":
		return a.Address
	}
	return string(a.ID)
}

// Senders lists the identities of the account, its own first.
func (a *Account) Senders() []Identity {
	own := Identity{Name: a.Name, Address: a.Address}
	for i, id := range a.Identities {
		if strings.EqualFold(id.Address, a.Address) { // the person said more about it
			rest := append([]Identity{}, a.Identities[:i]...)
			return append(append([]Identity{id}, rest...), a.Identities[i+1:]...)
		}
	}
	return append([]Identity{own}, a.Identities...)
}

// Uses reports whether the extension may be used with the account's server.
func (a *Account) Uses(extension string) bool {
	for _, name := range a.Without {
		if strings.EqualFold(name, extension) {
			return false
		}
	}
	return true
}

// Complete fills in what follows from the rest: ports, TLS, users, and the
// usual forms of names. It invents no host.
func (a *Account) Complete() {
	a.Address, a.Label = strings.TrimSpace(a.Address), strings.TrimSpace(a.Label)
	a.Incoming.complete(string(a.Protocol), a.Address)
	if a.Outgoing != nil {
		a.Outgoing.complete(SMTP, a.Incoming.User)
	}
	for i, name := range a.Without {
		a.Without[i] = strings.ToUpper(strings.TrimSpace(name))
	}
}

// Clone returns a copy that shares nothing with a.
func (a Account) Clone() Account {
	a.Without = append([]string(nil), a.Without...)
	a.Identities = append([]Identity(nil), a.Identities...)
	if a.Outgoing != nil {
		out := *a.Outgoing
		a.Outgoing = &out
	}
	return a
}

// Find returns the account that a person means by its id or its address; the
// error (kind input) says what they could have meant.
func Find(list []Account, name string) (Account, error) {
	const op = "find the account"
	var found []Account
	for _, a := range list {
		if string(a.ID) == name {
			return a, nil
		}
		if strings.EqualFold(a.Address, name) {
			found = append(found, a)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return Account{}, mail.Errorf(mail.KindInput, op, "%s is the address of %d accounts; name it by its id: %s", name, len(found), ids(found))
	case len(list) == 0:
		return Account{}, mail.Errorf(mail.KindInput, op, "there is no account %q: none has been added yet", name)
	}
	return Account{}, mail.Errorf(mail.KindInput, op, "there is no account %q; there are %s", name, addresses(list))
}

func ids(list []Account) string {
	var names []string
	for _, a := range list {
		names = append(names, string(a.ID)+" ("+string(a.Protocol)+")")
	}
	return strings.Join(names, ", ")
}

func addresses(list []Account) string {
	var names []string
	for _, a := range list {
		names = append(names, a.Address)
	}
	return strings.Join(names, ", ")
}
