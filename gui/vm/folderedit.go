package vm

import (
	"context"
	"strings"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/store"
)

// NewFolder is where a folder with a name goes below a place: the head of an
// account, a folder, or a level. why says in one sentence what is wrong with the
// name.
func (r *Roster) NewFolder(below Place, name string) (path, why string) {
	if why := nameProblem(name); why != "" {
		return "", why
	}
	return r.pathOf(below) + strings.TrimSpace(name), ""
}

// RenamedFolder is where a folder goes that gets another name and stays where it
// is.
func (r *Roster) RenamedFolder(m mail.Mailbox, name string) (path, why string) {
	if why := nameProblem(name); why != "" {
		return "", why
	}
	return m.Path[:strings.LastIndexByte(m.Path, '/')+1] + strings.TrimSpace(name), ""
}

// pathOf is what the path of a folder below a place begins with. Where a server
// keeps everything below the inbox, so is what is made at the top.
func (r *Roster) pathOf(below Place) string {
	if m, ok := r.Mailbox(below.Mailbox); ok {
		return m.Path + "/"
	}
	var boxes []mail.Mailbox
	for _, m := range r.tree.Mailboxes {
		if m.Account == below.Account {
			boxes = append(boxes, m)
		}
	}
	path := personalPrefix(boxes)
	if below.Level != "" {
		path += below.Level + "/"
	}
	return path
}

func nameProblem(name string) string {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return "A folder needs a name."
	case strings.Contains(name, "/"):
		return "A name has no / in it; make a folder inside another by its menu."
	}
	return ""
}

// FolderName is what a folder is called.
func (r *Roster) FolderName(m mail.Mailbox) string { return folderTitle(m.Path, r.RoleOf(m.ID)) }

// CanFolder says whether something can be done with a folder, and if not why.
func (v *Verbs) CanFolder(verb client.Verb, m mail.Mailbox) (bool, string) {
	if v.client.ReadOnly() {
		return false, "another Postrider has the mail open"
	}
	if verb == client.Delete && v.roster.RoleOf(m.ID) != mail.RoleNone {
		return false, "the account needs this folder"
	}
	if ok, why := client.Can(verb, m); !ok || verb != client.Delete {
		return ok, why
	}
	for _, other := range v.roster.tree.Mailboxes {
		if other.Account == m.Account && strings.HasPrefix(other.Path, m.Path+"/") {
			return false, "there are folders inside"
		}
	}
	return true, ""
}

// CreateFolder makes a folder and tells which it is.
func (v *Verbs) CreateFolder(account mail.AccountID, path string, then func(mail.Mailbox, error)) {
	var made mail.Mailbox
	Run(v.desk, func(ctx context.Context) (err error) {
		made, err = v.client.Create(ctx, account, path)
		return err
	}, func(err error) { then(made, err) })
}

// RenameFolder gives a folder another path.
func (v *Verbs) RenameFolder(id mail.MailboxID, path string, then func(error)) {
	v.folder(mail.RenameMailbox{Mailbox: id, Path: path}, then)
}

// DeleteFolder takes an empty folder away.
func (v *Verbs) DeleteFolder(id mail.MailboxID, then func(error)) {
	v.folder(mail.DeleteMailbox{Mailbox: id}, then)
}

func (v *Verbs) folder(op mail.Op, then func(error)) {
	Run(v.desk, func(ctx context.Context) error {
		_, err := v.client.Do(ctx, op)
		return err
	}, then)
}

// EmptyWarning is what to ask before all that is in a folder goes for good.
func (v *Verbs) EmptyWarning(m mail.Mailbox) string {
	where := "here and on the server"
	if m.Origin == mail.Local {
		where = "from this computer"
	}
	if m.Total == 1 {
		return "The message in it is deleted for good, " + where + "."
	}
	return "All " + phrase.Messages(m.Total) + " in it are deleted for good, " + where + "."
}

// DoAll does something with all messages of mailboxes, or with those that a
// filter lets through.
func (v *Verbs) DoAll(verb Verb, boxes []mail.MailboxID, only store.Filter, then func(ok bool)) {
	var spine store.Spine
	Run(v.desk, func(ctx context.Context) (err error) {
		spine, err = v.client.Spine(ctx, store.View{Mailboxes: boxes, Filter: only})
		return err
	}, func(err error) {
		if err != nil {
			v.fail(verb, err)
			return
		}
		v.Do(Act{Verb: verb, IDs: spine.IDs}, then)
	})
}

// Newsworthy are the mailboxes of an account with unread mail where one reads.
func (r *Roster) Newsworthy(account mail.AccountID) (ids []mail.MailboxID) {
	for _, m := range r.tree.Mailboxes {
		if m.Account == account && m.Unread > 0 && !m.NoSelect && readable(r.roles[m.ID]) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}
