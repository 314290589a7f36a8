package imap

import (
	"cmp"
	"context"
	"time"

	"postrider/mail"
)

// lingering is how long the session of a client that was killed may live on: a
// server sees the end of a connection only when it has carried out what came
// over it before.
const lingering = time.Second

// outlast waits until the session that tried something before has surely ended.
// While it may be at it still, nobody can see whether it was done, and to do it
// again would leave two copies.
func (d *Driver) outlast(ctx context.Context, kind mail.OpKind) error {
	if kind != mail.OpMove && kind != mail.OpCopy && kind != mail.OpAppend {
		return nil // these may be done twice
	}
	rest := time.NewTimer(cmp.Or(d.cfg.Lingering, lingering) - time.Since(d.since))
	defer rest.Stop()
	select {
	case <-rest.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
