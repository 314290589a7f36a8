package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/engine"
)

type syncJSON struct {
	Account    string            `json:"account"`
	Protocol   accounts.Protocol `json:"protocol"`
	New        int               `json:"new"`
	Changed    int               `json:"changed"`
	Removed    int               `json:"removed"`
	Pushed     int               `json:"pushed"`
	Failed     int               `json:"failed"`
	BytesIn    int64             `json:"bytes_in"`
	BytesOut   int64             `json:"bytes_out"`
	RoundTrips int64             `json:"round_trips"`
	Seconds    float64           `json:"seconds"`
	Error      *errorJSON        `json:"error"`
}

func (a *app) syncCommand() *cobra.Command {
	var watch bool
	var length time.Duration
	cmd := &cobra.Command{
		Use: "sync [ACCOUNT…]", Short: "Bring store and servers together, once or from now on", Args: words(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if length < 0 {
				return usagef("--for takes a length of time such as 10m")
			}
			saveMemory()
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				list, err := c.Select(args)
				if err != nil {
					return err
				}
				if len(list) == 0 {
					return mail.Errorf(mail.KindInput, "sync", "no account has been added yet; see `postrider account add --help`")
				}
				if watch || length > 0 {
					return a.watch(ctx, c, args, length)
				}
				return a.sync(ctx, c, list)
			})
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, "stay, and follow both sides as they change")
	cmd.Flags().DurationVar(&length, "for", 0, "stay for this long, then end")
	return cmd
}

func (a *app) sync(ctx context.Context, c *client.Client, list []accounts.Account) error {
	stop := a.followProgress(ctx, c)
	var failures []error
	err := c.Sync(ctx, list, func(s client.Synced) {
		if s.Err != nil {
			failures = append(failures, s.Err)
		}
		a.synced(s)
	})
	stop()
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return several(failures, len(list))
}

// synced prints how the sync of an account ended.
func (a *app) synced(s client.Synced) {
	a.bar.clear()
	r := s.Report
	r.Pushed += s.Sent.Sent
	r.Failed += s.Sent.Failed + s.Sent.Unknown
	if a.json {
		a.line(syncJSON{
			a.nameOf(s.Account.ID), s.Account.Protocol, r.Added, r.Changed, r.Removed, r.Pushed, r.Failed,
			r.In, r.Out, r.RoundTrips, float64(r.Took.Milliseconds()) / 1000, a.errorJSON(s.Err),
		})
		a.flush()
		return
	}
	a.print("%s: %s\n", plain(a.nameOf(s.Account.ID)), outcome(r, s.Err != nil))
	a.flush()
	if s.Err != nil {
		a.say("%s", a.sentence(s.Err))
	}
}

// outcome is a report in words.
func outcome(r engine.Report, failed bool) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{r.Added, "new"}, {r.Changed, "changed"}, {r.Removed, "removed"}, {r.Pushed, "sent to the server"}, {r.Failed, "refused by the server"}} {
		if p.n > 0 {
			parts = append(parts, number(p.n)+" "+p.what)
		}
	}
	if len(parts) == 0 && !failed {
		parts = append(parts, "nothing new")
	}
	if failed {
		parts = append(parts, "not finished")
	}
	return strings.Join(parts, ", ") + fmt.Sprintf(" (%s in %.1f s)", size(r.In), r.Took.Seconds())
}

// followProgress draws the progress of all workers as one bar, until the
// returned function is called.
func (a *app) followProgress(ctx context.Context, c *client.Client) (stop func()) {
	if a.bar == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	sub, _ := c.Subscribe()
	go func() {
		defer close(done)
		defer sub.Close()
		status := map[mail.AccountID]mail.Status{}
		for {
			batches, err := sub.Next(ctx)
			if err != nil {
				return
			}
			for _, b := range batches {
				for _, change := range b.Changes {
					if s, ok := change.(mail.AccountStatus); ok {
						status[s.Account] = s.Status
					}
				}
			}
			a.drawSync(status)
		}
	}()
	return func() {
		cancel()
		<-done
		a.bar.clear()
	}
}

// drawSync adds up what the workers say.
func (a *app) drawSync(status map[mail.AccountID]mail.Status) {
	var done, of int64
	doing := ""
	for id, s := range status {
		if s.Phase != mail.PhaseSyncing {
			continue
		}
		done, of = done+int64(s.Done), of+int64(s.Of)
		doing = a.nameOf(id) + " " + s.Doing
	}
	if doing == "" {
		return
	}
	more := ""
	if of > 0 {
		more = number(int(done)) + " of " + count(int(of), "message") + "  "
	}
	a.bar.show("Syncing", done, of, more+doing)
}
