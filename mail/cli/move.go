package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) moveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "move ID… MAILBOX", Short: "Move messages to a mailbox, of another account too", Args: words(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, name := args[:len(args)-1], args[len(args)-1]
			return a.actOn(cmd, ids, "Moved", func(ctx context.Context, c *client.Client, rows []client.Row) ([]mail.PlacementID, error) {
				to, err := a.target(ctx, c, name, rows)
				if err != nil {
					return nil, err
				}
				_, err = c.Do(ctx, mail.Move{Targets: idsOf(rows), To: to.ID})
				return nil, err
			})
		},
	}
}

func (a *app) copyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "copy ID… MAILBOX", Short: "Copy messages to a mailbox, of another account too", Args: words(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, name := args[:len(args)-1], args[len(args)-1]
			return a.actOn(cmd, ids, "Copied", func(ctx context.Context, c *client.Client, rows []client.Row) ([]mail.PlacementID, error) {
				to, err := a.target(ctx, c, name, rows)
				if err != nil {
					return nil, err
				}
				return c.Do(ctx, mail.Copy{Targets: idsOf(rows), To: to.ID})
			})
		},
	}
}

// target is the mailbox that messages are to go to. For another account their
// bytes must be here first.
func (a *app) target(ctx context.Context, c *client.Client, name string, rows []client.Row) (mail.Mailbox, error) {
	to, err := a.tree.One(name)
	if err != nil {
		return to, err
	}
	if ok, why := client.Can(client.File, to); !ok {
		return to, &mail.Error{Op: "move messages", Account: to.Account, Mailbox: to.Path, Kind: mail.KindInput, Message: why}
	}
	var absent []mail.PlacementID
	for _, r := range rows {
		if r.Account != to.Account && !r.Here {
			absent = append(absent, r.ID)
		}
	}
	if len(absent) > 0 {
		err = c.Fetch(ctx, absent...)
	}
	return to, err
}

func (a *app) archiveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "archive ID…", Short: "Move messages to the archive of their account", Args: words(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.actOn(cmd, args, "Archived", func(ctx context.Context, c *client.Client, rows []client.Row) ([]mail.PlacementID, error) {
				return nil, c.Archive(ctx, rows)
			})
		},
	}
}

func (a *app) junkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "junk ID…", Short: "Move messages to the junk folder, and mark them as junk", Args: words(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.actOn(cmd, args, "Moved to junk:", func(ctx context.Context, c *client.Client, rows []client.Row) ([]mail.PlacementID, error) {
				return nil, c.Junk(ctx, rows)
			})
		},
	}
}

func (a *app) deleteCommand() *cobra.Command {
	forever := false
	cmd := &cobra.Command{
		Use: "delete ID…", Short: "Move messages to the trash; from there, remove them for good", Args: words(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.actOn(cmd, args, "Deleted", func(ctx context.Context, c *client.Client, rows []client.Row) ([]mail.PlacementID, error) {
				return nil, c.Delete(ctx, rows, forever)
			})
		},
	}
	cmd.Flags().BoolVar(&forever, "forever", false, "remove them for good at once")
	return cmd
}

func (a *app) undoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "undo", Short: "Take back the last change of messages", Args: words(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				changed, err := c.Undo(ctx)
				if err != nil {
					return err
				}
				a.done("Took back the last change, to %s.", count(len(changed), "message"))
				return a.showActed(ctx, c, changed)
			})
		},
	}
}
