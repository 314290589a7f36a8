package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"postrider/mail"
)

// ErrLost is in the chain of an error that says that the database is missing or
// cannot be read, while the messages may be there: [Rebuild] makes it anew.
var ErrLost = errors.New("the list of messages is lost")

func unreadable(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrCorrupt || e.Code == sqlite3.ErrNotADB)
}

// refuseLost does not let an empty database take the place of one that is
// missing beside messages: everything would look as if it had been deleted.
func (s *Store) refuseLost(ctx context.Context) error {
	version, err := databaseVersion(ctx, s.path("mail.db"))
	if err != nil || version > 0 {
		return err
	}
	packs, err := filepath.Glob(s.path("packs/*.pack"))
	if err != nil || len(packs) == 0 {
		return err
	}
	return &mail.Error{
		Op: "open the store", Kind: mail.KindDisk, Err: ErrLost,
		Message: fmt.Sprintf("the list of messages is missing; `postrider check --repair` can make it anew from the messages in %s", s.dir),
	}
}
