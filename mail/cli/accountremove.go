package cli

import (
	"bufio"
	"context"
	"strings"

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
			if err := a.confirmRemoval(cmd.Context(), args, keep); err != nil {
				return err
			}
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				m, err := a.member(args)
				if err != nil {
					return err
				}
				if err := c.RemoveAccount(ctx, m.ID, keep); err != nil {
					return err
				}
				a.done("Removed %s.", plain(a.nameOf(m.ID)))
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&keep, "keep-mail", false, "leave the mail on this computer")
	return cmd
}

// member is the one account that a person named.
func (a *app) member(args []string) (client.Member, error) {
	list, err := a.members(args)
	if err == nil && len(list) > 1 {
		err = mail.Errorf(mail.KindInput, "find the account", "%q names %d accounts; use the id", args[0], len(list))
	}
	if err != nil {
		return client.Member{}, err
	}
	return list[0], nil
}

// confirmRemoval asks, where there is somebody to ask, before mail goes that
// may be nowhere else. Where there is nobody, what was to be sent keeps the account.
func (a *app) confirmRemoval(ctx context.Context, args []string, keep bool) error {
	if keep {
		return nil
	}
	return a.reading(ctx, func(ctx context.Context, c *client.Client) error {
		m, err := a.member(args)
		if err != nil {
			return err
		}
		unsent, err := unsent(ctx, c, m.ID)
		switch {
		case err != nil:
			return err
		case !a.term.In && unsent > 0:
			return mail.Errorf(mail.KindInput, "remove the account", "%s in its Outbox would be gone unsent; see `postrider ops`, or say --keep-mail", count(unsent, "message"))
		case !a.term.In:
			return nil
		}
		total := 0
		for _, box := range a.tree.Mailboxes {
			if box.Account == m.ID {
				total += box.Total
			}
		}
		a.bar.clear()
		a.flush()
		if unsent > 0 {
			a.say("%s in its Outbox will not be sent.", count(unsent, "message"))
		}
		a.say("%s and %s go from this computer. Type yes to go on:", plain(a.nameOf(m.ID)), count(total, "message"))
		line, _ := bufio.NewReader(a.in).ReadString('\n')
		if strings.TrimSpace(strings.ToLower(line)) != "yes" {
			return mail.Errorf(mail.KindCanceled, "remove the account", "nothing was removed")
		}
		return nil
	})
}

// unsent counts the messages of an account that were not sent, or of which nobody
// knows.
func unsent(ctx context.Context, c *client.Client, account mail.AccountID) (n int, err error) {
	list, err := c.Pending(ctx, account)
	for _, p := range list {
		if p.Kind == mail.OpSend {
			n++
		}
	}
	return n, err
}

// done says what was done, to people; a program knows by the exit code.
func (a *app) done(format string, args ...any) {
	if !a.json {
		a.print(format+"\n", args...)
	}
}
