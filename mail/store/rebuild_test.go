package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"postrider/mail"
)

// rebuild closes the store, has its database spoilt, sees that Open refuses it,
// and makes it anew.
func (r *room) rebuild(spoil func(path string)) Report {
	r.t.Helper()
	dir := r.Dir()
	r.must(r.Store.Close())
	spoil(filepath.Join(dir, "mail.db"))
	if _, err := Open(r.ctx, dir, Options{}); !errors.Is(err, ErrLost) || !mail.Is(err, mail.KindDisk) {
		r.t.Fatalf("open says %v", err)
	}
	rep, err := Rebuild(r.ctx, dir, r.clock.at)
	r.must(err)
	s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
	r.must(err)
	r.Store = s
	r.look()
	return rep
}

func lose(path string) { os.Remove(path) }

func garble(path string) { os.WriteFile(path, bytes.Repeat([]byte("garbage "), 4000), 0o600) }

// TestRebuildBringsAMaildropBack: into the mailbox it arrived in, known by its
// UIDLs, with its words.
func TestRebuildBringsAMaildropBack(t *testing.T) {
	for name, spoil := range map[string]func(string){
		"missing": lose, "no database": garble,
		"empty":   func(path string) { os.WriteFile(path, nil, 0o600) },
		"cut off": func(path string) { os.Truncate(path, 20000) },
		"a page within": func(path string) {
			data, _ := os.ReadFile(path)
			copy(data[4096:], bytes.Repeat([]byte{0xfe}, 4096*6))
			os.WriteFile(path, data, 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			for _, n := range []string{"a", "b", "c"} {
				r.deliver(mail.UIDL("u"+n), long(n))
			}
			before := r.ledger()
			rep := r.rebuild(spoil)
			if rep.Messages != 3 || rep.Placements != 3 || rep.Blobs != 3 {
				t.Errorf("the report is %+v", rep)
			}
			r.shows(r.box("pop00001/INBOX"), "a", "b", "c")
			for uidl, e := range r.ledger() {
				if was := before[uidl]; e.Hash != was.Hash || e.Size != was.Size || !e.Served || !e.Here || !e.Deleted.IsZero() {
					t.Errorf("the ledger says %+v, said %+v", e, was)
				}
			}
			r.deliver("ua", long("a"))
			r.shows(r.box("pop00001/INBOX"), "a", "b", "c")
			r.must(r.Indexed(r.ctx))
			if got := r.found("subject:b"); len(got) != 1 {
				t.Errorf("b is found %d times", len(got))
			}
			if boxes := r.mailboxes(pop); len(boxes) != 6 {
				t.Errorf("the account has %d mailboxes", len(boxes))
			}
		})
	}
}

// TestRebuildPutsTheOldDatabaseAside: it is never deleted.
func TestRebuildPutsTheOldDatabaseAside(t *testing.T) {
	r := newRoom(t)
	r.deliver("u1", long("a"))
	r.rebuild(garble)
	kept, err := filepath.Glob(r.path("mail.db.damaged-*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept: %v, %v", kept, err)
	}
	if data, err := os.ReadFile(kept[0]); err != nil || !bytes.HasPrefix(data, []byte("garbage ")) {
		t.Errorf("it is %d octets, %v", len(data), err)
	}
}

// TestRebuildIsRefusedWhereNothingIsWrong, and beside a process that writes.
func TestRebuildIsRefusedWhereNothingIsWrong(t *testing.T) {
	r := newRoom(t)
	r.deliver("u1", long("a"))
	_, err := Rebuild(r.ctx, r.Dir(), start)
	r.isKind(err, mail.KindBusy)
	dir := r.Dir()
	r.must(r.Store.Close())
	_, err = Rebuild(r.ctx, dir, start)
	r.isKind(err, mail.KindInput)
	s, err := Open(r.ctx, dir, Options{})
	r.must(err)
	r.Store = s
	r.shows(r.box("pop00001/INBOX"), "a")
}

// TestRebuildCutOffIsDoneAgain: between the two renames there is no database,
// and before them half of a new one.
func TestRebuildCutOffIsDoneAgain(t *testing.T) {
	r := newRoom(t)
	r.deliver("u1", long("a"))
	r.rebuild(func(path string) {
		os.Rename(path, path+".damaged-20260302T120000")
		os.WriteFile(path+".new", []byte("half of a database"), 0o600)
		os.WriteFile(path+".new-wal", []byte("half of a log"), 0o600)
	})
	r.shows(r.box("pop00001/INBOX"), "a")
}

