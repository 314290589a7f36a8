package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) accountAddCommand() *cobra.Command {
	var f accountFlags
	cmd := &cobra.Command{
		Use: "add --address A --protocol imap|pop3 --host H[:PORT]", Short: "Add an account", Args: words(0, 0),
		Long: `Add an account. It is tried first: unless the server lets us in, nothing is kept.
The password is asked for, or read from stdin; it is kept in the keyring, never in a file of settings.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, need := range []string{"address", "protocol", "host"} {
				if !cmd.Flags().Changed(need) {
					return usagef("an account needs --%s", need)
				}
			}
			var acc accounts.Account
			if err := f.apply(a, cmd.Flags(), &acc); err != nil {
				return err
			}
			return a.addAccount(cmd.Context(), acc, &f)
		},
	}
	f.define(cmd)
	return cmd
}

func (a *app) addAccount(ctx context.Context, acc accounts.Account, f *accountFlags) error {
	acc.Complete()
	if err := acc.Check(); err != nil {
		return err
	}
	return a.withAccounts(func(all *client.Accounts) error {
		s, err := a.readPassword(f.stdin, acc.Address)
		if err != nil {
			return err
		}
		if !f.noTest {
			if err := a.tryAccount(ctx, all, acc, s.Password); err != nil {
				return err
			}
		}
		added, err := all.Add(secret.Attended(ctx), acc, s)
		if err != nil {
			return err
		}
		a.tellHolder(ctx)
		a.accounts([]client.Member{{Account: added}})
		return nil
	})
}

// withAccounts runs do on the accounts alone: the store may be another's.
func (a *app) withAccounts(do func(*client.Accounts) error) error {
	opts, err := a.options(false)
	if err != nil {
		return err
	}
	all, err := client.OpenAccounts(opts)
	if err != nil {
		return err
	}
	return errors.Join(do(all), all.Close())
}

// maxPassword is far above any password, and below what would be a mistake.
const maxPassword = 4096

// readPassword gets the password from stdin, where it is the first line, or
// from the person.
func (a *app) readPassword(stdin bool, address string) (s client.Secrets, err error) {
	const op = "read the password"
	switch {
	case stdin:
		line, err := bufio.NewReader(io.LimitReader(a.in, maxPassword+2)).ReadString('\n')
		if err != nil && err != io.EOF {
			return s, mail.Wrap(mail.KindInput, op, err)
		}
		s.Password = secret.New(strings.TrimRight(line, "\r\n"))
	case a.term.In:
		if s.Password, err = a.ask("Password for " + plain(address) + ": "); err != nil {
			return s, err
		}
	default:
		return s, usagef("there is no terminal to ask for the password; give it with --password-stdin")
	}
	switch n := len(s.Password.Reveal()); {
	case n == 0:
		return s, mail.Errorf(mail.KindInput, op, "the password is empty")
	case n > maxPassword:
		return s, mail.Errorf(mail.KindInput, op, "the password is longer than %d characters", maxPassword)
	}
	return s, nil
}
