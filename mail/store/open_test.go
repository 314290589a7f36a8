package store

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail"
)

// folderHash is of all files of a folder, their names and their bytes.
func folderHash(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(h, "%s %d\n", path, len(data))
		h.Write(data)
		return err
	}))
	return fmt.Sprintf("%x", h.Sum(nil))
}

// TestStoreOfANewerVersionIsLeftAlone: it is refused in words, by all that opens
// it, and not a byte of it changes.
func TestStoreOfANewerVersionIsLeftAlone(t *testing.T) {
	r := newRoom(t)
	r.deliver("u1", letter("a", "a", ""))
	dir := r.Dir()
	r.end()
	db, err := sql.Open("sqlite3", dsn(filepath.Join(dir, "mail.db"), "rwc"))
	must(t, err)
	_, err = db.Exec(`PRAGMA user_version = 99`)
	must(t, err)
	must(t, db.Close())
	before := folderHash(t, dir)
	for name, open := range map[string]func() error{
		"writer":  func() error { _, err := Open(t.Context(), dir, Options{}); return err },
		"reader":  func() error { _, err := Open(t.Context(), dir, Options{ReadOnly: true}); return err },
		"rebuild": func() error { _, err := Rebuild(t.Context(), dir, start); return err },
	} {
		err := open()
		if !mail.Is(err, mail.KindDisk) || !strings.Contains(err.Error(), "newer Postrider") {
			t.Errorf("%s: %v", name, err)
		}
		if folderHash(t, dir) != before {
			t.Errorf("%s changed the folder", name)
		}
	}
}

// TestOneProcessWrites: another is told so at once; when the first one ends,
// however it ends, it may.
func TestOneProcessWrites(t *testing.T) {
	if dir := os.Getenv("POSTRIDER_TEST_STORE"); dir != "" { // the other process
		_, err := Open(t.Context(), dir, Options{})
		fmt.Println("kind:", mail.KindOf(err))
		os.Exit(0) // without Close
	}
	other := func(dir string) string {
		cmd := exec.Command(os.Args[0], "-test.run=^TestOneProcessWrites$")
		cmd.Env = append(os.Environ(), "POSTRIDER_TEST_STORE="+dir)
		out, err := cmd.CombinedOutput()
		must(t, err)
		return string(out)
	}
	r := newRoom(t)
	dir := r.Dir()
	if out := other(dir); !strings.Contains(out, "kind: busy") {
		t.Errorf("the other process says %s", out)
	}
	r.end()
	if out := other(dir); !strings.Contains(out, "kind: \n") {
		t.Errorf("after the first ended the other says %s", out)
	}
	s, err := Open(t.Context(), dir, Options{})
	must(t, err)
	must(t, s.Close())
}

// TestReaderBesideTheWriter sees every commit, has snapshots, and may change
// nothing.
func TestReaderBesideTheWriter(t *testing.T) {
	r := newRoom(t)
	s, err := Open(r.ctx, r.Dir(), Options{ReadOnly: true})
	must(t, err)
	defer s.Close()
	reader := &room{t: t, Store: s, clock: r.clock, ctx: r.ctx, boxes: r.boxes}
	id := r.arrive(r.box("INBOX"), "a")
	reader.shows(r.box("INBOX"), "a")
	r.must(s.Read(r.ctx, func(sn *Snapshot) error {
		if _, err := sn.Row(id); err != nil {
			return err
		}
		r.arrive(r.box("INBOX"), "b")
		rows, err := sn.List(Page{Mailboxes: []mail.MailboxID{r.box("INBOX")}, Limit: 10})
		if len(rows) != 1 {
			t.Errorf("within a snapshot %d messages are shown", len(rows))
		}
		return err
	}))
	reader.shows(r.box("INBOX"), "a", "b")
	raw, err := s.Raw(r.ctx, reader.find(r.box("INBOX"), "b").Message)
	if err != nil || string(raw) != string(letter("b", "b", "This is b.")) {
		t.Errorf("it reads %q, %v", raw, err)
	}
	_, err = s.Do(r.ctx, flags(id, `\Seen`))
	r.isKind(err, mail.KindBusy)
	r.must(r.Indexed(r.ctx))
	if got := reader.found("subject:b"); len(got) != 1 {
		t.Errorf("it finds %q", got)
	}
}

func TestReaderOfNoStore(t *testing.T) {
	dir := fastDir(t)
	if _, err := Open(t.Context(), dir, Options{ReadOnly: true}); !mail.Is(err, mail.KindDisk) || !strings.Contains(err.Error(), "no store yet") {
		t.Errorf("%v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("it made %v", entries)
	}
}

// TestEmptyDatabaseBesideMessagesIsRefused: it would look as if all had been
// deleted.
func TestEmptyDatabaseBesideMessagesIsRefused(t *testing.T) {
	r := newRoom(t)
	r.deliver("u1", letter("a", "a", ""))
	r.rebuild(lose)
	r.shows(r.box("pop00001/INBOX"), "a")
}

// TestNewerVersionInTheLog: the newer program was killed before it copied its
// log back.
func TestNewerVersionInTheLog(t *testing.T) {
	r := newRoom(t)
	_, err := r.writer.ExecContext(r.ctx, `PRAGMA user_version = 99`)
	must(t, err)
	dir := fastDir(t)
	for _, name := range []string{"mail.db", "mail.db-wal"} {
		write(t, filepath.Join(dir, name), read(t, r.path(name)))
	}
	_, err = r.writer.ExecContext(r.ctx, fmt.Sprint(`PRAGMA user_version = `, len(migrations)))
	must(t, err)
	before := folderHash(t, dir)
	if _, err := Open(t.Context(), dir, Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "newer Postrider") {
		t.Errorf("%v", err)
	}
	if folderHash(t, dir) != before {
		t.Error("the folder was changed")
	}
}

// TestReaderOfAStoreHalfMade: the first start was cut off before there were
// tables. There is no store yet, so whoever wants to read may make it.
func TestReaderOfAStoreHalfMade(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"an empty file": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"no tables": func(path string) error {
			db, err := sql.Open("sqlite3", dsn(path, "rwc"))
			if err != nil {
				return err
			}
			return errors.Join(db.Ping(), db.Close())
		},
	} {
		dir := fastDir(t)
		must(t, make(filepath.Join(dir, "mail.db")))
		if s, err := Open(t.Context(), dir, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: got %v, %v; want that there is none", name, s, err)
		}
		s, err := Open(t.Context(), dir, Options{})
		must(t, err)
		must(t, s.Close())
	}
}
