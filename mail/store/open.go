package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// Options of a store; the zero value is a writing store with the real clock.
type Options struct {
	ReadOnly bool             // read beside the process that writes: no lock, no recovery, no index
	Now      func() time.Time // nil: time.Now
}

// Store is the open store of one data folder. Its methods may be called from
// any goroutine.
type Store struct {
	dir      string
	now      func() time.Time
	write    *sql.DB              // nil when read-only
	writer   *sql.Conn            // its one connection
	stmts    map[string]*sql.Stmt // prepared on it
	read     *sql.DB
	packs    *pack.Set
	lock     *os.File
	turn     *turn
	feed     feed
	index    *indexer
	accounts sync.Map // row id ↔ mail.AccountID

	indexOnce sync.Once
	indexDB   *sql.DB // for reading
	indexErr  error
	indexNew  bool // it is of this version

	readonly bool
}

// Open opens the store of the data folder dir, and makes it if need be. It
// fails with kind disk when the folder is unusable or the store was made by a
// newer version (and then touches nothing), with kind busy when another
// process is writing.
func Open(ctx context.Context, dir string, opts Options) (*Store, error) {
	s := &Store{dir: dir, now: opts.Now, turn: newTurn(), stmts: map[string]*sql.Stmt{}, readonly: opts.ReadOnly}
	if s.now == nil {
		s.now = time.Now
	}
	if err := s.open(ctx); err != nil {
		s.Close()
		return nil, mail.Wrap(mail.KindDisk, "open the store", diskError(err, dir))
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	if s.readonly {
		return s.openReader(ctx)
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	if err := s.takeLock(); err != nil {
		return err
	}
	if err := s.refuseNewer(ctx); err != nil {
		return err
	}
	if err := s.refuseLost(ctx); err != nil {
		return err
	}
	err := s.openWriter(ctx, "mail.db")
	if err != nil {
		return err
	}
	if s.packs, err = pack.Open(s.path("packs"), pack.Options{}); err != nil {
		return err
	}
	if err := s.recover(ctx); err != nil {
		return err
	}
	if err := s.openSnapshots(); err != nil {
		return err
	}
	return openIndex(ctx, s)
}

// openWriter opens a database for the one connection that writes, and brings it
// to the newest layout.
func (s *Store) openWriter(ctx context.Context, name string) (err error) {
	if err := private(s.path(name)); err != nil {
		return err
	}
	if s.write, err = sql.Open("sqlite3", dsn(s.path(name), "rwc")); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if err := migrate(ctx, s.write); err != nil {
		return err
	}
	if s.writer, err = s.write.Conn(ctx); err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, checkpointRarely)
	return err
}

func (s *Store) openReader(ctx context.Context) error {
	if err := s.refuseLost(ctx); err != nil {
		return err
	}
	if err := s.refuseNewer(ctx); err != nil {
		return err
	}
	version, err := databaseVersion(ctx, s.path("mail.db"))
	if err != nil {
		return err
	}
	if version == 0 { // also where the first start was cut off
		return os.ErrNotExist
	}
	if s.packs, err = pack.Open(s.path("packs"), pack.Options{ReadOnly: true}); err != nil {
		return err
	}
	return s.openSnapshots()
}

func (s *Store) openSnapshots() (err error) {
	s.read, err = sql.Open("sqlite3", dsn(s.path("mail.db"), "ro"))
	if err != nil {
		return err
	}
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	s.read.SetConnMaxIdleTime(readerRest) // with what it has in memory
	return nil
}

// readerRest is how long a reading connection stays open that nobody needs: more
// than one or two are there only while much is read at once.
const readerRest = 30 * time.Second

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Now is the store's clock.
func (s *Store) Now() time.Time { return s.now() }

// Close waits for the transaction under way, stops the indexer and gives the
// lock back. What it cannot close it leaves to the next Open.
func (s *Store) Close() error {
	if s.index != nil {
		s.index.stop()
	}
	s.feed.close()
	var errs []error
	for _, db := range []*sql.DB{s.indexDB, s.read} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	errs = append(errs, s.closeWriter()) // last: only a connection that writes can end the log
	if s.packs != nil {
		errs = append(errs, s.packs.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return mail.Wrap(mail.KindDisk, "close the store", diskError(errors.Join(errs...), s.dir))
}

// closeWriter closes the connection that writes.
func (s *Store) closeWriter() error {
	var errs []error
	for _, st := range s.stmts { // database/sql leaves those of a Conn open, and SQLite then does not end the log
		errs = append(errs, st.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	s.stmts, s.writer, s.write = nil, nil, nil
	return errors.Join(errs...)
}

// checkpointRarely lets the write-ahead log grow to some 16 MB before it is
// copied back: a first sync writes the same pages again and again.
const checkpointRarely = `PRAGMA wal_autocheckpoint = 4000`

func dsn(path, mode string) string {
	q := url.Values{}
	q.Set("mode", mode)
	q.Set("_journal_mode", "WAL")
	q.Set("_cache_size", "-12000")
	if mode == "ro" {
		q.Del("_journal_mode")
		q.Set("_cache_size", "-2000") // several readers; the system's own cache serves them all
	}
	q.Set("_synchronous", "FULL")
	q.Set("_foreign_keys", "1")
	q.Set("_busy_timeout", "10000")
	q.Set("_txlock", "immediate")
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// diskError puts a failure of the disk into a sentence with the path.
func diskError(err error, path string) error {
	var e *mail.Error
	if err == nil || errors.As(err, &e) || errors.Is(err, context.Canceled) {
		return err
	}
	kind, text := mail.KindDisk, "the data folder cannot be used"
	var se sqlite3.Error
	switch {
	case errors.As(err, &se) && se.Code == sqlite3.ErrFull, isNoSpace(err):
		text = "the disk is full"
	case unreadable(err):
		text = "the list of messages is damaged; `postrider check --repair` can make it anew"
		err = fmt.Errorf("%w: %w", ErrLost, err)
	case errors.As(err, &se) && (se.Code == sqlite3.ErrBusy || se.Code == sqlite3.ErrLocked):
		kind, text = mail.KindBusy, "the store is busy"
	case errors.Is(err, os.ErrPermission):
		text = "the data folder may not be written"
	case errors.Is(err, os.ErrNotExist):
		text = "there is no store yet"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return &mail.Error{Kind: kind, Message: fmt.Sprintf("%s: %s", text, path), Detail: err.Error(), Err: err}
}
