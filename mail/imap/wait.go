package imap

import (
	"context"
	"time"

	"postrider/mail"
)

// How long a Wait lasts at most. Push is for the inbox alone; what other
// clients do in other folders is looked for now and then, which costs one round
// trip where the server has LIST-STATUS.
const (
	lookCheaply = time.Minute
	lookDearly  = 5 * time.Minute
	pollEvery   = 2 * time.Minute // without IDLE
)

// settle is how long news is waited for to be complete: a move is two
// responses, a delivery of ten mails ten.
const settle = 20 * time.Millisecond

// Wait implements engine.Driver: IDLE in the inbox (RFC 2177), else patience.
func (d *Driver) Wait(ctx context.Context) error {
	if !d.has("IDLE") {
		return d.sleep(ctx, pollEvery)
	}
	if err := d.sel(ctx, "INBOX"); err != nil {
		return err
	}
	select {
	case <-d.news: // said while something else went on; a pull sees it
		return nil
	default:
	}
	return d.idle(ctx)
}

func (d *Driver) sleep(ctx context.Context, t time.Duration) error {
	timer := time.NewTimer(t)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (d *Driver) idle(ctx context.Context) error {
	cmd, err := d.client.Idle()
	if err != nil {
		return d.wire.Explain("wait for news", err)
	}
	waiting := d.untilNews(ctx)
	stop := context.WithoutCancel(ctx)
	stop, cancel := context.WithTimeout(stop, stopIdle)
	defer cancel()
	ended := d.bound(stop, "wait for news", func() error {
		if err := cmd.Close(); err != nil {
			return err
		}
		return cmd.Wait()
	})
	if ended != nil && d.wire.Err() != nil {
		return ended
	}
	if ended != nil && mail.Is(ended, mail.KindOffline) {
		return ended
	}
	return waiting
}

// stopIdle is how long a server may take to answer DONE: one that does not is
// gone (NAT dropped the connection, the computer slept).
const stopIdle = 10 * time.Second

func (d *Driver) untilNews(ctx context.Context) error {
	limit := lookDearly
	if d.has("LIST-STATUS") && d.has("CONDSTORE") {
		limit = lookCheaply
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	case <-d.client.Closed():
		return d.wire.Explain("wait for news", d.wire.Err())
	case <-d.news:
		return d.sleep(ctx, settle)
	}
}
