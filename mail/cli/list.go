package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) listCommand() *cobra.Command {
	var page client.Page
	var before string
	var unread bool
	cmd := &cobra.Command{
		Use: "list MAILBOX", Short: "List messages, newest first", Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if before != "" {
				if page.Before, err = parseID(before); err != nil {
					return err
				}
			}
			if page.Limit < 1 {
				return usagef("--limit is at least 1")
			}
			if unread {
				page.Filter = client.Unread
			}
			return a.reading(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				return a.list(ctx, c, args[0], page)
			})
		},
	}
	f := cmd.Flags()
	f.IntVar(&page.Limit, "limit", 50, "at most so many")
	f.StringVar(&before, "before", "", "begin after this `ID`, with what is older")
	f.BoolVar(&unread, "unread", false, "only what was not read")
	return cmd
}

func (a *app) list(ctx context.Context, c *client.Client, name string, page client.Page) error {
	boxes, err := a.tree.Find(name)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		page.Mailboxes = append(page.Mailboxes, b.ID)
	}
	rows, err := c.List(ctx, page)
	if err != nil {
		return err
	}
	a.rows(rows, len(boxes) > 1)
	return nil
}

// rows prints messages in the form that was asked for.
func (a *app) rows(rows []client.Row, boxes bool) {
	if !a.json {
		a.rowTable(rows, boxes)
		return
	}
	for _, r := range rows {
		a.line(a.rowJSON(r))
	}
}

// parseID reads the number of a message.
func parseID(s string) (mail.PlacementID, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id < 1 {
		return 0, usagef("%q is no message: messages are named by the numbers that lists print", s)
	}
	return mail.PlacementID(id), nil
}

func parseIDs(args []string) (ids []mail.PlacementID, err error) {
	seen := map[mail.PlacementID]bool{}
	for _, s := range args {
		id, err := parseID(s)
		if err != nil {
			return nil, err
		}
		if !seen[id] {
			ids = append(ids, id)
		}
		seen[id] = true
	}
	return ids, nil
}