// TestRebuildKeepsOneOfEach: bytes that came twice are one message, also under
// another UIDL; the same UIDL with other bytes is two.
func TestRebuildKeepsOneOfEach(t *testing.T) {
	r := newRoom(t)
	r.deliver("u1", long("a"))
	_, err := r.Mirror(pop).Deliver(r.ctx, r.box("pop00001/INBOX"), []Delivery{{UIDL: "u2", Size: 1, Received: start, Staged: r.stage(long("a"))}},
		func(mail.UIDL) bool { return false })
	r.must(err)
	_, err = r.Mirror(pop).Deliver(r.ctx, r.box("pop00001/INBOX"), []Delivery{{UIDL: "u2", Size: 1, Received: start, Staged: r.stage(long("b"))}},
		func(mail.UIDL) bool { return true })
	r.must(err)
	r.rebuild(lose)
	r.shows(r.box("pop00001/INBOX"), "a", "b")
	if e := r.ledger()["u2"]; r.row(e.Placement).Subject != "b" {
		t.Errorf("u2 is %+v", e)
	}
}

// TestRebuildBringsDeletedMailBack rather than lose any.
func TestRebuildBringsDeletedMailBack(t *testing.T) {
	r := newRoom(t)
	r.do(expunge(r.deliver("u1", long("a"))))
	r.rebuild(lose)
	r.shows(r.box("pop00001/INBOX"), "a")
}

// TestRebuildBringsBackWhatThePersonMade: a draft that no server has, and what
// was imported.
func TestRebuildBringsBackWhatThePersonMade(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "known")
	r.upload(r.box("A"), letter("draft", "draft", "my words"))
	for box, name := range map[string]string{"A": "old mail", "pop00001/Archive": "older mail"} {
		_, err := r.Import(r.ctx, r.box(box), []Incoming{{Staged: r.stage(letter(name, name, ""))}})
		r.must(err)
	}
	r.rebuild(lose)
	r.shows(r.box("Recovered"), "draft", "old mail")
	r.shows(r.box("pop00001/Archive"), "older mail")
	r.listed(acct, "INBOX", "A")
	r.listed(acct, "INBOX", "A")
	r.listed(acct, "INBOX", "A")
	r.listed(acct, "INBOX", "A")
	r.shows(r.box("Recovered"), "draft", "old mail")
	r.pull(r.box("INBOX"), 1, head(1, letter("known", "known", "This is known.")))
	if row := r.find(r.box("INBOX"), "known"); !row.Here {
		t.Error("it would be downloaded again")
	}
}

// TestRebuildOfMailOfNoAccount: nothing says whose it is; it is kept.
func TestRebuildOfMailOfNoAccount(t *testing.T) {
	r := newRoom(t)
	_, err := r.Keep(r.ctx, r.stage(letter("draft", "draft", "my words")))
	r.must(err)
	r.rebuild(lose)
	r.shows(r.box("recovered/Recovered"), "draft")
}

// TestRebuildPassesOverDamage: a flipped bit costs the message it is in, and
// that is asked for again.
func TestRebuildPassesOverDamage(t *testing.T) {
	r := newRoom(t)
	for _, n := range []string{"a", "b", "c"} {
		r.deliver(mail.UIDL("u"+n), long(n))
	}
	r.flip(r.row(r.ledger()["ub"].Placement).Message)
	rep := r.rebuild(lose)
	if !slices.ContainsFunc(rep.Problems, func(p Problem) bool { return p.Kind == "bytes" && !p.Repaired }) {
		t.Errorf("the damage is not reported: %+v", rep.Problems)
	}
	r.shows(r.box("pop00001/INBOX"), "a", "c")
	if _, known := r.ledger()["ub"]; known {
		t.Error("the ledger says that b is here")
	}
	r.deliver("ub", long("b"))
	r.shows(r.box("pop00001/INBOX"), "a", "b", "c")
}

// TestFetchedBodiesSayWhereTheyCameFrom, also those that the person asked for
// one by one.
func TestFetchedBodiesSayWhereTheyCameFrom(t *testing.T) {
	r := newRoom(t)
	raw := long("a")
	r.seen(r.box("A"), head(1, raw))
	r.must(r.Mirror(acct).Attach(r.ctx, r.find(r.box("A"), "a").ID, r.stage(raw)))
	r.rebuild(lose)
	if n := len(r.mailboxes("")); n != 0 {
		t.Errorf("%d mailboxes were made for it", n)
	}
	r.listed(acct, "INBOX", "A")
	r.pull(r.box("A"), 1, head(9, raw, `\Seen`))
	r.shows(r.box("A"), `a \Seen`)
	if uids := r.fetched(r.box("A")); len(uids) != 0 {
		t.Errorf("%v would be downloaded again", uids)
	}
}
