package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// rebuilt is the name of the new database until it is whole.
const rebuilt = "mail.db.new"

// Rebuild makes the database of a data folder anew, when it is missing or
// cannot be read, from nothing but the packs. The old one is put aside under
// another name, and never deleted.
//
// Mail of POP3 accounts comes back into the mailbox it arrived in, known by its
// UIDL, so that it is not downloaded again. Mail of IMAP accounts is kept ready:
// the next sync recognises what the server shows and fetches nothing again.
// What the person brought in goes to where it was, or to a mailbox Recovered.
// Mail that was deleted and not yet cleared away comes back too. Flags, folders
// and waiting operations are lost.
//
// It fails with kind busy when another process uses the store, and with kind
// input when there is nothing to rebuild. Cut off anywhere, it can be called
// again.
func Rebuild(ctx context.Context, dir string, now time.Time) (Report, error) {
	s := &Store{dir: dir, now: func() time.Time { return now }, turn: newTurn(), stmts: map[string]*sql.Stmt{}}
	defer s.Close()
	b := &rebuilding{s: s, ctx: ctx}
	err := b.run()
	return b.report, mail.Wrap(mail.KindDisk, "rebuild the store", diskError(err, dir))
}

// rebuilding is one Rebuild.
type rebuilding struct {
	s       *Store
	ctx     context.Context
	report  Report
	records []record
	first   mail.AccountID // whose Recovered takes what is of no account
}

func (b *rebuilding) run() error {
	s := b.s
	if err := s.takeLock(); err != nil {
		return err
	}
	if err := b.needed(); err != nil {
		return err
	}
	if err := removeDB(s.path(rebuilt)); err != nil { // of a try that was cut off
		return err
	}
	if err := s.openWriter(b.ctx, rebuilt); err != nil {
		return err
	}
	var err error
	if s.packs, err = pack.Open(s.path("packs"), pack.Options{}); err != nil {
		return err
	}
	if err := b.refill(); err != nil {
		return err
	}
	if err := b.count(); err != nil {
		return err
	}
	if err := s.closeWriter(); err != nil { // leaves no log: the file is whole
		return err
	}
	return b.install()
}

// needed fails if the database can be read.
func (b *rebuilding) needed() error {
	whole, err := b.whole()
	switch {
	case unreadable(err):
		return nil
	case err != nil || !whole:
		return err
	}
	return mail.Errorf(mail.KindInput, "rebuild the store", "the list of messages can be read: there is nothing to rebuild in %s", b.s.dir)
}

func (b *rebuilding) whole() (bool, error) {
	path := b.s.path("mail.db")
	if err := b.s.refuseNewer(b.ctx); err != nil {
		return false, err
	}
	if version, err := databaseVersion(b.ctx, path); err != nil || version == 0 {
		return false, err
	}
	db, err := sql.Open("sqlite3", dsn(path, "ro"))
	if err != nil {
		return false, err
	}
	defer db.Close()
	var verdict string
	err = db.QueryRowContext(b.ctx, `PRAGMA quick_check(1)`).Scan(&verdict)
	return verdict == "ok", err
}

// count fills in the report's numbers.
func (b *rebuilding) count() error {
	return b.s.writeBatch(b.ctx, func(t *Tx) error {
		_, err := t.get([]any{&b.report.Messages, &b.report.Placements, &b.report.Blobs}, `SELECT (SELECT count(*) FROM message),
			(SELECT count(*) FROM placement WHERE mailbox IS NOT NULL), (SELECT count(*) FROM message WHERE length > 0)`)
		return err
	})
}

// install puts the old database aside and the new one in its place. Between the
// two renames there is none, which Open refuses and another Rebuild mends.
func (b *rebuilding) install() error {
	s := b.s
	aside := s.path("mail.db.damaged-" + s.now().UTC().Format("20060102T150405"))
	was := "was missing"
	for _, suffix := range []string{"-wal", "-shm", ""} { // the log first: without it the file is read as it was before
		err := os.Rename(s.path("mail.db"+suffix), aside+suffix)
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		if err == nil {
			was = "was damaged, and is kept as " + aside
		}
	}
	if err := removeDB(s.path("index.db")); err != nil { // its rows are of the old database
		return err
	}
	if err := os.Rename(s.path(rebuilt), s.path("mail.db")); err != nil {
		return err
	}
	b.problem("lost", true, "the list of messages %s; it was made anew from %d stored messages, without flags, folders and waiting changes",
		was, b.report.Messages)
	return syncDir(s.dir)
}

func (b *rebuilding) problem(kind string, repaired bool, format string, args ...any) {
	b.report.Problems = append(b.report.Problems, Problem{kind, fmt.Sprintf(format, args...), repaired})
}

// removeDB removes a database that can be made again.
func removeDB(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
