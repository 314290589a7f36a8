package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

type opJSON struct {
	ID         mail.OpID          `json:"id"`
	Account    string             `json:"account"`
	Kind       mail.OpKind        `json:"kind"`
	State      mail.OpState       `json:"state"`
	Attempts   int                `json:"attempts"`
	Since      string             `json:"since"`
	NotBefore  *string            `json:"not_before"`
	Error      *errorJSON         `json:"error"`
	MessageIDs []mail.PlacementID `json:"message_ids"`
	Recipients []recipientJSON    `json:"recipients,omitempty"` // of a message to be sent
}

func (a *app) opsCommand() *cobra.Command {
	list := func(cmd *cobra.Command, args []string) error {
		return a.reading(cmd.Context(), a.ops)
	}
	cmd := &cobra.Command{
		Use: "ops", Short: "Show what waits to reach a server, and why", Args: noWords, RunE: list,
	}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "Show what waits to reach a server, and why", Args: words(0, 0), RunE: list},
		a.opCommand("retry", "Try a waiting or failed operation again", (*client.Client).Retry),
		a.opCommand("cancel", "Call a waiting operation off; a message to be sent becomes a draft again", (*client.Client).Cancel),
		a.opCommand("sent", "Say that a message was sent of which nobody knew", (*client.Client).WasSent),
	)
	return cmd
}

func (a *app) ops(ctx context.Context, c *client.Client) error {
	list, err := c.Pending(ctx, "")
	if err != nil {
		return err
	}
	t := a.table(column{right: true}, column{}, column{}, column{}, column{}, column{})
	for _, p := range list {
		if a.json {
			a.line(a.opJSON(p))
			continue
		}
		s, why := normal, ""
		if p.Err != nil {
			s, why = red, p.Err.Error()
		}
		t.row(s, fmt.Sprint(p.ID), string(p.Kind), string(p.State), a.when(p.Created), a.nameOf(p.Account), about(p)+why)
	}
	t.print()
	if len(list) == 0 && !a.json {
		a.say("Nothing waits.")
	}
	return nil
}

func about(p mail.Pending) string {
	if n := len(p.Recipients); n > 0 {
		text := "to " + p.Recipients[0].Address
		if n > 1 {
			text += " and " + count(n-1, "other")
		}
		return text + "  "
	}
	if len(p.Targets) == 0 {
		return ""
	}
	return count(len(p.Targets), "message") + "  "
}

func (a *app) opJSON(p mail.Pending) opJSON {
	j := opJSON{
		p.ID, a.nameOf(p.Account), p.Kind, p.State, p.Attempts, stamp(p.Created), moment(p.NotBefore), nil,
		append([]mail.PlacementID{}, p.Targets...), a.recipients(p),
	}
	if p.Err != nil {
		j.Error = a.errorJSON(p.Err)
	}
	return j
}

func (a *app) opCommand(word, short string, do func(*client.Client, context.Context, mail.OpID) error) *cobra.Command {
	return &cobra.Command{
		Use: word + " ID", Short: short, Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || id < 1 {
				return usagef("%q is no operation: they are named by the numbers that `postrider ops` prints", args[0])
			}
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				return do(c, ctx, mail.OpID(id))
			})
		},
	}
}
