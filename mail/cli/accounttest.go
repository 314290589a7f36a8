package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail/client"
)

// stepJSON is one step of trying an account.
type stepJSON struct {
	Account string     `json:"account"`
	Step    string     `json:"step"`
	OK      bool       `json:"ok"`
	Detail  string     `json:"detail"`
	Seconds float64    `json:"seconds"`
	Error   *errorJSON `json:"error"`
}

func (a *app) accountTestCommand() *cobra.Command {
	return &cobra.Command{
		Use: "test ACCOUNT", Short: "Connect, sign in and look around, and tell how far it came", Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.withAccounts(func(all *client.Accounts) error {
				acc, err := all.Find(args[0])
				if err != nil {
					return err
				}
				tell := func(s client.Step) { a.step(acc, s) }
				err = all.Try(secret.Attended(ctx), acc, secret.Secret{}, tell)
				if err == nil {
					err = all.TryOut(secret.Attended(ctx), acc, secret.Secret{}, tell)
				}
				if err != nil {
					return codeError(code(err)) // it was told as a step
				}
				return nil
			})
		},
	}
}

// tryAccount tries an account with a password that is not kept yet. People see
// the steps; a program sees the error alone, and only if there is one.
func (a *app) tryAccount(ctx context.Context, all *client.Accounts, acc accounts.Account, password secret.Secret) error {
	return all.Try(ctx, acc, password, func(s client.Step) {
		if !a.json && s.Err == nil {
			a.step(acc, s)
		}
	})
}

func (a *app) step(acc accounts.Account, s client.Step) {
	if a.json {
		a.line(stepJSON{acc.Address, s.Name, s.Err == nil, s.Detail, s.Took.Seconds(), a.errorJSON(s.Err)})
		a.flush()
		return
	}
	mark, style := "ok", normal
	if s.Err != nil {
		mark, style = "failed", red
	}
	a.print("%s  %s  %s\n", a.styled(style, fit(mark, 6, false)), fit(s.Name, 22, false), plain(s.Detail))
	a.flush()
	if s.Err != nil {
		a.say("%s", a.sentence(s.Err))
	}
}
