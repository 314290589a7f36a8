package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail/client"
)

type problemJSON struct {
	Kind     string `json:"kind"`
	What     string `json:"what"`
	Repaired bool   `json:"repaired"`
}

type checkJSON struct {
	OK         bool          `json:"ok"`
	Messages   int           `json:"messages"`
	Placements int           `json:"placements"`
	Blobs      int           `json:"blobs"`
	Problems   []problemJSON `json:"problems"`
}

func (a *app) checkCommand() *cobra.Command {
	repair := false
	cmd := &cobra.Command{
		Use: "check", Short: "Read the whole store against itself", Args: words(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, check := cmd.Context(), func(ctx context.Context, c *client.Client) error { return a.check(ctx, c, repair) }
			if !repair {
				return a.reading(ctx, check)
			}
			err := a.changing(ctx, check)
			if client.Lost(err) {
				return a.rebuild(ctx)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "mend what can be")
	return cmd
}

// rebuild makes the list of messages anew, and tells what came back.
func (a *app) rebuild(ctx context.Context) error {
	a.say("The list of messages is lost. It is made anew from the messages; the old one is put aside.")
	opts, err := a.options(false)
	if err != nil {
		return err
	}
	rep, err := client.Rebuild(ctx, opts)
	if err != nil {
		return err
	}
	return a.checked(rep)
}

func (a *app) check(ctx context.Context, c *client.Client, repair bool) error {
	rep, err := c.Check(ctx, repair, func(done, of int) {
		a.bar.show("Checking", int64(done), int64(of), count(of, "message"))
	})
	a.bar.clear()
	if err != nil {
		return err
	}
	return a.checked(rep)
}

// checked prints what a check found.
func (a *app) checked(rep client.CheckReport) error {
	j := checkJSON{true, rep.Messages, rep.Placements, rep.Blobs, []problemJSON{}}
	for _, p := range rep.Problems {
		j.Problems = append(j.Problems, problemJSON(p))
		j.OK = j.OK && p.Repaired
	}
	if a.json {
		a.line(j)
	} else {
		a.checkText(j)
	}
	if !j.OK {
		return codeError(exitFailed)
	}
	return nil
}

func (a *app) checkText(j checkJSON) {
	for _, p := range j.Problems {
		what := plain(p.Kind + ": " + p.What)
		if p.Repaired {
			what += " (repaired)"
		}
		a.print("%s\n", what)
	}
	verdict := "The store agrees with itself"
	switch {
	case !j.OK:
		verdict = "The store has problems"
	case len(j.Problems) > 0:
		verdict = "The store was repaired"
	}
	a.print("%s: %s in %s, %s with their bytes here.\n", verdict,
		count(j.Messages, "message"), count(j.Placements, "place"), number(j.Blobs))
}
