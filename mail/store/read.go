package store

import (
	"context"
	"database/sql"
	"errors"

	"postrider/mail"
)

// Snapshot is a reading transaction: everything in it is of one moment. It is
// good only inside the function it was given to.
type Snapshot struct {
	s   *Store
	tx  *sql.Tx
	ctx context.Context // whoever reads long looks whether it has ended
}

// Read runs fn on a snapshot. It waits for nobody.
func (s *Store) Read(ctx context.Context, fn func(*Snapshot) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := s.read.BeginTx(background, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return diskError(err, s.dir)
	}
	defer tx.Rollback()
	return diskError(fn(&Snapshot{s, tx, ctx}), s.dir)
}

func (sn *Snapshot) each(fn func(row) error, query string, args ...any) error {
	rows, err := sn.tx.Query(query, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, fn)
}

func (sn *Snapshot) get(dest []any, query string, args ...any) (found bool, err error) {
	err = sn.tx.QueryRow(query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// goneMessage is the error for an id that names no placement.
func goneMessage(id mail.PlacementID) error {
	return mail.Errorf(mail.KindGone, "find the message", "there is no message %d", id)
}
