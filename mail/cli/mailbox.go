package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) mailboxCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "mailbox", Short: "Create, rename and delete mailboxes", Args: noWords,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.missing(cmd) },
	}
	cmd.AddCommand(a.mailboxCreateCommand(), a.mailboxRenameCommand(), a.mailboxDeleteCommand())
	return cmd
}

func (a *app) mailboxCreateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "create ACCOUNT/Path", Short: "Make a mailbox", Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				account, path, err := a.tree.Place(args[0])
				if err != nil {
					return err
				}
				m, err := c.Create(ctx, account, path)
				if err != nil {
					return err
				}
				a.mailboxDone("Created", m)
				return nil
			})
		},
	}
}

func (a *app) mailboxRenameCommand() *cobra.Command {
	return &cobra.Command{
		Use: "rename MAILBOX NEW/PATH", Short: "Give a mailbox, and all below it, another path", Args: words(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				m, err := a.tree.One(args[0])
				if err != nil {
					return err
				}
				to, err := a.newPath(m, args[1])
				if err != nil {
					return err
				}
				if _, err := c.Do(ctx, mail.RenameMailbox{Mailbox: m.ID, Path: to}); err != nil {
					return err
				}
				m.Path = to
				a.mailboxDone("Renamed: now", m)
				return nil
			})
		},
	}
}

// newPath is where a mailbox is to go: a path with its own account before it, or
// without.
func (a *app) newPath(m mail.Mailbox, name string) (string, error) {
	account, path, err := a.tree.Place(name)
	switch {
	case err != nil: // it names no account: a path alone
		return name, nil
	case account != m.Account:
		return "", mail.Errorf(mail.KindInput, "rename the folder", "a mailbox stays in its account; move its messages instead")
	}
	return path, nil
}

func (a *app) mailboxDeleteCommand() *cobra.Command {
	return &cobra.Command{
		Use: "delete MAILBOX", Short: "Remove an empty mailbox", Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				m, err := a.tree.One(args[0])
				if err != nil {
					return err
				}
				if ok, why := client.Can(client.Delete, m); !ok {
					return &mail.Error{Op: "delete the folder", Account: m.Account, Mailbox: m.Path, Kind: mail.KindInput, Message: why}
				}
				if _, err := c.Do(ctx, mail.DeleteMailbox{Mailbox: m.ID}); err != nil {
					return err
				}
				a.done("Deleted %s.", plain(a.tree.FullName(m)))
				return nil
			})
		},
	}
}

func (a *app) mailboxDone(said string, m mail.Mailbox) {
	if a.json {
		a.line(mailboxJSON{a.nameOf(m.Account), m.Path, m.Role, m.Origin, m.Total, m.Unread})
		return
	}
	a.done("%s %s.", said, plain(a.tree.FullName(m)))
}
