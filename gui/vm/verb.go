package vm

import (
	"postrider/mail"
	"postrider/mail/phrase"
)

// Verb is something a person can do with messages.
type Verb string

// The verbs.
const (
	Archive    Verb = "archive"
	Delete     Verb = "delete"  // to the trash; from there, for good
	Destroy    Verb = "destroy" // for good, at once
	Junk       Verb = "junk"
	NotJunk    Verb = "not-junk"
	MoveTo     Verb = "move"
	CopyTo     Verb = "copy"
	MarkRead   Verb = "read"
	MarkUnread Verb = "unread"
	Star       Verb = "star"
	Unstar     Verb = "unstar"
	AddTag     Verb = "tag"
	RemoveTag  Verb = "untag"
)

// Takes reports whether the verb takes messages out of where they are shown.
func (v Verb) Takes() bool {
	switch v {
	case Archive, Delete, Destroy, Junk, NotJunk, MoveTo:
		return true
	}
	return false
}

// flagVerbs are the verbs that change marks alone.
var flagVerbs = map[Verb]mail.FlagPatch{
	MarkRead:   {Add: mail.Bits(mail.Seen)},
	MarkUnread: {Remove: mail.Bits(mail.Seen)},
	Star:       {Add: mail.Bits(mail.Flagged)},
	Unstar:     {Remove: mail.Bits(mail.Flagged)},
}

// patch is how a verb changes marks; false for one that does not.
func (v Verb) patch(tag string) (mail.FlagPatch, bool) {
	switch v {
	case AddTag:
		return mail.FlagPatch{Add: mail.FlagsOf(tag)}, true
	case RemoveTag:
		return mail.FlagPatch{Remove: mail.FlagsOf(tag)}, true
	}
	p, ok := flagVerbs[v]
	return p, ok
}

// verbOf is the verb that changes marks in such a way; "" for none.
func verbOf(p mail.FlagPatch) Verb {
	for v, does := range flagVerbs {
		if does == p {
			return v
		}
	}
	switch {
	case len(p.Add.Words()) > 0:
		return AddTag
	case len(p.Remove.Words()) > 0:
		return RemoveTag
	}
	return ""
}

// done is the sentence of what was done: "3 messages moved to Archive".
func done(v Verb, things, where, tag string, trashed bool) string {
	switch v {
	case Archive:
		return things + " archived" + where
	case Delete:
		if !trashed {
			return things + " deleted for good"
		}
		return things + " moved to the trash" + where
	case Destroy:
		return things + " deleted for good"
	case Junk:
		return things + " moved to junk"
	case NotJunk:
		return things + " moved back to the inbox"
	case MoveTo:
		return things + " moved to " + where
	case CopyTo:
		return things + " copied to " + where
	case MarkRead:
		return things + " marked as read"
	case MarkUnread:
		return things + " marked as unread"
	case Star:
		return things + " starred"
	case Unstar:
		return things + " not starred any more"
	case AddTag:
		return things + " tagged " + tag
	}
	return "Tag " + tag + " taken off " + things
}

// Warning is what to ask before a verb that cannot be taken back for long, or
// "" if there is nothing to ask.
func (v *Verbs) Warning(verb Verb, n int, from []mail.MailboxID) string {
	forGood := verb == Destroy
	for _, id := range from {
		forGood = forGood || verb == Delete && v.roster.RoleOf(id) == mail.RoleTrash
	}
	if !forGood {
		return ""
	}
	if n == 1 {
		return "Delete this message for good, here and on the server?"
	}
	return "Delete " + phrase.Messages(n) + " for good, here and on the server?"
}

// Can says whether a verb goes with messages of some mailboxes, and in one
// sentence why not.
func (v *Verbs) Can(verb Verb, from []mail.MailboxID) (bool, string) {
	if v.client.ReadOnly() {
		return false, "another Postrider has the mail open; this one can only read"
	}
	if len(from) == 0 {
		return false, "choose a message first"
	}
	for _, id := range from {
		if why := refusal(verb, v.roster.RoleOf(id)); why != "" {
			return false, why
		}
	}
	return true, ""
}

// refusal is why a verb makes no sense in a mailbox with a role; "": it does.
func refusal(verb Verb, role mail.Role) string {
	switch {
	case verb == Archive && (role == mail.RoleArchive || role == mail.RoleAll):
		return "it is in the archive already"
	case verb == Archive && (role == mail.RoleDrafts || role == mail.RoleOutbox):
		return "what is not sent yet is not archived"
	case verb == Junk && role == mail.RoleJunk:
		return "it is in the junk folder already"
	case verb == Junk && (role == mail.RoleDrafts || role == mail.RoleSent || role == mail.RoleOutbox):
		return "you wrote it yourself"
	case verb == NotJunk && role != mail.RoleJunk:
		return "it is not in the junk folder"
	case role == mail.RoleOutbox && verb != Delete && verb != Destroy:
		return "it is on its way out"
	}
	return ""
}
