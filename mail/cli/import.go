package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/transfer"
)

type importJSON struct {
	Source   string `json:"source"`
	Account  string `json:"account"`
	Mailbox  string `json:"mailbox"`
	Messages int    `json:"messages"`
	Failed   int    `json:"failed"`
}

func (a *app) importCommand() *cobra.Command {
	into := ""
	cmd := &cobra.Command{
		Use: "import SOURCE --into MAILBOX", Short: "Bring in mail from an mbox, a Maildir, .eml files or folders of them", Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if into == "" {
				return usagef("an import needs --into MAILBOX")
			}
			src, err := transfer.Open(a.path(args[0]))
			if err != nil {
				return err
			}
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				return a.importFrom(ctx, c, src, args[0], into)
			})
		},
	}
	cmd.Flags().StringVar(&into, "into", "", "where to, `MAILBOX`; it is made if it is missing")
	return cmd
}

func (a *app) importFrom(ctx context.Context, c *client.Client, src transfer.Source, name, into string) error {
	account, path, err := a.place(into)
	if err != nil {
		return err
	}
	stop := a.followSource(src)
	var failures []error
	n, err := c.Import(ctx, src, account, path, func(origin string, err error) {
		err = mail.Wrap(mail.KindDisk, "import "+origin, err)
		failures = append(failures, err)
		a.fail(err)
	})
	stop()
	if a.json {
		a.line(importJSON{name, a.nameOf(account), path, n, len(failures)})
	} else {
		a.done("Imported %s into %s.", count(n, "message"), plain(a.nameOf(account)+"/"+path))
	}
	if err != nil {
		return err
	}
	return several(failures, n+len(failures))
}

// place is the account and path of a mailbox that may have to be made.
func (a *app) place(name string) (mail.AccountID, string, error) {
	if len(a.tree.Lookup(name)) > 0 {
		m, err := a.tree.One(name)
		return m.Account, m.Path, err
	}
	account, path, err := a.tree.Place(name)
	if err == nil && path == "" {
		err = mail.Errorf(mail.KindInput, "import mail", "%q names an account; add the mailbox, as in %s/Old", name, plain(name))
	}
	return account, path, err
}

// followSource draws how much of a source was read, until the returned function
// is called.
func (a *app) followSource(src transfer.Source) (stop func()) {
	if a.bar == nil {
		return func() {}
	}
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		of, _ := src.Size() // unknown is no reason not to import
		tick := time.NewTicker(barEvery)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				return
			case <-tick.C:
				a.bar.show("Importing", src.Done(), of, size(src.Done())+" of "+size(of))
			}
		}
	}()
	return func() {
		close(quit)
		<-done
		a.bar.clear()
	}
}
