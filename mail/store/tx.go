package store

import (
	"context"
	"database/sql"

	"postrider/mail"
)

// Tx is a writing transaction. It is good only inside the function it was
// given to, which must not call out of the store.
type Tx struct {
	*changes
	s        *Store
	arrivals arrivals
	origins  map[mail.MailboxID]mail.Origin // of mailboxes that were asked about
}

// Write runs fn in a transaction on behalf of the person: before anything the
// workers have in the queue. What fn returns rolls back; nil means that the
// commit is on disk and its batch is with the subscribers.
func (s *Store) Write(ctx context.Context, fn func(*Tx) error) error {
	return s.commit(ctx, true, fn)
}

// writeBatch is Write on behalf of a worker.
func (s *Store) writeBatch(ctx context.Context, fn func(*Tx) error) error {
	return s.commit(ctx, false, fn)
}

func (s *Store) commit(ctx context.Context, urgent bool, fn func(*Tx) error) (err error) {
	if s.readonly {
		return mail.Errorf(mail.KindBusy, "change mail", "this store is open for reading only")
	}
	s.turn.take(urgent)
	defer s.turn.give()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &Tx{changes: newChanges(), s: s, origins: map[mail.MailboxID]mail.Origin{}}
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return diskError(err, s.dir)
	}
	done := false
	defer func() { // also when fn panics
		if !done {
			t.exec("ROLLBACK")
		}
	}()
	if err := fn(t); err != nil {
		return diskError(err, s.dir)
	}
	if err := t.settleArrivals(); err != nil {
		return diskError(err, s.dir)
	}
	if _, err := t.exec("COMMIT"); err != nil {
		return diskError(err, s.dir)
	}
	done = true
	s.feed.publish(t.list())
	s.index.offer(t.arrivals.fresh)
	return nil
}

// background is the context of every statement: transactions are short, and a
// context that can end makes the SQLite driver start a goroutine a statement.
var background = context.Background()

// stmt prepares query once for the writing connection.
func (t *Tx) stmt(query string) (*sql.Stmt, error) {
	if st := t.s.stmts[query]; st != nil {
		return st, nil
	}
	st, err := t.s.writer.PrepareContext(background, query)
	if err == nil {
		t.s.stmts[query] = st
	}
	return st, err
}

func (t *Tx) exec(query string, args ...any) (sql.Result, error) {
	st, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.Exec(args...)
}

// insert runs an INSERT and returns the row's id.
func (t *Tx) insert(query string, args ...any) (int64, error) {
	res, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// count runs a change and returns how many rows it touched.
func (t *Tx) count(query string, args ...any) (int64, error) {
	res, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// get reads one row; found is false where there is none.
func (t *Tx) get(dest []any, query string, args ...any) (found bool, err error) {
	st, err := t.stmt(query)
	if err != nil {
		return false, err
	}
	switch err = st.QueryRow(args...).Scan(dest...); err {
	case nil:
		return true, nil
	case sql.ErrNoRows:
		return false, nil
	}
	return false, err
}

// row is one row's Scan.
type row func(dest ...any) error

// each calls fn for every row; fn must not use the transaction.
func (t *Tx) each(fn func(row) error, query string, args ...any) error {
	st, err := t.stmt(query)
	if err != nil {
		return err
	}
	rows, err := st.Query(args...)
	if err != nil {
		return err
	}
	return eachRow(rows, fn)
}

func eachRow(rows *sql.Rows, fn func(row) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
