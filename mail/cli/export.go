package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/transfer"
)

type exportJSON struct {
	Dest     string `json:"dest"`
	Format   string `json:"format"`
	Messages int    `json:"messages"`
	Failed   int    `json:"failed"`
}

func (a *app) exportCommand() *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use: "export MAILBOX DEST --format mbox|maildir|eml", Short: "Write mail to files that every mail program reads", Args: words(2, 2),
		Long: `Write a mailbox, or with an account's name alone all of its mailboxes, to an mbox, a Maildir or a folder
of .eml files. Nothing that is there already is replaced.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, ok := map[string]transfer.Kind{"mbox": transfer.Mbox, "maildir": transfer.Maildir, "eml": transfer.Folder}[format]
			if !ok {
				return usagef("--format is mbox, maildir or eml")
			}
			return a.export(cmd.Context(), args[0], a.path(args[1]), kind)
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "mbox, maildir or eml")
	return cmd
}

// export reads beside whoever has the store, unless bytes have to be fetched.
func (a *app) export(ctx context.Context, name, dest string, kind transfer.Kind) error {
	absent := false
	err := a.reading(ctx, func(ctx context.Context, c *client.Client) error {
		list, err := a.contents(ctx, c, name)
		if err != nil {
			return err
		}
		if absent = len(missing(list)) > 0; absent {
			return nil
		}
		return a.exportTo(ctx, c, list, dest, kind)
	})
	if err != nil || !absent {
		return err
	}
	return a.changing(ctx, func(ctx context.Context, c *client.Client) error {
		list, err := a.contents(ctx, c, name)
		if err != nil {
			return err
		}
		if err := a.fetchAll(ctx, c, missing(list)); err != nil {
			return err
		}
		if list, err = a.contents(ctx, c, name); err != nil { // fetched bytes may have shown two messages to be one
			return err
		}
		return a.exportTo(ctx, c, list, dest, kind)
	})
}

// contents are the messages of a mailbox, or of all those of an account.
func (a *app) contents(ctx context.Context, c *client.Client, name string) (list []client.Copied, err error) {
	boxes := a.tree.Lookup(name)
	whole := len(boxes) == 0 && len(a.tree.Account(name)) == 1
	if whole {
		for _, m := range a.tree.Mailboxes {
			if m.Account == a.tree.Account(name)[0] && !m.NoSelect {
				boxes = append(boxes, m)
			}
		}
	} else if boxes, err = a.tree.Find(name); err != nil {
		return nil, err
	}
	for _, m := range boxes {
		folder := ""
		switch {
		case whole:
			folder = m.Path
		case len(boxes) > 1:
			folder = a.nameOf(m.Account)
		}
		more, err := c.Contents(ctx, m.ID, folder)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

func missing(list []client.Copied) (ids []mail.PlacementID) {
	for _, m := range list {
		if !m.Here {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// fetchStep is how many messages are asked for between two looks at the bar.
const fetchStep = 100

func (a *app) fetchAll(ctx context.Context, c *client.Client, ids []mail.PlacementID) error {
	for done := 0; done < len(ids); done += fetchStep {
		a.bar.show("Fetching", int64(done), int64(len(ids)), count(len(ids), "message"))
		err := c.Fetch(ctx, ids[done:min(done+fetchStep, len(ids))]...)
		if err != nil && !mail.Is(err, mail.KindGone) {
			return err
		}
	}
	a.bar.clear()
	return nil
}

func (a *app) exportTo(ctx context.Context, c *client.Client, list []client.Copied, dest string, kind transfer.Kind) error {
	sink, err := transfer.Create(dest, kind)
	if err != nil {
		return err
	}
	defer sink.Abort()
	var failures []error
	err = c.Export(ctx, list, sink,
		func(done int) { a.bar.show("Exporting", int64(done), int64(len(list)), count(len(list), "message")) },
		func(id mail.PlacementID, err error) {
			failures = append(failures, err)
			a.fail(err)
		})
	a.bar.clear()
	if err == nil {
		err = sink.Close()
	}
	if err != nil {
		return err
	}
	n := len(list) - len(failures)
	if a.json {
		a.line(exportJSON{dest, strings.ToLower(string(kind)), n, len(failures)})
	} else {
		a.done("Exported %s to %s.", count(n, "message"), plain(dest))
	}
	return several(failures, len(list))
}
