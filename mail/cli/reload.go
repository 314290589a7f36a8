package cli

import (
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"

	"postrider/mail/client"
	"postrider/mail/client/handover"
)

// reloadWord is the hidden command by which a process that has the store is told
// that the accounts file changed.
const reloadWord = "reload"

func (a *app) reloadCommand() *cobra.Command {
	return &cobra.Command{
		Use: reloadWord, Short: "Read the accounts again", Hidden: true, Args: words(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error { return c.Reload(ctx) })
		},
	}
}

// tellHolder lets the process that has the store know that the accounts are
// others now. If there is none, there is nobody to tell; if it fails, it finds
// out with its next connection.
func (a *app) tellHolder(ctx context.Context) {
	dir, err := os.Getwd()
	if err != nil {
		return
	}
	handover.Call(ctx, a.data, handover.Request{Args: []string{reloadWord}, Dir: dir, Out: io.Discard, Err: io.Discard})
}
