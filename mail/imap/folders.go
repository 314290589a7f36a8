package imap

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
)

// folder is a mailbox of the server with its state, where the list said it.
type folder struct {
	mail.Mailbox
	status *imap.StatusData
}

// folders asks for the mailboxes and, where the server can say it in the same
// breath (RFC 5819), the state of each. The inbox comes first.
func (d *Driver) folders(ctx context.Context) (list []folder, err error) {
	opts := &imap.ListOptions{ReturnSpecialUse: d.has("SPECIAL-USE") && d.has("LIST-EXTENDED")}
	if d.has("LIST-STATUS") {
		opts.ReturnStatus = d.statusItems()
	}
	err = d.bound(ctx, "list the folders", func() error {
		boxes, err := d.client.List("", "*", opts).Collect()
		for _, b := range boxes {
			list = append(list, folder{mailboxOf(b), b.Status})
		}
		list = newest(list)
		return err
	})
	if err != nil {
		return nil, err
	}
	assignRoles(list)
	slices.SortStableFunc(list, func(a, b folder) int {
		return cmp.Or(cmp.Compare(rank(a.Role), rank(b.Role)), cmp.Compare(a.Remote, b.Remote))
	})
	err = d.statusEach(ctx, list)
	d.others.listed(list)
	return list, err
}

// newest leaves the last word on each mailbox, should the server have told of
// one by itself among the list.
func newest(list []folder) []folder {
	at := map[string]int{}
	kept := list[:0]
	for _, f := range list {
		if i, twice := at[f.Remote]; twice {
			kept[i] = f
			continue
		}
		at[f.Remote] = len(kept)
		kept = append(kept, f)
	}
	return kept
}

func (d *Driver) statusItems() *imap.StatusOptions {
	return &imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true, NumUnseen: true, HighestModSeq: d.has("CONDSTORE")}
}

// statusEach asks for the states one by one, in one go, where the list had none
// and they are worth something: without CONDSTORE they tell too little.
func (d *Driver) statusEach(ctx context.Context, list []folder) error {
	if d.has("LIST-STATUS") || !d.has("CONDSTORE") {
		return nil
	}
	return d.bound(ctx, "look at the folders", func() error {
		type wait struct {
			f   *folder
			get func() (*imap.StatusData, error)
		}
		var waits []wait
		for i := range list {
			if !list[i].NoSelect {
				waits = append(waits, wait{&list[i], d.client.Status(list[i].Remote, d.statusItems()).Wait})
			}
		}
		for _, w := range waits {
			if data, err := w.get(); err == nil {
				w.f.status = data
			}
		}
		return d.wire.Err()
	})
}

func mailboxOf(b *imap.ListData) mail.Mailbox {
	m := mail.Mailbox{Remote: b.Mailbox, Path: shownPath(b.Mailbox, b.Delim), Origin: mail.Remote}
	if b.Delim != 0 {
		m.Delim = string(b.Delim)
	}
	if strings.EqualFold(b.Mailbox, "INBOX") { // RFC 9051 5.1: in any case; Yahoo writes "Inbox"
		m.Path, m.Remote, m.Role = "INBOX", "INBOX", mail.RoleInbox
	}
	for _, a := range b.Attrs {
		if role, ok := attrRoles[imap.MailboxAttr(strings.ToLower(string(a)))]; ok && m.Role == mail.RoleNone {
			m.Role = role
		}
		if strings.EqualFold(string(a), string(imap.MailboxAttrNoSelect)) || strings.EqualFold(string(a), string(imap.MailboxAttrNonExistent)) {
			m.NoSelect = true
		}
	}
	return m
}

// shownPath parts the levels by "/", whatever the server parts them by. A "/"
// within a level is shown as U+2215, which looks like it.
func shownPath(name string, delim rune) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f:
			return '\uFFFD'
		case r == delim && delim != 0:
			return '/'
		case r == '/':
			return '\u2215'
		}
		return r
	}, name)
	return strings.Trim(name, "/")
}

var attrRoles = map[imap.MailboxAttr]mail.Role{
	`\sent`: mail.RoleSent, `\drafts`: mail.RoleDrafts, `\trash`: mail.RoleTrash, `\junk`: mail.RoleJunk,
	`\archive`: mail.RoleArchive, `\all`: mail.RoleAll, `\flagged`: mail.RoleFlagged,
}

// roleNames are what servers and other mail programs call these folders where
// the server has no SPECIAL-USE (Outlook.com) or does not mark them (iCloud).
var roleNames = map[string]mail.Role{}

func init() {
	for role, names := range map[mail.Role]string{
		mail.RoleSent: "sent|sent messages|sent items|sent mail|gesendet|gesendete objekte|gesendete elemente|envoyés|messages envoyés|éléments envoyés|" +
			"enviados|elementos enviados|posta inviata|inviata|itens enviados|verzonden|verzonden items|wysłane|elementy wysłane|отправленные|已发送|已发送邮件|送信済み|送信済みアイテム|보낸편지함",
		mail.RoleDrafts: "drafts|draft|entwürfe|brouillons|borradores|bozze|rascunhos|concepten|kopie robocze|wersje robocze|черновики|草稿|草稿箱|下書き|임시보관함",
		mail.RoleTrash: "trash|deleted|deleted items|deleted messages|bin|papierkorb|gelöscht|gelöschte objekte|gelöschte elemente|corbeille|éléments supprimés|papelera|" +
			"elementos eliminados|cestino|lixeira|itens excluídos|prullenbak|verwijderde items|kosz|elementy usunięte|корзина|удаленные|已删除|已删除邮件|ゴミ箱|削除済みアイテム|휴지통",
		mail.RoleJunk: "junk|spam|junk e-mail|junk email|bulk mail|bulk|spamverdacht|unerwünscht|indésirables|courrier indésirable|correo no deseado|posta indesiderata|" +
			"lixo eletrônico|ongewenste e-mail|wiadomości-śmieci|спам|垃圾邮件|垃圾箱|迷惑メール|스팸메일함",
		mail.RoleArchive: "archive|archives|archiv|archivio|archivo|arquivo|archief|archiwum|архив|归档|アーカイブ|보관함",
	} {
		for _, n := range strings.Split(names, "|") {
			roleNames[n] = role
		}
	}
}

// assignRoles gives the roles that the server did not say by name: to a folder
// at the top, or right below the inbox (Courier).
func assignRoles(list []folder) {
	taken := map[mail.Role]bool{}
	for _, f := range list {
		taken[f.Role] = true
	}
	for i := range list {
		f := &list[i]
		if f.Role != mail.RoleNone || f.NoSelect {
			continue
		}
		name := strings.ToLower(f.Path)
		if rest, ok := strings.CutPrefix(name, "inbox/"); ok {
			name = rest
		}
		if role, ok := roleNames[name]; ok && !taken[role] {
			f.Role, taken[role] = role, true
		}
	}
}

// rank is the order in which folders are looked at.
func rank(r mail.Role) int {
	switch r {
	case mail.RoleInbox:
		return 0
	case mail.RoleDrafts, mail.RoleSent:
		return 1
	case mail.RoleTrash, mail.RoleJunk:
		return 3
	case mail.RoleAll, mail.RoleFlagged:
		return 4
	}
	return 2
}

func formatUint(n uint64) string { return strconv.FormatUint(n, 10) }
