package cli

import (
	"github.com/spf13/cobra"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail/client"
)

func (a *app) accountSignInCommand() *cobra.Command {
	stdin := false
	cmd := &cobra.Command{
		Use: "sign-in ACCOUNT", Short: "Sign in again, with a password that was changed", Args: words(1, 1),
		Long: `Sign in again. The password is asked for, or read from stdin, and kept if the server takes it.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.withAccounts(func(all *client.Accounts) error {
				acc, err := all.Find(args[0])
				if err != nil {
					return err
				}
				s, err := a.readPassword(stdin, acc.Address)
				if err != nil {
					return err
				}
				if err := a.tryAccount(ctx, all, acc, s.Password); err != nil {
					return err
				}
				unchanged := func(*accounts.Account) error { return nil }
				if acc, err = all.Edit(secret.Attended(ctx), acc.ID, unchanged, s); err != nil {
					return err
				}
				a.tellHolder(ctx)
				a.accounts([]client.Member{{Account: acc}})
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&stdin, "password-stdin", false, "read the password from stdin, one line")
	return cmd
}
