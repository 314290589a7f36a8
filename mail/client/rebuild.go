package client

import (
	"context"
	"errors"

	"postrider/mail/store"
)

// Lost reports whether an error of Open says that the list of messages is
// missing or cannot be read: Rebuild can make it anew.
func Lost(err error) bool { return errors.Is(err, store.ErrLost) }

// Rebuild makes the list of messages anew from the messages themselves; see
// store.Rebuild for what comes back and what does not.
func Rebuild(ctx context.Context, opts Options) (CheckReport, error) {
	return store.Rebuild(ctx, opts.Dir, opts.now())
}
