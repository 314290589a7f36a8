package client

import "postrider/mail"

// Verb is something that a person may want to do with a mailbox.
type Verb string

// The verbs.
const (
	List   Verb = "list"   // look at its messages
	File   Verb = "file"   // put messages into it
	Rename Verb = "rename" // give it another path
	Delete Verb = "delete" // remove it
)

// Can says whether a verb goes with a mailbox, and in one sentence why not.
func Can(verb Verb, m mail.Mailbox) (bool, string) {
	switch {
	case m.NoSelect && (verb == List || verb == File):
		return false, "this folder holds other folders only, no messages"
	case verb == File && m.Role == mail.RoleFlagged:
		return false, "this is a view of what is starred elsewhere; star the message instead"
	case verb == Rename && m.Role == mail.RoleInbox:
		return false, "the inbox keeps its name"
	case verb == Delete && m.Role != mail.RoleNone:
		return false, "the account needs this folder: it is its " + string(m.Role) + " folder"
	case verb == Delete && m.Total > 0:
		return false, "the folder is not empty"
	}
	return true, ""
}
