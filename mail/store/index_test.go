package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"postrider/mail"
)

// TestIndexIsMadeAnew when it is missing, damaged, or of another version: it is
// made of what is in the packs.
func TestIndexIsMadeAnew(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"missing": func(t *testing.T, path string) {
			for _, suffix := range []string{"", "-wal", "-shm"} {
				os.Remove(path + suffix)
			}
		},
		"not a database": func(t *testing.T, path string) {
			write(t, path, []byte("this is not a database, but long enough for a header...."))
		},
		"empty":   func(t *testing.T, path string) { write(t, path, nil) },
		"cut off": func(t *testing.T, path string) { truncate(t, path, 5000) },
		"zeroed within": func(t *testing.T, path string) {
			data := read(t, path)
			clear(data[len(data)/3:])
			write(t, path, data)
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			r.arrive(r.box("INBOX"), "wombat")
			r.arrive(r.box("A"), "numbat")
			r.must(r.Indexed(r.ctx))
			dir := r.Dir()
			r.must(r.Store.Close())
			spoil(t, dir+"/index.db")
			s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
			r.must(err)
			r.Store = s
			r.must(r.Indexed(r.ctx))
			for _, word := range []string{"wombat", "numbat"} {
				if got := r.found(word); len(got) != 1 {
					t.Errorf("%s is found %d times", word, len(got))
				}
			}
		})
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func truncate(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

// TestCrashBetweenIndexAndQueue: the words are in the index, and the queue does
// not know it. They are not there twice afterwards.
func TestCrashBetweenIndexAndQueue(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "wombat")
	r.must(r.Indexed(r.ctx))
	r.sql(`INSERT INTO unindexed (message) SELECT id FROM message`)
	r.reopen()
	r.must(r.Indexed(r.ctx))
	if got := r.found("wombat"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
	rows, err := r.indexRows(r.ctx)
	if err != nil || len(rows) != 1 {
		t.Errorf("the index has %d rows, %v", len(rows), err)
	}
}

// TestQueueThatCannotBeWrittenForAMoment: the disk was full when the words were
// in the index already; with room again, indexing goes on without a restart.
func TestQueueThatCannotBeWrittenForAMoment(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "wombat")
	r.must(r.Indexed(r.ctx))
	// What the queue still has is in the index, and this run does not expect it.
	r.sql(`INSERT INTO unindexed (message) SELECT id FROM message`)
	r.arrive(r.box("INBOX"), "numbat")
	for range 3 {
		if r.Indexed(r.ctx) == nil {
			break
		}
	}
	r.must(r.Indexed(r.ctx))
	for _, word := range []string{"wombat", "numbat"} {
		if got := r.found(word); len(got) != 1 {
			t.Errorf("%s is found %d times", word, len(got))
		}
	}
}

// TestIndexOnAFullDisk: that is told as such, and not as a mistake of ours; with
// room again, indexing goes on.
func TestIndexOnAFullDisk(t *testing.T) {
	r := newRoom(t)
	limit := func(pages string) {
		if _, err := r.index.db.Exec("PRAGMA max_page_count = " + pages); err != nil {
			t.Fatal(err)
		}
	}
	limit("1") // which means: not one more
	r.deliver("u1", letter("1@example.org", "Long", strings.Repeat("wombat ", 10_000)))
	err := r.Indexed(r.ctx)
	r.isKind(err, mail.KindDisk)
	if !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("got %v", err)
	}
	limit("1000000")
	r.must(r.Indexed(r.ctx))
}

