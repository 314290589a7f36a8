package client

import (
	"context"
	"io"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/message"
	"postrider/mail/store"
)

// Post is a message that the person has written, and how it is to be sent.
type Post struct {
	Account mail.AccountID
	Draft   *message.Draft
	At      time.Time        // not before; zero: as soon as possible
	Undo    time.Duration    // with no At: how long it waits, from when it is in the Outbox, to be taken back
	Answers mail.PlacementID // the message that it answers or forwards; 0: none
	Mark    mail.System      // what that one becomes: Answered or Forwarded
	Saved   mail.PlacementID // the draft that was kept of it, which goes; 0: none
	Notify  bool             // ask for notices of the delivery
}

// scheduled is from when on a message is to be sent later, and does not only wait
// for an undo.
const scheduled = time.Minute

// Queued is a message in the Outbox.
type Queued struct {
	Op      mail.OpID
	Message mail.PlacementID
}

// Send puts a message into the Outbox and wakes the sender. When it returns
// without error, the message survives whatever happens.
func (c *Client) Send(ctx context.Context, p Post) (q Queued, err error) {
	p.Draft.Unfinished = false
	p.Draft.MessageID = "" // what was kept of it as a draft had one of its own
	if p.At.Sub(c.Now()) > scheduled {
		p.Draft.Date = p.At // it is read as written when it is sent
	}
	p.Draft.Complete(c.Now())
	if err := p.Draft.Check(); err != nil {
		return q, err
	}
	st, err := c.written(ctx, p.Draft.Write)
	if err != nil {
		return q, err
	}
	if p.At.IsZero() && p.Undo > 0 {
		p.At = c.Now().Add(p.Undo) // only now: to read large files takes a while
	}
	q, err = c.queue(ctx, store.Letter{
		Account: p.Account, Staged: st, Sender: message.WireAddress(p.Draft.From.Addr), To: p.Draft.Recipients(), At: p.At,
		Answers: p.Answers, Mark: p.Mark, Draft: p.Saved, Notify: p.Notify,
	})
	if err == nil {
		c.forgetWords(p.Saved)
	}
	return q, err
}

// SendFinished puts a message that was written elsewhere into the Outbox.
func (c *Client) SendFinished(ctx context.Context, account mail.AccountID, m *message.Finished) (q Queued, err error) {
	if err := message.CheckAddress(m.From); err != nil {
		return q, err
	}
	st, err := c.written(ctx, m.Write)
	if err != nil {
		return q, err
	}
	return c.queue(ctx, store.Letter{Account: account, Staged: st, Sender: m.From, To: m.To, Resent: m.Resent})
}

// Redirect passes a message on as it is, to others, after undo, in which it can be
// taken back. rs gets its Date and its Message-ID here.
func (c *Client) Redirect(ctx context.Context, account mail.AccountID, id mail.MessageID, rs message.Resent, undo time.Duration) (q Queued, err error) {
	rs.Date, rs.MessageID = c.Now(), message.NewMessageID(rs.From.Addr)
	st, err := c.written(ctx, func(w io.Writer) error { return rs.Write(w, c.Opener(id)) })
	if err != nil {
		return q, err
	}
	l := store.Letter{
		Account: account, Staged: st, Sender: message.WireAddress(rs.From.Addr), To: rs.Recipients(), Resent: true,
	}
	if undo > 0 {
		l.At = c.Now().Add(undo)
	}
	return c.queue(ctx, l)
}

func (c *Client) queue(ctx context.Context, l store.Letter) (q Queued, err error) {
	if l.Account, err = c.canSend(l.Account); err != nil {
		l.Staged.Release()
		return q, err
	}
	q.Op, q.Message, err = c.store.Queue(ctx, l)
	if err == nil {
		c.wake()
	}
	return q, err
}

// canSend fails for an account that has no way to send.
func (c *Client) canSend(id mail.AccountID) (mail.AccountID, error) {
	acc, err := c.Find(string(id))
	if err == nil && acc.Outgoing == nil {
		err = &mail.Error{Op: "send the message", Account: id, Kind: mail.KindInput,
			Message: "this account cannot send: it has no outgoing server; give it one with `postrider account edit --smtp-host`"}
	}
	return id, err
}

// written stages what write writes, in flat memory.
func (c *Client) written(ctx context.Context, write func(io.Writer) error) (*store.Staged, error) {
	r, w := io.Pipe()
	go func() { w.CloseWithError(write(w)) }()
	st, err := c.store.Stage(ctx, r)
	r.Close()
	return st, err
}

// WasSent is the person's word that a message of which nobody knew was sent.
func (c *Client) WasSent(ctx context.Context, op mail.OpID) error {
	err := c.store.WasSent(ctx, op)
	if err == nil {
		c.wake()
	}
	return err
}

// SendNow tries once to send all that waits in an account's Outbox for nothing
// but the server. The report tells what was done, also beside an error. What was
// sent still has to be filed on the account's server: see FileSent.
func (c *Client) SendNow(ctx context.Context, account mail.AccountID) (SendReport, error) {
	s := c.seat(account)
	rep, err := s.send(ctx)
	s.worker.Wake()
	return rep, err
}

// FileSent brings what was sent into the Sent folder of an account's server, as
// the next sync would, unless its worker runs and does so anyway.
func (c *Client) FileSent(ctx context.Context, account mail.AccountID) error {
	return c.seat(account).flush(ctx)
}

// Opener opens the bytes of a message, as often as is asked.
func (c *Client) Opener(id mail.MessageID) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return c.Raw(context.Background(), id) }
}

// Selves are the addresses that the person writes as in an account, its own
// first.
func Selves(acc accounts.Account) (list []message.Self) {
	for _, id := range acc.Senders() {
		list = append(list, message.Self{
			Address: message.Address{Name: id.Name, Addr: id.Address}, ReplyTo: id.ReplyTo, Signature: id.Signature,
		})
	}
	return list
}
