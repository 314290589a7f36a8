package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

type mailboxJSON struct {
	Account string      `json:"account"`
	Path    string      `json:"path"`
	Role    mail.Role   `json:"role"`
	Origin  mail.Origin `json:"origin"`
	Total   int         `json:"total"`
	Unread  int         `json:"unread"`
}

func (a *app) mailboxesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "mailboxes [ACCOUNT]", Short: "Show the mailboxes with their counts", Args: words(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.reading(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				members, err := a.members(args)
				if err != nil {
					return err
				}
				for _, m := range members {
					a.mailboxes(m.ID)
				}
				return nil
			})
		},
	}
}

// members are the accounts that a person named, those included of which only
// mail is left; no names are all.
func (a *app) members(names []string) (list []client.Member, err error) {
	if len(names) == 0 {
		return a.tree.Accounts, nil
	}
	for _, name := range names {
		ids := a.tree.Account(name)
		if len(ids) == 0 {
			return nil, mail.Errorf(mail.KindInput, "find the account", "there is no account %q", name)
		}
		for _, m := range a.tree.Accounts {
			for _, id := range ids {
				if m.ID == id {
					list = append(list, m)
				}
			}
		}
	}
	return list, nil
}

func (a *app) mailboxes(id mail.AccountID) {
	t := a.table(column{}, column{right: true}, column{right: true}, column{})
	for _, m := range a.tree.Mailboxes {
		switch {
		case m.Account != id:
		case a.json:
			a.line(mailboxJSON{a.nameOf(m.Account), m.Path, m.Role, m.Origin, m.Total, m.Unread})
		default:
			t.row(mailboxRow(m))
		}
	}
	if !a.json {
		a.print("%s\n", a.styled(bold, plain(a.nameOf(id))))
		t.print()
	}
}

func mailboxRow(m mail.Mailbox) (style, string, string, string, string) {
	depth := strings.Count(m.Path, "/")
	name := strings.Repeat("  ", depth+1) + m.Path[strings.LastIndex(m.Path, "/")+1:]
	if m.NoSelect {
		return faint, name, "", "", ""
	}
	unread, role, s := "", "", normal
	if m.Unread > 0 {
		unread, s = number(m.Unread)+" new", bold
	}
	if m.Role != mail.RoleNone {
		role = "@" + string(m.Role)
	}
	return s, name, number(m.Total), unread, role
}
