package cli

import (
	"context"
	"errors"
	"os"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/client/handover"
)

// holdWait is how long a holder of the store may take to answer: it may be
// starting or ending.
const holdWait = 3 * time.Second

// work is what a command does with the client.
type work func(context.Context, *client.Client) error

// reading runs a command that changes nothing, beside whoever has the store.
func (a *app) reading(ctx context.Context, do work) error {
	if a.host != nil {
		return a.named(ctx, a.host, do)
	}
	opts, err := a.options(true)
	if err != nil {
		return err
	}
	c, err := client.Open(ctx, opts)
	if err != nil {
		return err
	}
	defer c.Close()
	return a.named(ctx, c, do)
}

// changing runs a command that changes mail: here if nobody has the store, else
// in the process that does.
func (a *app) changing(ctx context.Context, do work) error {
	if a.host != nil {
		return a.named(ctx, a.host, do)
	}
	opts, err := a.options(false)
	if err != nil {
		return err
	}
	for deadline := time.Now().Add(holdWait); ; {
		c, err := client.Open(ctx, opts)
		if err == nil {
			return a.holding(ctx, c, do)
		}
		if !mail.Is(err, mail.KindBusy) {
			return err
		}
		err = a.handOver(ctx)
		if !errors.Is(err, handover.ErrNobody) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// holding runs a command with the store in hand, and meanwhile those of other
// processes.
func (a *app) holding(ctx context.Context, c *client.Client, do work) (err error) {
	defer func() { err = errors.Join(err, c.Close()) }()
	l, err := handover.Listen(c.Dir())
	if err != nil {
		a.say("Other commands cannot be taken over meanwhile: %v", err)
		return a.named(ctx, c, do)
	}
	go l.Serve(ctx, func(ctx context.Context, r handover.Request) int { return host(ctx, c, nil, r) })
	defer l.Close()
	err = a.named(ctx, c, do)
	if n := l.Busy(); n > 0 && ctx.Err() == nil {
		a.flush()
		a.say("This one is done, and stays until %s that it took over have ended.", count(n, "command"))
	}
	return err
}

// host runs a command that another process has handed over.
func host(ctx context.Context, c *client.Client, w Window, r handover.Request) int {
	t := Terminal{Err: r.Bar > 0, Color: r.Color, Width: r.Width, Bar: r.Bar}
	return run(ctx, env{args: r.Args, dir: r.Dir, in: r.In, out: r.Out, errs: r.Err, term: t, window: w}, c)
}

func (a *app) named(ctx context.Context, c *client.Client, do work) error {
	if err := a.know(ctx, c); err != nil {
		return err
	}
	return do(ctx, c)
}

// handOver has the whole command run by the process that has the store.
func (a *app) handOver(ctx context.Context) error {
	if a.transcript != "" || a.trace != "" {
		return heldError{mail.Errorf(mail.KindBusy, "open the store",
			"another Postrider has the store, and logs what it does itself; end it to use --transcript or --trace")}
	}
	dir := a.dir
	if dir == "" {
		var err error
		if dir, err = os.Getwd(); err != nil {
			return mail.Wrap(mail.KindDisk, "find the working folder", err)
		}
	}
	a.flush()
	code, err := handover.Call(ctx, a.data, handover.Request{
		Args: a.args, Dir: dir, Width: a.term.Width, Bar: a.term.Bar, Color: a.term.Color, Out: a.stdout, Err: a.errs,
	})
	switch {
	case err != nil && mail.Is(err, mail.KindCanceled):
		return err
	case err != nil:
		return heldError{&mail.Error{Op: "open the store", Kind: mail.KindBusy, Err: err,
			Message: "another Postrider has the store in " + a.data + " and takes no commands over; end it, or try again later"}}
	case code == exitDone:
		return nil
	}
	return codeError(code)
}
