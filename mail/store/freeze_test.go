package store

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postrider/mail"
)

// A store of each version that was ever released is kept in testdata, packed as
// it was when its process ended, so that a later version is tested with what
// people have. After a new migration, and before it is released:
//
//	go test -tags sqlite_fts5 ./mail/store/ -run TestFreeze -freeze
//
// writes the newest version's testdata/vN.tar.gz, and the hash of its migration
// beside it. What was released is never written again.
var freeze = flag.Bool("freeze", false, "write the newest version's store to testdata")

func TestFreeze(t *testing.T) {
	if !*freeze {
		t.Skip("only by hand: -freeze")
	}
	r := newRoom(t)
	r.furnish()
	dir := r.Dir()
	r.end()
	write(t, frozen(len(migrations), "tar.gz"), packFolder(t, dir))
	write(t, frozen(len(migrations), "sha256"), []byte(schemaHash(t, len(migrations))+"\n"))
}

func frozen(version int, ext string) string { return fmt.Sprintf("testdata/v%d.%s", version, ext) }

// furnish puts something into every table.
func (r *room) furnish() {
	r.t.Helper()
	inbox := r.box("INBOX")
	letter1 := r.arrive(inbox, "letter", `\Seen`, "work")
	moved := r.arrive(inbox, "moved")
	refused := r.arrive(inbox, "refused")
	gone := r.arrive(inbox, "gone")
	r.seen(inbox, head(9, letter("no-body", "no body", "")))
	r.do(moveTo(r.box("A"), moved))
	r.settle(r.task(acct), Done, 0)
	r.do(moveTo(r.box("Archive"), refused))
	no := &mail.Error{Kind: mail.KindRefused, Message: "Archive is full", Detail: "NO [OVERQUOTA]"}
	task := r.task(acct)
	r.must(r.Settle(r.ctx, task, []Result{{Item: task.Items[0], How: Refused, Err: no}}))
	r.do(expunge(gone))
	r.carryOut(acct)
	r.send(pop, "letter to Bob", func(l *Letter) { l.At = start.Add(time.Hour) })
	r.do(flags(letter1, `\Flagged`))
	r.deliver("u1", letter("pop", "pop", "from a maildrop"))
	r.must(r.SetSynced(r.ctx, acct, start, nil))
	r.must(r.SetNotes(r.ctx, acct, map[string]int{"seen": 7}))
	r.must(r.Tidy(r.ctx))
	r.must(r.Indexed(r.ctx))
	r.must(r.Tidy(r.ctx))
	r.index.stop()
	r.seen(inbox, r.whole(10, letter("last", "last", "not indexed yet")))
	r.endUnindexed()
}

// endUnindexed closes the store while something is not indexed, and leaves a
// reader for the checks at the end of the test.
func (r *room) endUnindexed() {
	r.t.Helper()
	dir := r.Dir()
	r.index = nil
	r.must(r.Store.Close())
	s, err := Open(r.ctx, dir, Options{ReadOnly: true})
	r.must(err)
	r.Store = s
}

// packFolder is a data folder as a tar file, without what is made anew.
func packFolder(t *testing.T, dir string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, name := range []string{"mail.db", "packs/00000001.pack"} {
		data := read(t, filepath.Join(dir, name))
		must(t, w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(data)), ModTime: start}))
		_, err := w.Write(data)
		must(t, err)
	}
	must(t, w.Close())
	must(t, z.Close())
	return b.Bytes()
}

// thaw unpacks a frozen store.
func thaw(t *testing.T, name string) (dir string) {
	t.Helper()
	dir = fastDir(t)
	z, err := gzip.NewReader(bytes.NewReader(read(t, name)))
	must(t, err)
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return dir
		}
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, h.Name)), 0o700))
		write(t, filepath.Join(dir, h.Name), data)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func schemaHash(t *testing.T, version int) string {
	t.Helper()
	text, err := schema.ReadFile(migrations[version-1])
	must(t, err)
	return fmt.Sprintf("%x", sha256.Sum256(text))
}

// TestFrozenMigrationsAreNotEdited: there are databases that were made by them.
func TestFrozenMigrationsAreNotEdited(t *testing.T) {
	for version := 1; version <= len(migrations); version++ {
		want := strings.TrimSpace(string(read(t, frozen(version, "sha256"))))
		if got := schemaHash(t, version); got != want {
			t.Errorf("%s was edited since it was frozen; if it was never released, freeze it again: see freeze_test.go", migrations[version-1])
		}
	}
}

// TestFrozenStoresOpen: a store of any version shows what it had, and works.
func TestFrozenStoresOpen(t *testing.T) {
	for version := 1; version <= len(migrations); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dir := thaw(t, frozen(version, "tar.gz"))
			r := &room{t: t, clock: &clock{start.Add(time.Minute)}, ctx: t.Context(), uids: map[mail.MailboxID]mail.UID{}}
			everyTableHasRows(t, dir)
			s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
			must(t, err)
			r.Store = s
			defer r.end()
			r.look()
			r.thawed()
		})
	}
}

// everyTableHasRows looks at a database before a newer version does.
func everyTableHasRows(t *testing.T, dir string) {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{ReadOnly: true})
	must(t, err)
	defer s.Close()
	must(t, s.Read(t.Context(), func(sn *Snapshot) error {
		var tables []string
		if err := sn.each(func(scan row) error {
			var n string
			err := scan(&n)
			tables = append(tables, n)
			return err
		}, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`); err != nil {
			return err
		}
		for _, table := range tables {
			var n int
			if _, err := sn.get([]any{&n}, `SELECT count(*) FROM `+table); err != nil || n == 0 {
				t.Errorf("%s has %d rows, %v", table, n, err)
			}
		}
		return nil
	}))
}

// thawed holds a store against what furnish put there, and goes on with it.
func (r *room) thawed() {
	r.t.Helper()
	inbox := r.box("INBOX")
	r.shows(inbox, `letter \Seen \Flagged work`, "refused", "no body", "last")
	r.shows(r.box("A"), "moved")
	r.shows(r.box("pop00001/INBOX"), "pop")
	raw, err := r.Raw(r.ctx, r.find(inbox, "letter").Message)
	if err != nil || !strings.Contains(string(raw), "This is letter.") {
		r.t.Errorf("the letter reads %q, %v", raw, err)
	}
	if e := r.ledger()["u1"]; !e.Served || !e.Here {
		r.t.Errorf("the ledger says %+v", e)
	}
	var states []mail.OpState
	for _, p := range r.pending(acct) {
		states = append(states, p.State)
	}
	if fmt.Sprint(states) != "[failed pending]" {
		r.t.Errorf("waiting are %v", states)
	}
	r.waitsFor(pop, "send pending; bob@test.example waiting; carl@test.example waiting")
	r.must(r.Indexed(r.ctx))
	for _, word := range []string{"maildrop", "indexed"} {
		if got := r.found(word); len(got) != 1 {
			r.t.Errorf("%s is found %d times", word, len(got))
		}
	}
	r.undo()
	r.shows(inbox, `letter \Seen work`, "refused", "no body", "last")
	r.pull(r.box("A"), 1, head(3, letter("moved", "moved", "This is moved.")))
	if got := r.find(r.box("A"), "moved"); got.UID != 3 || !got.Here {
		r.t.Errorf("what waited to be recognised is %+v", got)
	}
}
