package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
)

func (a *app) accountCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "account", Short: "Add, list, test, edit and remove accounts", Args: noWords,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.missing(cmd) },
	}
	cmd.AddCommand(a.accountAddCommand(), a.accountListCommand(), a.accountTestCommand(), a.accountEditCommand(),
		a.accountRemoveCommand(), a.accountSignInCommand())
	return cmd
}

type accountJSON struct {
	ID       mail.AccountID `json:"id"`
	Address  string         `json:"address"`
	Protocol string         `json:"protocol"`
	Host     string         `json:"host"`
	Port     int            `json:"port"`
	TLS      string         `json:"tls"`
	State    string         `json:"state"`
	LastSync *string        `json:"last_sync"`
	Error    *errorJSON     `json:"error"`
}

func (a *app) accountJSON(m client.Member) accountJSON {
	j := accountJSON{
		m.ID, m.Address, string(m.Protocol), m.Incoming.Host, m.Incoming.Port, string(m.Incoming.TLS),
		state(m), moment(m.State.LastSync), nil,
	}
	if m.State.Err != nil {
		j.Error = a.errorJSON(m.State.Err)
	}
	return j
}

// state is how an account is: "new" before its first sync, "idle" in step with
// the server, "offline" to be tried again, "stopped" until the person does
// something, "removed" with only mail left.
func state(m client.Member) string {
	switch {
	case m.Removed:
		return "removed"
	case m.State.Err != nil:
		switch m.State.Err.Kind {
		case mail.KindSignIn, mail.KindUnsafe, mail.KindInput, mail.KindDisk:
			return string(mail.PhaseStopped)
		}
		return string(mail.PhaseOffline)
	case m.State.LastSync.IsZero():
		return "new"
	}
	return string(mail.PhaseIdle)
}

func (a *app) accountTable(list []client.Member) {
	t := a.table(column{}, column{}, column{}, column{}, column{})
	for _, m := range list {
		server := fmt.Sprintf("%s:%d", m.Incoming.Host, m.Incoming.Port)
		if m.Removed {
			server = ""
		}
		s, last := normal, "never synced"
		if !m.State.LastSync.IsZero() {
			last = "synced " + a.when(m.State.LastSync)
		}
		if m.State.Err != nil {
			s, last = red, last+"; "+m.State.Err.Sentence()
		}
		t.row(s, a.nameOf(m.ID), string(m.Protocol), server, state(m), last)
	}
	t.print()
}
