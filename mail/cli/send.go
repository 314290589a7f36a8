package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

func (a *app) sendCommand() *cobra.Command {
	from, queueOnly := "", false
	cmd := &cobra.Command{
		Use: "send [--from ADDRESS] FILE.eml|-", Short: "Send a finished message", Args: words(1, 1),
		Long: `Put a finished message into the Outbox, to all that its To, Cc and Bcc name, and send it now if that is
possible. What it lacks and must have it gets: a Date, a Message-ID, a sender. Bcc is left out of what is sent.
Without --from the account is the one that writes as the message's sender.

Once it says that the message is in the Outbox, it survives whatever happens; see "postrider ops".`,
		RunE: func(cmd *cobra.Command, args []string) error {
			open, done, err := a.file(args[0])
			if err != nil {
				return err
			}
			defer done()
			return a.changing(cmd.Context(), func(ctx context.Context, c *client.Client) error {
				return a.sendFile(ctx, c, open, from, queueOnly)
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the `ADDRESS` to send as, which chooses the account")
	cmd.Flags().BoolVar(&queueOnly, "queue-only", false, "do not send it now; the next sync does")
	return cmd
}

// file is a file to be read more than once, or stdin. Stdin is put into a file
// first, also because another process may have the store and does the work; its
// name takes the place of the "-".
func (a *app) file(name string) (open func() (io.ReadCloser, error), done func(), err error) {
	const op = "read the message"
	done = func() {}
	if name == "-" {
		f, err := os.CreateTemp("", "postrider-stdin-")
		if err != nil {
			return nil, nil, mail.Wrap(mail.KindDisk, op, err)
		}
		done = func() { os.Remove(f.Name()) }
		_, err = io.Copy(f, a.in)
		if err = errors.Join(err, f.Close()); err != nil {
			done()
			return nil, nil, mail.Wrap(mail.KindDisk, op, err)
		}
		for i, arg := range a.args {
			if arg == "-" {
				a.args[i] = f.Name()
			}
		}
		name = f.Name()
	}
	path := a.path(name)
	open = func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		return f, mail.Wrap(mail.KindInput, op, err)
	}
	f, err := open()
	if err != nil {
		done()
		return nil, nil, err
	}
	return open, done, f.Close()
}

func (a *app) sendFile(ctx context.Context, c *client.Client, open func() (io.ReadCloser, error), from string, queueOnly bool) error {
	self, err := writer(c, from)
	if err != nil && from != "" {
		return err
	}
	m, ferr := message.Finish(open, self.Address, c.Now().Local())
	if ferr != nil {
		return ferr
	}
	if from == "" && len(m.Message.From) > 0 {
		self, err = writer(c, m.From)
	}
	if err != nil {
		return err
	}
	if from != "" {
		m.From = message.WireAddress(self.Addr)
	}
	q, err := c.SendFinished(ctx, self.account, m)
	if err != nil {
		return err
	}
	return a.sendNow(ctx, c, self.account, q, queueOnly)
}

// self is an address to write as, and its account.
type self struct {
	message.Self
	account mail.AccountID
}

// writer finds the address that a person means; "" is the only account's own.
func writer(c *client.Client, address string) (s self, err error) {
	const op = "find the sender"
	list, err := c.All()
	if err != nil {
		return s, err
	}
	var able []accounts.Account
	for _, acc := range list {
		if acc.Outgoing != nil {
			able = append(able, acc)
		}
	}
	if address == "" && len(able) == 1 {
		return self{client.Selves(able[0])[0], able[0].ID}, nil
	}
	var names []string
	for _, acc := range append(able, list...) { // those that can send first
		for _, one := range client.Selves(acc) {
			if address != "" && (strings.EqualFold(one.Addr, address) || string(acc.ID) == address) {
				return self{one, acc.ID}, nil
			}
			if acc.Outgoing != nil && len(names) < len(able) {
				names = append(names, one.Addr)
				break
			}
		}
	}
	switch {
	case len(able) == 0:
		return s, mail.Errorf(mail.KindInput, op, "no account can send: none has an outgoing server")
	case address == "":
		return s, mail.Errorf(mail.KindInput, op, "say with --from as whom to send: %s", strings.Join(names, ", "))
	}
	return s, mail.Errorf(mail.KindInput, op, "no account writes as %s; there are %s", address, strings.Join(names, ", "))
}

type recipientJSON struct {
	Address string              `json:"address"`
	State   mail.RecipientState `json:"state"`
	Error   *errorJSON          `json:"error"`
}

type sentJSON struct {
	ID         mail.OpID        `json:"id"`
	Message    mail.PlacementID `json:"message"`
	Account    string           `json:"account"`
	State      string           `json:"state"` // sent, pending, unknown or failed
	NotBefore  *string          `json:"not_before"`
	Recipients []recipientJSON  `json:"recipients"` // none when it was sent to all
	Error      *errorJSON       `json:"error"`
}

// sendNow tries to send what was queued, and tells what became of it.
func (a *app) sendNow(ctx context.Context, c *client.Client, account mail.AccountID, q client.Queued, queueOnly bool) error {
	var tried error
	var rep client.SendReport
	if !queueOnly {
		rep, tried = c.SendNow(ctx, account)
	}
	p, waits, err := pendingOp(ctx, c, q.Op)
	if err != nil {
		return err
	}
	j := sentJSON{ID: q.Op, Message: q.Message, Account: a.nameOf(account), State: "sent", Recipients: []recipientJSON{}}
	if waits {
		j.State, j.NotBefore, j.Recipients = string(p.State), moment(p.NotBefore), a.recipients(p)
		if p.Err != nil {
			j.Error = a.errorJSON(p.Err)
		}
	}
	if a.json {
		a.line(j)
	} else {
		a.tellSent(p, waits, tried, c.Now())
	}
	if rep.Sent+rep.Failed > 0 {
		a.flush()
		c.FileSent(ctx, account) // it can wait for the next sync: a failure is none of the sending
	}
	return sentCode(p, waits)
}

func pendingOp(ctx context.Context, c *client.Client, id mail.OpID) (p mail.Pending, found bool, err error) {
	list, err := c.Pending(ctx, "")
	for _, p := range list {
		if p.ID == id {
			return p, true, err
		}
	}
	return p, false, err
}

func (a *app) recipients(p mail.Pending) []recipientJSON {
	list := []recipientJSON{}
	for _, r := range p.Recipients {
		j := recipientJSON{Address: r.Address, State: r.State}
		if r.Err != nil {
			j.Error = a.errorJSON(r.Err)
		}
		list = append(list, j)
	}
	return list
}

func (a *app) tellSent(p mail.Pending, waits bool, tried error, now time.Time) {
	if !waits {
		a.done("Sent.")
		return
	}
	switch {
	case p.State == mail.StateFailed:
		a.done("Not sent; the message stays in the Outbox as operation %d.", p.ID)
	case p.State == mail.StateUnknown:
		a.done("Perhaps sent: operation %d. It is not sent again by itself; if it arrived, say `postrider ops sent %d`.", p.ID, p.ID)
	case p.Scheduled.After(now):
		a.done("In the Outbox, to be sent at %s: operation %d.", a.when(p.Scheduled), p.ID)
	default:
		a.done("In the Outbox: operation %d.", p.ID)
	}
	for _, r := range p.Recipients {
		if r.Err != nil {
			a.say("%s: %s", plain(r.Address), a.sentence(r.Err))
		}
	}
	switch {
	case p.Err != nil:
		a.say("%s", a.sentence(p.Err))
	case tried != nil:
		a.say("%s", a.sentence(tried))
	}
}

// sentCode is the exit code: a message that waits in the Outbox is where it was
// to go.
func sentCode(p mail.Pending, waits bool) error {
	if !waits {
		return nil
	}
	accepted := false
	for _, r := range p.Recipients {
		accepted = accepted || r.State == mail.RecipientAccepted
	}
	switch {
	case p.State == mail.StateFailed && accepted:
		return codeError(exitPartly)
	case p.State == mail.StateFailed, p.State == mail.StateUnknown:
		return codeError(exitFailed)
	case p.Err != nil && p.Err.Kind == mail.KindSignIn:
		return codeError(exitSignIn)
	}
	return nil
}
