package imap

import (
	"context"
	"time"

	"postrider/mail"
)

// How long a Wait lasts at most. IDLE tells of the inbox alone: what other
// clients do in other folders is looked for now and then, which costs one round
// trip where the server has LIST-STATUS. With NOTIFY it is only to be safe.
const (
	lookCheaply = time.Minute
	lookDearly  = 5 * time.Minute
	pollEvery   = 2 * time.Minute // without IDLE
)

// settle is how long news is waited for to be complete: a move is two
// responses, a delivery of ten mails ten.
const settle = 20 * time.Millisecond

// Wait implements engine.Driver: IDLE in the inbox (RFC 2177), with news of the
// other folders where the server has NOTIFY (RFC 5465); else patience.
func (d *Driver) Wait(ctx context.Context) error {
	if !d.has("IDLE") {
		return d.sleep(ctx, pollEvery)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	gentle, cancel := gently(ctx)
	defer cancel()
	if err := d.sel(gentle, "INBOX"); err != nil {
		return err
	}
	if d.missed() {
		return nil
	}
	select {
	case <-d.news: // said while something else went on; a pull sees it
		return nil
	default:
	}
	return d.listen(ctx, gentle)
}

// gently returns a context for the commands of a Wait: they are not torn when
// ctx ends, for the connection is needed for what ended it. They have stopIdle
// to come to their end.
func gently(ctx context.Context) (context.Context, context.CancelFunc) {
	gentle, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(stopIdle, cancel) })
	return gentle, func() { stop(); cancel() }
}

// missed reports that the inbox is not as the pull took it in. What came since
// then was part of a SELECT's answer, and the server will not say it again.
func (d *Driver) missed() bool {
	was := d.inbox
	d.inbox = d.open // once is enough, also for a server that contradicts itself
	return was != selection{} && was != d.open
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

// listen idles, and has the server tell of all folders meanwhile: during other
// commands what it tells could pass for their answers.
func (d *Driver) listen(ctx, gentle context.Context) error {
	notify, err := d.notify(gentle)
	if err != nil {
		return err
	}
	limit := lookDearly
	if !notify && d.has("LIST-STATUS") && d.has("CONDSTORE") {
		limit = lookCheaply
	}
	if err = ctx.Err(); err == nil {
		err = d.idle(ctx, gentle, limit)
	}
	if notify && d.wire.Err() == nil {
		d.hush()
	}
	return err
}

func (d *Driver) idle(ctx, gentle context.Context, limit time.Duration) error {
	cmd, err := d.client.Idle()
	if err != nil {
		return d.wire.Explain("wait for news", err)
	}
	waiting := d.untilNews(ctx, limit)
	gentle, cancel := context.WithTimeout(gentle, stopIdle)
	defer cancel()
	ended := d.bound(gentle, "wait for news", func() error {
		if err := cmd.Close(); err != nil {
			return err
		}
		return cmd.Wait()
	})
	if ended != nil && (d.wire.Err() != nil || mail.Is(ended, mail.KindOffline)) {
		return ended
	}
	return waiting
}

// stopIdle is how long a server may take to answer DONE: one that does not is
// gone (NAT dropped the connection, the computer slept).
const stopIdle = 10 * time.Second

func (d *Driver) untilNews(ctx context.Context, limit time.Duration) error {
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
