package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

type custodyJSON struct {
	ID     mail.PlacementID `json:"id"`
	UIDL   *mail.UIDL       `json:"uidl"`
	Server bool             `json:"server"`
	Here   bool             `json:"here"`
	Leaves *string          `json:"leaves_server"`
	Reason string           `json:"reason"`
}

func (a *app) custodyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "custody ACCOUNT [ID…]", Short: "Show where each message is: on the server, on this computer, or both", Args: words(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, err := parseIDs(args[1:])
			if err != nil {
				return err
			}
			return a.reading(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				acc, err := c.Find(args[0])
				if err != nil {
					return err
				}
				list, err := c.Custody(ctx, acc, ids)
				if err != nil {
					return err
				}
				a.custody(list)
				return a.unknown(ids, list)
			})
		},
	}
}

func (a *app) custody(list []client.Custody) {
	t := a.table(column{right: true}, column{}, column{}, column{})
	for _, k := range list {
		if a.json {
			j := custodyJSON{k.ID, nil, k.Server, k.Here, moment(k.Leaves), k.Reason}
			if k.UIDL != "" {
				j.UIDL = &k.UIDL
			}
			a.line(j)
			continue
		}
		leaves := ""
		if !k.Leaves.IsZero() {
			leaves = "leaves the server " + a.when(k.Leaves)
		}
		t.row(normal, fmt.Sprint(k.ID), whereabouts(k), leaves, k.Reason)
	}
	t.print()
}

func whereabouts(k client.Custody) string {
	switch {
	case k.Server && k.Here:
		return "both"
	case k.Server:
		return "server"
	case k.Here:
		return "here"
	}
	return "nowhere"
}

// unknown reports ids of which nothing is known in the account.
func (a *app) unknown(ids []mail.PlacementID, list []client.Custody) error {
	known := map[mail.PlacementID]bool{}
	for _, k := range list {
		known[k.ID] = true
	}
	var failures []error
	for _, id := range ids {
		if !known[id] {
			err := mail.Errorf(mail.KindGone, "find the message", "there is no message %d in this account", id)
			failures = append(failures, err)
			a.fail(err)
		}
	}
	return several(failures, len(ids))
}
