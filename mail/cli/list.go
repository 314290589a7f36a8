package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) listCommand() *cobra.Command {
	var page client.Page
	var before string
	var unread, threads bool
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
				return a.list(ctx, c, args[0], page, threads)
			})
		},
	}
	f := cmd.Flags()
	f.IntVar(&page.Limit, "limit", 50, "at most so many")
	f.StringVar(&before, "before", "", "begin after this `ID`, with what is older")
	f.BoolVar(&unread, "unread", false, "only what was not read")
	f.BoolVar(&threads, "threads", false, "one line a conversation, its newest message")
	return cmd
}

func (a *app) list(ctx context.Context, c *client.Client, name string, page client.Page, threads bool) error {
	boxes, err := a.tree.Find(name)
	if err != nil {
		return err
	}
	if len(boxes) == 1 {
		if ok, why := client.Can(client.List, boxes[0]); !ok {
			return &mail.Error{Op: "list messages", Account: boxes[0].Account, Mailbox: boxes[0].Path, Kind: mail.KindInput, Message: why}
		}
	}
	for _, b := range boxes {
		page.Mailboxes = append(page.Mailboxes, b.ID)
	}
	if threads {
		return a.conversations(ctx, c, page, len(boxes) > 1)
	}
	rows, err := c.List(ctx, page)
	if err != nil {
		return err
	}
	a.rows(rows, len(boxes) > 1)
	return nil
}

// conversationJSON is the newest message of a conversation.
type conversationJSON struct {
	rowJSON
	Messages int `json:"messages"`
	Unread   int `json:"unread"`
}

func (a *app) conversations(ctx context.Context, c *client.Client, page client.Page, boxes bool) error {
	list, err := c.Conversations(ctx, page)
	if err != nil {
		return err
	}
	var rows []client.Row
	for _, t := range list {
		if a.json {
			a.line(conversationJSON{a.rowJSON(t.Row), t.Messages, t.Unread})
			continue
		}
		if t.Messages > 1 {
			t.Subject = fmt.Sprintf("[%d] %s", t.Messages, subject(t.Row))
		}
		if t.Unread > 0 {
			t.Flags = t.Flags.Minus(mail.Bits(mail.Seen))
		}
		rows = append(rows, t.Row)
	}
	if !a.json {
		a.rowTable(rows, boxes)
	}
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
