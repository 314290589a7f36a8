package vm

import (
	"postrider/mail"
	"postrider/mail/store"
)

// PlaceKind is what kind of thing in the sidebar a [Place] is.
type PlaceKind uint8

// The kinds.
const (
	NoPlace    PlaceKind = iota
	AllInboxes           // the inboxes of all accounts together
	AllUnread            // what is unread in all places where one reads
	AllStarred           // what is starred, wherever
	AnAccount            // the head of an account
	AFolder              // a mailbox, or a level that only holds others
)

// Place is something a person can choose in the sidebar. It is comparable, and
// stays equal to itself for as long as what it means is there.
type Place struct {
	Kind    PlaceKind
	Account mail.AccountID // AnAccount, AFolder
	Mailbox mail.MailboxID // AFolder; 0 for a level that no mailbox stands for
	Level   string         // AFolder without a mailbox: its path
}

// Unified reports whether a place shows several accounts together.
func (p Place) Unified() bool {
	return p.Kind == AllInboxes || p.Kind == AllUnread || p.Kind == AllStarred
}

// Filter is what narrows the list of a place.
func (p Place) Filter() store.Filter {
	switch p.Kind {
	case AllUnread:
		return store.Unread
	case AllStarred:
		return store.Starred
	}
	return store.All
}
