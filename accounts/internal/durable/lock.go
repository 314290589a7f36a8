package durable

import (
	"context"
	"errors"
	"path/filepath"
	"time"
)

// ErrBusy says that another process kept the lock for longer than we wait.
var ErrBusy = errors.New("another Postrider is changing the same file")

// patience is how long Lock waits: holders only rewrite a small file.
const patience = 10 * time.Second

// Lock takes the lock file at path, which only its process's end or the
// returned function frees, and waits a moment for another holder. The file
// stays behind: removing it would let two processes lock two files of one name.
func Lock(ctx context.Context, path string) (unlock func(), err error) {
	if err := makeDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrBusy)
	defer cancel()
	retry := time.NewTicker(10 * time.Millisecond)
	defer retry.Stop()
	for {
		unlock, err := tryLock(path)
		if !errors.Is(err, errHeld) {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-retry.C:
		}
	}
}

var errHeld = errors.New("the lock is held")
