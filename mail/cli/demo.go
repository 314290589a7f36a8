package cli

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/demo"
)

func (a *app) demoCommand() *cobra.Command {
	headless := false
	cmd := &cobra.Command{
		Use: "demo [--headless] [COMMAND…]", Short: "Try Postrider in a small world of sample mail, which is thrown away",
		Long: `Start IMAP and POP3 servers with sample mail on this computer, and look at them in a data folder of their
own. With a COMMAND, fetch the mail and run the command there; all of it is thrown away at the end.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && !headless && a.window == nil {
				return usagef("there is no window in this build; use --headless, or say which command to try")
			}
			return a.demo(cmd.Context(), args, headless)
		},
	}
	cmd.Flags().BoolVar(&headless, "headless", false, "without the window: print what was synced")
	cmd.Flags().SetInterspersed(false) // what follows the command is the command's
	return cmd
}

func (a *app) demo(ctx context.Context, command []string, headless bool) error {
	dir, err := os.MkdirTemp("", "postrider-demo-")
	if err != nil {
		return mail.Wrap(mail.KindDisk, "start the demo", err)
	}
	defer os.RemoveAll(dir)
	world, err := demo.Start(ctx, demo.Options{Now: a.now})
	if err != nil {
		return err
	}
	defer world.Close()
	keys, err := settleIn(ctx, world, dir)
	if err != nil {
		return err
	}
	switch {
	case len(command) == 0 && headless:
		return a.demoShow(ctx, dir, keys)
	case len(command) == 0:
		a.data, a.keys = dir, keys
		return a.runWindow(ctx)
	}
	if command[0] != "sync" {
		if err := a.demoSync(ctx, dir, keys, func(client.Synced) {}); err != nil {
			return err
		}
	}
	return a.demoRun(ctx, command, dir, keys)
}

// settleIn sets the accounts of the world up in a data folder.
func settleIn(ctx context.Context, world *demo.World, dir string) (secret.Keyring, error) {
	keys, file := &secret.Memory{}, accounts.In(dir)
	for _, acc := range world.Accounts() {
		added, err := file.Add(ctx, acc.Account)
		if err != nil {
			return nil, err
		}
		if err := keys.Set(ctx, added.ID, secret.Password, secret.New(acc.Password)); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// demoSync fetches the mail, an account after the other, so that messages have
// the same numbers every time.
func (a *app) demoSync(ctx context.Context, dir string, keys secret.Keyring, each func(client.Synced)) error {
	c, err := client.Open(ctx, client.Options{Dir: dir, Keyring: keys, Now: a.now})
	if err != nil {
		return err
	}
	err = a.named(ctx, c, func(ctx context.Context, c *client.Client) error {
		list, err := c.All()
		for i := range list {
			if err == nil {
				err = c.Sync(ctx, list[i:i+1], each)
			}
		}
		return err
	})
	return errors.Join(err, c.Close())
}

// demoShow prints what the sync brought. That one account's password is refused
// belongs to the demo, and is no failure.
func (a *app) demoShow(ctx context.Context, dir string, keys secret.Keyring) error {
	var failures []error
	err := a.demoSync(ctx, dir, keys, func(s client.Synced) {
		a.synced(s)
		if s.Err != nil && !mail.Is(s.Err, mail.KindSignIn) {
			failures = append(failures, s.Err)
		}
	})
	if err != nil {
		return err
	}
	for _, command := range [][]string{{"mailboxes"}, {"list", "@inbox", "--limit", "20"}} {
		if err := a.demoRun(ctx, command, dir, keys); err != nil {
			return err
		}
	}
	return several(failures, len(failures)+1)
}

// demoRun runs a command in the demo's data folder.
func (a *app) demoRun(ctx context.Context, command []string, dir string, keys secret.Keyring) error {
	a.flush()
	e := a.env
	e.args, e.out, e.data, e.keys, e.clock = command, a.stdout, dir, keys, ""
	e.now = a.now
	if a.json {
		e.args = append([]string{"--json"}, command...)
	}
	if code := run(ctx, e, nil); code != exitDone {
		return codeError(code)
	}
	return nil
}
