package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail/client"
)

func (a *app) accountListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the accounts", Args: words(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.reading(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				a.accounts(a.tree.Accounts)
				if len(a.tree.Accounts) == 0 && !a.json {
					a.say("No account has been added yet; see `postrider account add --help`.")
				}
				return nil
			})
		},
	}
}

func (a *app) accounts(list []client.Member) {
	if !a.json {
		a.accountTable(list)
		return
	}
	for _, m := range list {
		a.line(a.accountJSON(m))
	}
}
