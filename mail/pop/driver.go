package pop

import (
	"cmp"
	"context"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/pop/pop3"
	"postrider/mail/store"
)

// Driver works on one maildrop, a session at a time. It implements
// engine.Driver; one goroutine uses it.
type Driver struct {
	cfg    Config
	client *pop3.Client // nil between sessions
	past   pop3.Counts  // of the sessions before
	looked time.Time    // when the last pull ended
	closed bool         // for good
}

var (
	_ engine.Driver  = (*Driver)(nil)
	_ engine.Traffic = (*Driver)(nil)
)

// defaultPoll is how often the server is asked for mail if nobody says
// otherwise.
const defaultPoll = 5 * time.Minute

// Push implements engine.Driver. In a POP3 account all that the person does is
// done when it is committed, and what follows on the server is a pull's work:
// there is nothing that a task could ask for.
func (d *Driver) Push(_ context.Context, task *store.Task) (results []store.Result, err error) {
	for _, item := range task.Items {
		results = append(results, store.Result{Item: item, How: store.Refused, Err: &mail.Error{
			Op: string(task.Kind), Account: d.cfg.Account.ID, Mailbox: task.To.Path, Kind: mail.KindRefused,
			Message: "a POP3 server has no folders and no flags: this can only be done on this computer",
		}})
	}
	return results, nil
}

// Wait implements engine.Driver: POP3 servers do not tell of news, so it waits
// until it is time to look, counted from the last look.
func (d *Driver) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	poll := cmp.Or(d.cfg.Poll, defaultPoll) - time.Since(d.looked)
	timer := time.NewTimer(max(poll, d.rest(ctx)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Traffic implements engine.Traffic, over all sessions together.
func (d *Driver) Traffic() (in, out, roundTrips int64) {
	n := d.past
	if d.client != nil {
		n = sum(n, d.client.Counts())
	}
	return n.In, n.Out, n.RoundTrips
}

func sum(a, b pop3.Counts) pop3.Counts {
	return pop3.Counts{In: a.In + b.In, Out: a.Out + b.Out, RoundTrips: a.RoundTrips + b.RoundTrips}
}

// goodbye is how long Close may take.
const goodbye = 2 * time.Second

// Close implements engine.Driver.
func (d *Driver) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	d.quit(ctx)
	d.closed = true
	return nil
}

// quit ends the session in an orderly way, so that the server deletes what was
// marked, and tells what it says of that.
func (d *Driver) quit(ctx context.Context) (pop3.Deletion, error) {
	if d.client == nil {
		return pop3.Unknown, nil
	}
	deletion, err := d.client.Quit(ctx)
	d.drop()
	return deletion, err
}

// drop ends the session without QUIT: the server deletes nothing, and what it
// has given out and is not stored it gives out again.
func (d *Driver) drop() {
	if d.client == nil {
		return
	}
	d.client.Close()
	d.past = sum(d.past, d.client.Counts())
	d.client = nil
}
