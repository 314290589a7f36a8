package cli

import (
	"context"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) markCommand() *cobra.Command {
	var seen, unseen, flag, unflag bool
	var tags, untags []string
	cmd := &cobra.Command{
		Use: "mark ID…", Short: "Mark messages as read, starred or tagged", Args: words(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var p mail.FlagPatch
			for _, m := range []struct {
				on  bool
				set *mail.Flags
				bit mail.System
			}{{seen, &p.Add, mail.Seen}, {unseen, &p.Remove, mail.Seen}, {flag, &p.Add, mail.Flagged}, {unflag, &p.Remove, mail.Flagged}} {
				if m.on {
					m.set.System |= m.bit
				}
			}
			add, err := tagged(tags)
			if err != nil {
				return err
			}
			remove, err := tagged(untags)
			if err != nil {
				return err
			}
			p.Add, p.Remove = p.Add.Union(add), p.Remove.Union(remove)
			if p.Empty() {
				return usagef("say how to mark: --seen, --unseen, --flag, --unflag, --tag or --untag")
			}
			return a.actOn(cmd, args, "Marked", func(ctx context.Context, c *client.Client, rows []client.Row) ([]mail.PlacementID, error) {
				_, err := c.Do(ctx, mail.SetFlags{Targets: idsOf(rows), Patch: p})
				return nil, err
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&seen, "seen", false, "as read")
	f.BoolVar(&unseen, "unseen", false, "as not read")
	f.BoolVar(&flag, "flag", false, "with a star")
	f.BoolVar(&unflag, "unflag", false, "without a star")
	f.StringArrayVar(&tags, "tag", nil, "with this `TAG`; may be repeated")
	f.StringArrayVar(&untags, "untag", nil, "without this `TAG`; may be repeated")
	cmd.MarkFlagsMutuallyExclusive("seen", "unseen")
	cmd.MarkFlagsMutuallyExclusive("flag", "unflag")
	return cmd
}

// tagged makes flags of tags: IMAP keywords, which are one word of ASCII
// without the characters that mean something on the wire (RFC 9051 9, atom).
func tagged(words []string) (mail.Flags, error) {
	for _, w := range words {
		f := mail.FlagsOf(w)
		if w == "" || f.Keywords != w && f.System == 0 || w[0] == '\\' || !atom(w) {
			return f, usagef("%q cannot be a tag: one word of letters, digits and the like", w)
		}
	}
	return mail.FlagsOf(words...), nil
}

func atom(w string) bool {
	for _, r := range w {
		switch {
		case r <= ' ' || r >= 0x7f:
			return false
		case r == '(' || r == ')' || r == '{' || r == '%' || r == '*' || r == '"' || r == '\\' || r == ']':
			return false
		}
	}
	return true
}
