package cli

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) accountEditCommand() *cobra.Command {
	var f accountFlags
	cmd := &cobra.Command{
		Use: "edit ACCOUNT", Short: "Change settings of an account", Args: words(1, 1),
		Long: `Change the settings that are given as flags, and leave the others.
A change of the server, the user or the password is tried first, and kept only if it works.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.editAccount(cmd.Context(), args[0], &f, cmd.Flags())
		},
	}
	f.define(cmd)
	return cmd
}

func (a *app) editAccount(ctx context.Context, name string, f *accountFlags, given *pflag.FlagSet) error {
	return a.withAccounts(func(all *client.Accounts) error {
		old, err := all.Find(name)
		if err != nil {
			return err
		}
		edit := func(acc *accounts.Account) error { return f.apply(a, given, acc) }
		next := old.Clone()
		if err := edit(&next); err != nil {
			return err
		}
		if next.Protocol != old.Protocol {
			return mail.Errorf(mail.KindInput, "edit the account", "an account keeps its protocol: mail of the other kind is kept in another way; add a second account")
		}
		next.Complete()
		if err := next.Check(); err != nil {
			return err
		}
		var s client.Secrets
		if f.stdin {
			if s, err = a.readPassword(true, next.Address); err != nil {
				return err
			}
		}
		if !f.noTest && (f.stdin || next.Incoming != old.Incoming) {
			if err := a.tryAccount(ctx, all, next, s.Password); err != nil {
				return err
			}
		}
		edited, err := all.Edit(secret.Attended(ctx), old.ID, edit, s)
		if err != nil {
			return err
		}
		a.tellHolder(ctx)
		a.accounts([]client.Member{{Account: edited}})
		return nil
	})
}
