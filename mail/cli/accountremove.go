package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) accountRemoveCommand() *cobra.Command {
	keep := false
	cmd := &cobra.Command{
		Use: "remove ACCOUNT", Short: "Remove an account, its password, and its mail from this computer", Args: words(1, 1),
		Long: `Remove an account with its password and all its mail on this computer. What is on the server stays there.
With --keep-mail the mail stays here, too; the account is then named by its id, and removed for good by
removing it once more.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				members, err := a.members(args)
				if err != nil {
					return err
				}
				if len(members) > 1 {
					return mail.Errorf(mail.KindInput, "find the account", "%q names %d accounts; use the id", args[0], len(members))
				}
				if err := c.RemoveAccount(ctx, members[0].ID, keep); err != nil {
					return err
				}
				a.done("Removed %s.", plain(a.nameOf(members[0].ID)))
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&keep, "keep-mail", false, "leave the mail on this computer")
	return cmd
}

// done says what was done, to people; a program knows by the exit code.
func (a *app) done(format string, args ...any) {
	if !a.json {
		a.print(format+"\n", args...)
	}
}
