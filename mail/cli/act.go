package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

// act does something to messages. It returns the placements to show for it; nil
// are those it was done to.
type act func(ctx context.Context, c *client.Client, rows []client.Row) ([]mail.PlacementID, error)

// actOn runs an act on the messages that a person named: one that is not there
// is told, and the others are done. said is what was done, as in "Archived".
func (a *app) actOn(cmd *cobra.Command, args []string, said string, do act) error {
	ids, err := parseIDs(args)
	if err != nil {
		return err
	}
	return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
		rows, missing, err := c.Rows(ctx, ids)
		if err != nil {
			return err
		}
		var failures []error
		for _, id := range missing {
			err := mail.Errorf(mail.KindGone, "find the message", "there is no message %d", id)
			failures = append(failures, err)
			a.fail(err)
		}
		if len(rows) == 0 {
			return several(failures, len(ids))
		}
		made, err := do(ctx, c, rows)
		if err != nil {
			return err
		}
		if made == nil {
			made = idsOf(rows)
		}
		a.done("%s %s.", said, count(len(rows), "message"))
		if err := a.showActed(ctx, c, made); err != nil {
			return err
		}
		return several(failures, len(ids))
	})
}

// showActed prints messages as they are after an act, for programs.
func (a *app) showActed(ctx context.Context, c *client.Client, ids []mail.PlacementID) error {
	if !a.json {
		return nil
	}
	rows, _, err := c.Rows(ctx, ids)
	for _, r := range rows {
		a.line(a.rowJSON(r))
	}
	return err
}

func idsOf(rows []client.Row) (ids []mail.PlacementID) {
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}
