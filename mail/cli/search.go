package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) searchCommand() *cobra.Command {
	limit, in, servers := 50, "", false
	cmd := &cobra.Command{
		Use: "search QUERY", Short: "Find messages by words, people, dates and states", Args: words(1, -1),
		Long: `Find messages, newest first. All words have to match, wherever they stand; a* is the beginning of one.

  from: to: cc: subject: body: filename:     words in one place
  is:unread read flagged answered draft      has:attachment      larger:5M smaller:300k
  after: before: on: 2026-03-05, 7d, 1y      in:MAILBOX  tag:TAG  account:ACCOUNT
  "a phrase"   -not   this OR that   (…)`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 {
				return usagef("--limit is at least 1")
			}
			if servers {
				return a.searchServers(cmd.Context(), strings.Join(args, " "), in, limit)
			}
			return a.search(cmd.Context(), strings.Join(args, " "), in, limit)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", limit, "at most so many")
	cmd.Flags().StringVar(&in, "mailbox", "", "only in this `MAILBOX`")
	cmd.Flags().BoolVar(&servers, "server", false, "also ask the servers of IMAP accounts, which know what of the mail is not here")
	return cmd
}

// search looks in what is here. Where words of the newest mail are not in the
// index yet and nobody is at it, it puts them there first.
func (a *app) search(ctx context.Context, query, in string, limit int) error {
	behind := false
	err := a.reading(ctx, func(ctx context.Context, c *client.Client) error {
		found, err := a.find(ctx, c, query, in, limit)
		if err != nil {
			return err
		}
		if behind = found.Waiting > 0; !behind {
			a.found(found)
		}
		return nil
	})
	if err != nil || !behind {
		return err
	}
	return a.changing(ctx, func(ctx context.Context, c *client.Client) error {
		a.bar.show("Indexing", 0, 0, "")
		if err := c.Indexed(ctx); err != nil {
			return err
		}
		found, err := a.find(ctx, c, query, in, limit)
		if err == nil {
			a.found(found)
		}
		return err
	})
}

func (a *app) find(ctx context.Context, c *client.Client, query, in string, limit int) (client.Found, error) {
	boxes, err := a.boxesOf(in)
	if err != nil {
		return client.Found{}, err
	}
	return c.Search(ctx, query, boxes, limit)
}

// boxesOf are the mailboxes of a name; nil, which is all, of none.
func (a *app) boxesOf(name string) (boxes []mail.MailboxID, err error) {
	if name == "" {
		return nil, nil
	}
	list, err := a.tree.Find(name)
	boxes = []mail.MailboxID{} // none is not all
	for _, m := range list {
		boxes = append(boxes, m.ID)
	}
	return boxes, err
}

// searchServers looks in what is here and in what is on servers.
func (a *app) searchServers(ctx context.Context, query, in string, limit int) error {
	return a.changing(ctx, func(ctx context.Context, c *client.Client) error {
		boxes, err := a.boxesOf(in)
		if err != nil {
			return err
		}
		a.bar.show("Asking the servers", 0, 0, "")
		if err := c.Indexed(ctx); err != nil {
			return err
		}
		sought, err := c.AskServers(ctx, query, boxes)
		if err != nil {
			return err
		}
		found, err := c.SearchWith(ctx, query, boxes, limit, sought.Found)
		if err != nil {
			return err
		}
		a.found(found)
		if n := sought.Unknown; n > 0 {
			a.say("%s on a server have it and are not here yet: sync first.", count(n, "more message"))
		}
		for _, err := range sought.Errs {
			a.fail(err)
		}
		return several(sought.Errs, sought.Asked+1) // what is here was searched in any case
	})
}

func (a *app) found(f client.Found) {
	a.bar.clear()
	a.rows(f.Rows, true)
	for _, note := range f.Notes {
		a.say("%s", plain(note))
	}
	if f.Waiting > 0 {
		a.say("%s cannot be found by words yet.", count(f.Waiting, "new message"))
	}
	if len(f.Rows) == 0 && !a.json {
		a.say("Nothing was found.")
	}
}
