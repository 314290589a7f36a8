package vm

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"postrider/mail"
)

// folderOrder is where the folders with a role stand: the first before the
// person's own, those from Junk on behind them.
var folderOrder = []mail.Role{
	mail.RoleInbox, mail.RoleDrafts, mail.RoleOutbox, mail.RoleSent, mail.RoleArchive,
	mail.RoleNone,
	mail.RoleFlagged, mail.RoleAll, mail.RoleJunk, mail.RoleTrash,
}

// folder is a node of an account's tree.
type folder struct {
	place Place
	box   mail.Mailbox // zero for a level that no mailbox stands for
	role  mail.Role
	title string
	path  string // below the account
	below []*folder
}

// foldersOf builds an account's tree: roles first, then names.
func (r *Roster) foldersOf(account mail.AccountID) []*folder {
	var boxes []mail.Mailbox
	for _, m := range r.tree.Mailboxes {
		if m.Account == account {
			boxes = append(boxes, m)
		}
	}
	g := &grove{r: r, account: account, at: map[string]*folder{}, strip: personalPrefix(boxes)}
	for _, m := range boxes {
		g.plant(m)
	}
	return tidy(g.root)
}

// personalPrefix is "INBOX/" where a server keeps all folders below the inbox,
// which is its affair and not the person's.
func personalPrefix(boxes []mail.Mailbox) string {
	const prefix = "INBOX/"
	others := 0
	for _, m := range boxes {
		if strings.EqualFold(m.Path, "INBOX") {
			continue
		}
		if len(m.Path) <= len(prefix) || !strings.EqualFold(m.Path[:len(prefix)], prefix) {
			return ""
		}
		others++
	}
	if others == 0 {
		return ""
	}
	return prefix
}

// grove is a tree while it grows.
type grove struct {
	r       *Roster
	account mail.AccountID
	strip   string
	at      map[string]*folder
	root    []*folder
}

func (g *grove) plant(m mail.Mailbox) {
	path := m.Path
	if g.strip != "" && len(path) > len(g.strip) {
		path = path[len(g.strip):]
	}
	f := g.level(path)
	f.box, f.role = m, g.r.roles[m.ID]
	f.place = Place{Kind: AFolder, Account: g.account, Mailbox: m.ID}
	f.title = folderTitle(path, f.role)
}

// level returns the node at a path, and makes it with those above it.
func (g *grove) level(path string) *folder {
	if f := g.at[path]; f != nil {
		return f
	}
	f := &folder{path: path, place: Place{Kind: AFolder, Account: g.account, Level: path}, title: folderTitle(path, mail.RoleNone)}
	g.at[path] = f
	above := strings.LastIndexByte(path, '/')
	if above <= 0 {
		g.root = append(g.root, f)
		return f
	}
	parent := g.level(path[:above])
	parent.below = append(parent.below, f)
	return f
}

func folderTitle(path string, role mail.Role) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	if role == mail.RoleInbox || strings.EqualFold(path, "INBOX") {
		return "Inbox"
	}
	return name
}

// tidy lifts folders with a role to the top, drops levels that are left with
// nothing, and puts all into order.
func tidy(root []*folder) []*folder {
	var lifted []*folder
	root = lift(root, true, &lifted)
	root = append(root, lifted...)
	sortFolders(root)
	return root
}

func lift(list []*folder, top bool, lifted *[]*folder) (kept []*folder) {
	for _, f := range list {
		f.below = lift(f.below, false, lifted)
		switch {
		case !top && f.role != mail.RoleNone:
			*lifted = append(*lifted, f)
		case (f.box.ID == 0 || f.box.NoSelect) && len(f.below) == 0:
		default:
			kept = append(kept, f)
		}
	}
	return kept
}

func sortFolders(list []*folder) {
	slices.SortStableFunc(list, func(a, b *folder) int {
		return cmp.Or(
			cmp.Compare(slices.Index(folderOrder, a.role), slices.Index(folderOrder, b.role)),
			compareNames(a.title, b.title))
	})
	for _, f := range list {
		sortFolders(f.below)
	}
}

// register sorts names as people do: without case and accents, numbers by their
// value. The UI goroutine alone uses it.
var register = collate.New(language.Und, collate.Loose, collate.Numeric)

// compareNames puts names in the order of a register.
func compareNames(a, b string) int { return cmp.Or(register.CompareString(a, b), cmp.Compare(a, b)) }
