package store

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"postrider/mail"
)

// repaired checks with repair, fails unless there is a problem of the kind and
// all are mended, and checks again.
func (r *room) repaired(kind string) {
	r.t.Helper()
	rep, err := r.Check(r.ctx, false, nil)
	r.must(err)
	if !slices.ContainsFunc(rep.Problems, func(p Problem) bool { return p.Kind == kind && !p.Repaired }) {
		r.t.Fatalf("check finds %+v, want a problem of kind %s", rep.Problems, kind)
	}
	if rep, err = r.Check(r.ctx, true, nil); err != nil {
		r.t.Fatal(err)
	}
	for _, p := range rep.Problems {
		if !p.Repaired {
			r.t.Errorf("not repaired: %+v", p)
		}
	}
	r.clean()
}

// TestCheckMendsRows: each kind of disagreement is found and put right.
func TestCheckMendsRows(t *testing.T) {
	for _, c := range []struct{ name, kind, spoil string }{
		{"counts", "counts", `UPDATE mailbox SET total = total + 3, unread = 7`},
		{"shown elsewhere than it is", "effective", `UPDATE placement SET mailbox = 3 WHERE id = 1`},
		{"shown with other flags", "effective", `UPDATE placement SET flags = 4`},
		{"hidden", "effective", `UPDATE placement SET mailbox = NULL WHERE id = 1`},
		{"not found by its words", "index", `UPDATE message SET date = date + 1 WHERE id = 1`},
		{"use of a pack", "counts", `UPDATE pack SET live = live - 10`},
		{"a pack nobody noted", "counts", `DELETE FROM pack`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			r.do(moveTo(r.box("A"), r.arrive(r.box("INBOX"), "a")))
			r.arrive(r.box("INBOX"), "b", `\Seen`)
			r.must(r.Indexed(r.ctx))
			r.sql(c.spoil)
			r.repaired(c.kind)
			if c.kind == "effective" {
				r.shows(r.box("INBOX"), `b \Seen`)
				r.shows(r.box("A"), "a")
			}
		})
	}
}

func TestCheckMendsTheIndex(t *testing.T) {
	for name, spoil := range map[string]string{
		"missing row":   `DELETE FROM words WHERE rowid IN (SELECT max(rowid) FROM words)`,
		"stray row":     `INSERT INTO words (rowid, subject) VALUES (12345, 'ghost')`,
		"emptied":       `DELETE FROM words`,
		"no beginnings": `DELETE FROM begun`,
		"damaged block": `UPDATE words_data SET block = x'00000000' WHERE id > 10`,
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			r.arrive(r.box("INBOX"), "wombat")
			r.arrive(r.box("INBOX"), "numbat")
			r.must(r.Indexed(r.ctx))
			_, err := r.index.db.Exec(spoil)
			r.must(err)
			rep, err := r.Check(r.ctx, true, nil)
			r.must(err)
			if len(rep.Problems) == 0 {
				t.Fatal("check finds nothing")
			}
			r.reopen()
			r.must(r.Indexed(r.ctx))
			for _, word := range []string{"wombat", "numbat", "wo*", "n*"} {
				if got := r.found(word); len(got) != 1 {
					t.Errorf("%s is found %d times", word, len(got))
				}
			}
		})
	}
}

// packOf is the file of the one pack of a store.
func (r *room) packOf() string {
	r.t.Helper()
	return r.path("packs/00000001.pack")
}

// flip changes a bit in the middle of a message's record.
func (r *room) flip(id mail.MessageID) {
	r.t.Helper()
	ref, err := r.refOf(r.ctx, id)
	r.must(err)
	f, err := os.OpenFile(r.packOf(), os.O_RDWR, 0)
	r.must(err)
	defer f.Close()
	b := make([]byte, 1)
	at := ref.End() - 20
	_, err = f.ReadAt(b, at)
	r.must(err)
	b[0] ^= 4
	_, err = f.WriteAt(b, at)
	r.must(err)
}

// long is a message of some size, whose bytes are not all alike.
func long(name string) []byte {
	var b strings.Builder
	for i := range 200 {
		fmt.Fprintf(&b, "line %d of %s\r\n", i*i, name)
	}
	return letter(name, name, b.String())
}

// TestFlippedBitIsFetchedAgain where a server still has the message: its row,
// flags and words stay or come back.
func TestFlippedBitIsFetchedAgain(t *testing.T) {
	r := newRoom(t)
	raw := long("a")
	r.seen(r.box("INBOX"), r.whole(1, raw, `\Flagged`), r.whole(2, long("b")))
	row := r.find(r.box("INBOX"), "a")
	r.flip(row.Message)
	if _, err := r.Raw(r.ctx, row.Message); !mail.Is(err, mail.KindDisk) {
		t.Fatalf("damaged bytes are read as %v", err)
	}
	r.repaired("bytes")
	r.shows(r.box("INBOX"), `a \Flagged`, "b")
	if uids := r.fetched(r.box("INBOX")); !slices.Equal(uids, []mail.UID{1}) {
		t.Fatalf("to be fetched again are %v", uids)
	}
	r.seen(r.box("INBOX"), r.whole(1, raw, `\Flagged`))
	got, err := r.Raw(r.ctx, r.find(r.box("INBOX"), "a").Message)
	if err != nil || string(got) != string(raw) {
		t.Errorf("after that it reads %d octets, %v", len(got), err)
	}
	r.must(r.Indexed(r.ctx))
	if found := r.found("subject:a"); len(found) != 1 {
		t.Errorf("it is found %d times", len(found))
	}
}

