package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail/client"
	"postrider/mail/contact"
)

type contactJSON struct {
	Name      string   `json:"name"`
	Group     bool     `json:"group"`
	Addresses []string `json:"addresses"` // of a group: of its members
}

func (a *app) contactsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "contacts", Short: "Show, import and remove the people that the composer knows", Args: noWords}
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return a.reading(cmd.Context(), a.contacts) }
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "Show the contacts", Args: words(0, 0), RunE: cmd.RunE},
		&cobra.Command{
			Use: "import FILE.vcf|-", Short: "Take the people and groups of a vCard file in", Args: words(1, 1),
			RunE: func(cmd *cobra.Command, args []string) error { return a.importContacts(cmd.Context(), args[0]) },
		},
		&cobra.Command{
			Use: "remove NAME|ADDRESS", Short: "Remove a contact", Args: words(1, 1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
					n, err := c.RemoveContacts(ctx, args[0])
					if err == nil && !a.json {
						a.say("%s removed.", count(n, "contact"))
					}
					return err
				})
			},
		},
	)
	return cmd
}

func (a *app) contacts(_ context.Context, c *client.Client) error {
	list, err := c.Contacts()
	if err != nil {
		return err
	}
	people, groups := contact.People(list)
	t := a.table(column{}, column{})
	show := func(name string, group bool, addresses []string) {
		if a.json {
			a.line(contactJSON{name, group, addresses})
			return
		}
		text := addresses[0]
		if group {
			text = count(len(addresses), "member")
		}
		t.row(normal, name, text)
	}
	for _, p := range people {
		show(p.Name, false, []string{p.Addr})
	}
	for _, g := range groups {
		var members []string
		for _, p := range g.People {
			members = append(members, p.Addr)
		}
		show(g.Name, true, members)
	}
	t.print()
	if len(list) == 0 && !a.json {
		a.say("There are no contacts.")
	}
	return nil
}

func (a *app) importContacts(ctx context.Context, name string) error {
	open, done, err := a.file(name)
	if err != nil {
		return err
	}
	defer done()
	return a.changing(ctx, func(ctx context.Context, c *client.Client) error {
		r, err := open()
		if err != nil {
			return err
		}
		defer r.Close()
		got, err := c.ImportContacts(ctx, r)
		switch {
		case err != nil:
			return err
		case a.json:
			a.line(map[string]int{"added": got.Added, "changed": got.Changed, "without_address": got.Left})
		default:
			a.say("%s added, %d changed.", count(got.Added, "contact"), got.Changed)
			if got.Left > 0 {
				a.say("%s without an address left out.", count(got.Left, "card"))
			}
		}
		return nil
	})
}
