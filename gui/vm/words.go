package vm

import (
	"strings"

	"postrider/mail"
	"postrider/mail/phrase"
)

// quoted puts a subject between marks, short enough for a line.
func quoted(subject string) string {
	const most = 60
	subject = strings.TrimSpace(subject)
	if subject == "" {
		return "“(no subject)”"
	}
	if r := []rune(subject); len(r) > most {
		subject = strings.TrimSpace(string(r[:most])) + "…"
	}
	return "“" + subject + "”"
}

// what names the messages of an act: one by its subject, several by their number.
func what(n int, subject string) string {
	if n == 1 && subject != "" {
		return quoted(subject)
	}
	return phrase.Messages(n)
}

// folderName is what to call a mailbox in a sentence.
func (r *Roster) folderName(id mail.MailboxID) string {
	m, ok := r.tree.Box(id)
	if !ok {
		return "a folder that is gone"
	}
	return folderTitle(m.Path, r.roles[id])
}

// intention says what an operation is to do: "Move 3 messages to Archive".
func (r *Roster) intention(p mail.Pending, things string) string {
	switch p.Kind {
	case mail.OpFlags:
		return flagsIntention(p.Patch, things)
	case mail.OpMove:
		switch r.roles[p.To] {
		case mail.RoleArchive:
			return "Archive " + things
		case mail.RoleTrash:
			return "Delete " + things
		}
		return "Move " + things + " to " + r.folderName(p.To)
	case mail.OpCopy:
		return "Copy " + things + " to " + r.folderName(p.To)
	case mail.OpExpunge:
		return "Delete " + things + " for good"
	case mail.OpAppend:
		return "Upload " + things + " to " + r.folderName(p.To)
	case mail.OpPopDelete:
		return "Remove " + things + " from the server"
	case mail.OpCreateMailbox:
		return "Make the folder " + quoted(p.Path)
	case mail.OpRenameMailbox:
		return "Rename the folder to " + quoted(p.Path)
	case mail.OpDeleteMailbox:
		return "Remove the folder " + r.folderName(p.To)
	case mail.OpSend:
		return "Send " + things + sendTo(p.Recipients)
	}
	return phrase.Capital(string(p.Kind)) + " " + things
}

// sendTo names who is still to get a message.
func sendTo(list []mail.Recipient) string {
	var names []string
	for _, to := range list {
		if to.State != mail.RecipientAccepted {
			names = append(names, to.Address)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " to " + phrase.Some(names, 2)
}

func flagsIntention(p mail.FlagPatch, things string) string {
	switch {
	case p.Add.Has(mail.Seen):
		return "Mark " + things + " as read"
	case p.Remove.Has(mail.Seen):
		return "Mark " + things + " as unread"
	case p.Add.Has(mail.Flagged):
		return "Star " + things
	case p.Remove.Has(mail.Flagged):
		return "Take the star off " + things
	case p.Add.Has(mail.Junk):
		return "Mark " + things + " as junk"
	case p.Add.Has(mail.NotJunk):
		return "Mark " + things + " as not junk"
	case p.Add.Has(mail.Answered):
		return "Mark " + things + " as answered"
	case p.Add.Has(mail.Forwarded):
		return "Mark " + things + " as forwarded"
	case p.Add.Keywords != "":
		return "Tag " + things + " with " + strings.Join(p.Add.Words(), ", ")
	case p.Remove.Keywords != "":
		return "Take the tag " + strings.Join(p.Remove.Words(), ", ") + " off " + things
	}
	return "Change the marks of " + things
}