// TestFlippedBitOfAMaildropMessage is fetched by its UIDL, into the same row.
func TestFlippedBitOfAMaildropMessage(t *testing.T) {
	r := newRoom(t)
	raw := long("a")
	id := r.deliver("u1", raw)
	r.do(flags(id, `\Flagged`))
	r.flip(r.row(id).Message)
	r.repaired("bytes")
	if e := r.ledger()["u1"]; !e.Damaged {
		t.Fatalf("the ledger says %+v", e)
	}
	r.deliver("u1", raw)
	r.shows(r.box("pop00001/INBOX"), `a \Flagged`)
	if got, err := r.Raw(r.ctx, r.row(id).Message); err != nil || string(got) != string(raw) {
		t.Errorf("after that it reads %d octets, %v", len(got), err)
	}
}

// TestFlippedBitIsMendedFromATwin: the same bytes came twice, and one record of
// them is whole.
func TestFlippedBitIsMendedFromATwin(t *testing.T) {
	r := newRoom(t)
	raw := long("a")
	id := r.deliver("u1", raw)
	r.seen(r.box("INBOX"), r.whole(1, raw))
	r.sql(`UPDATE ledger SET served = 0`)
	r.flip(r.row(id).Message)
	r.repaired("bytes")
	if got, err := r.Raw(r.ctx, r.row(id).Message); err != nil || string(got) != string(raw) {
		t.Errorf("it reads %d octets, %v", len(got), err)
	}
}

// TestBytesThatNobodyHasAreReported, and what is left of them is kept.
func TestBytesThatNobodyHasAreReported(t *testing.T) {
	r := newRoom(t)
	id := r.deliver("u1", long("a"))
	r.must(r.Mirror(pop).Left(r.ctx, []Entry{r.ledger()["u1"]}))
	r.flip(r.row(id).Message)
	rep, err := r.Check(r.ctx, true, nil)
	r.must(err)
	if len(rep.Problems) != 1 || rep.Problems[0].Repaired || rep.Problems[0].Kind != "bytes" {
		t.Fatalf("check says %+v", rep.Problems)
	}
	r.shows(r.box("pop00001/INBOX"), "a")
	if !r.row(id).Here {
		t.Error("the damaged bytes were given up")
	}
	r.must(r.Store.Close())
	r.Store = nil
}

// TestTruncatedPack: what is named and not in the file comes from the server
// again, and new mail goes to a new pack.
func TestTruncatedPack(t *testing.T) {
	r := newRoom(t)
	box := r.box("INBOX")
	r.seen(box, r.whole(1, long("a")), r.whole(2, long("b")), r.whole(3, long("c")))
	second, err := r.refOf(r.ctx, r.find(box, "b").Message)
	r.must(err)
	dir := r.Dir()
	r.must(r.Store.Close())
	if err := os.Truncate(dir+"/packs/00000001.pack", second.Offset+100); err != nil {
		t.Fatal(err)
	}
	s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
	r.must(err)
	r.Store = s
	r.seen(box, r.whole(4, long("d")))
	r.repaired("bytes")
	if uids := r.fetched(box); !slices.Equal(uids, []mail.UID{3, 2}) {
		t.Errorf("to be fetched again are %v", uids)
	}
	r.seen(box, r.whole(2, long("b")), r.whole(3, long("c")))
	for _, name := range []string{"a", "b", "c", "d"} {
		if got, err := r.Raw(r.ctx, r.find(box, name).Message); err != nil || string(got) != string(long(name)) {
			t.Errorf("%s reads %d octets, %v", name, len(got), err)
		}
	}
}

// TestCheckOfAReaderChangesNothing: beside the process that writes.
func TestCheckOfAReaderChangesNothing(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "a")
	r.must(r.Indexed(r.ctx))
	s, err := Open(r.ctx, r.Dir(), Options{ReadOnly: true})
	r.must(err)
	defer s.Close()
	rep, err := s.Check(r.ctx, false, nil)
	if err != nil || !rep.OK() || rep.Messages != 1 {
		t.Errorf("%+v, %v", rep, err)
	}
}

func TestCheckTellsHowFarItIs(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "a")
	r.arrive(r.box("INBOX"), "b")
	var told []string
	_, err := r.Check(r.ctx, false, func(done, of int) { told = append(told, fmt.Sprint(done, "/", of)) })
	if err != nil || !slices.Equal(told, []string{"1/2", "2/2"}) {
		t.Errorf("%v, %v", told, err)
	}
}