// TestKilledBeforeIndexing: what was durable and not indexed is indexed by the
// next start.
func TestKilledBeforeIndexing(t *testing.T) {
	r := newRoom(t)
	r.index.stop()
	r.arrive(r.box("INBOX"), "wombat")
	r.restart()
	r.must(r.Indexed(r.ctx))
	if got := r.found("wombat"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}

// TestWordsComeWithTheBytes: of what is not on this computer the header can be
// searched; when the bytes come, the text can, too, and the header still.
func TestWordsComeWithTheBytes(t *testing.T) {
	for _, restart := range []bool{false, true} {
		r := newRoom(t)
		raw := letter("wombat", "wombat", "It sleeps in a burrow.")
		r.seen(r.box("INBOX"), head(1, raw))
		r.wordsAre(map[string]int{"wombat": 1, "wom*": 1, "w*": 1, "burrow": 0, "bur*": 0})
		if restart {
			r.restart()
		}
		r.must(r.Mirror(acct).Attach(r.ctx, r.find(r.box("INBOX"), "wombat").ID, r.stage(raw)))
		r.wordsAre(map[string]int{"wombat": 1, "w*": 1, "burrow": 1, "bur*": 1, "b*": 1})
	}
}

// TestHeadersAreNotLostBesideTexts: heads and texts of the same messages come in
// any order and number while the index is at work, and all words can be found.
func TestHeadersAreNotLostBesideTexts(t *testing.T) {
	r := newRoom(t)
	for round := range 30 {
		var raws [][]byte
		for i := range 20 {
			name := fmt.Sprintf("n%dx%d", round, i)
			raw := letter(name, name, "It sleeps in burrow"+name+".")
			raws = append(raws, raw)
			r.seen(r.box("INBOX"), head(mail.UID(round*20+i+1), raw))
		}
		for i, raw := range raws {
			r.seen(r.box("INBOX"), r.whole(mail.UID(round*20+i+1), raw))
		}
	}
	r.must(r.Indexed(r.ctx))
	for round := range 30 {
		for i := range 20 {
			word := fmt.Sprintf("burrown%dx%d", round, i)
			if got := r.found(word); len(got) != 1 {
				t.Fatalf("%s: found %q", word, got)
			}
		}
	}
}

// TestAnIndexWithoutHeadersGetsThem: that of an earlier version, which has the
// words of texts.
func TestAnIndexWithoutHeadersGetsThem(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "koala")
	r.seen(r.box("INBOX"), head(7, letter("wombat", "wombat", "It sleeps.")))
	r.must(r.Indexed(r.ctx))
	id := r.number(`SELECT id FROM message WHERE length = 0`)
	date := r.number(`SELECT date FROM message WHERE length = 0`)
	r.must(r.index.forget(r.ctx, []orphan{{mail.MessageID(id), int64(date)}}))
	_, err := r.index.db.Exec(fmt.Sprint(`PRAGMA user_version = `, wordsOnly))
	r.must(err)
	r.wordsAre(map[string]int{"wombat": 0, "koala": 1})
	r.restart()
	r.wordsAre(map[string]int{"wombat": 1, "koala": 1})
}

// wordsAre waits for the index and expects so many messages with each word.
func (r *room) wordsAre(want map[string]int) {
	r.t.Helper()
	r.must(r.Indexed(r.ctx))
	for word, n := range want {
		if got := r.found(word); len(got) != n {
			r.t.Errorf("%s: found %q, want %d", word, got, n)
		}
	}
}

func TestWaitingForTheIndexEndsWithItsContext(t *testing.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(r.ctx)
	cancel()
	if err := r.Indexed(ctx); !mail.Is(err, mail.KindCanceled) {
		t.Errorf("%v", err)
	}
}

// TestIndexIsAsDurableAsItsQueue: the queue forgets a message when its words are
// in the index; a power cut must not take the words and leave the queue.
func TestIndexIsAsDurableAsItsQueue(t *testing.T) {
	r := newRoom(t)
	var mode string
	var level int
	r.must(r.index.db.QueryRow(`PRAGMA journal_mode`).Scan(&mode))
	r.must(r.index.db.QueryRow(`PRAGMA synchronous`).Scan(&level))
	if mode != "wal" || level != 2 {
		t.Errorf("journal %s, synchronous %d; want wal and 2 (FULL)", mode, level)
	}
}

// TestIndexHalfMadeIsMadeAnew: the process ended after the empty index was
// there, and before the queue had everything for it.
func TestIndexHalfMadeIsMadeAnew(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "wombat")
	r.must(r.Indexed(r.ctx))
	_, err := r.index.db.Exec(`DELETE FROM words; PRAGMA user_version = 0`)
	r.must(err)
	beside, err := Open(r.ctx, r.Dir(), Options{ReadOnly: true})
	r.must(err)
	if rep, err := beside.Check(r.ctx, false, nil); err != nil || !rep.OK() {
		t.Errorf("to a reader it looks like damage: %v %v", rep, err)
	}
	r.must(beside.Close())
	r.reopen()
	r.must(r.Indexed(r.ctx))
	if got := r.found("wombat"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}

// TestDamagedIndexIsNotDamagedMail: a search says what is wrong, and the error
// does not lead to a rebuild of the database.
func TestDamagedIndexIsNotDamagedMail(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "wombat")
	r.must(r.Indexed(r.ctx))
	_, err := r.index.db.Exec(`UPDATE words_data SET block = x'00000000' WHERE id > 10`)
	r.must(err)
	for _, text := range []string{"wombat", "is:starred OR wombat"} {
		_, err = r.search(text)
		r.isKind(err, mail.KindDisk)
		if errors.Is(err, ErrLost) {
			t.Errorf("%q: %v", text, err)
		}
	}
	_, err = r.Check(r.ctx, true, nil)
	r.must(err)
	r.reopen()
}
