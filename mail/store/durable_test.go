//go:build unix

package store

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// TestCommitsSurviveAPowerCut: WAL with synchronous=NORMAL lost acknowledged
// commits at three of four cut points; with FULL at none.
func TestCommitsSurviveAPowerCut(t *testing.T) {
	r := newRoom(t)
	var mode string
	var level, keys int
	r.must(r.writer.QueryRowContext(r.ctx, `PRAGMA journal_mode`).Scan(&mode))
	r.must(r.writer.QueryRowContext(r.ctx, `PRAGMA synchronous`).Scan(&level))
	r.must(r.writer.QueryRowContext(r.ctx, `PRAGMA foreign_keys`).Scan(&keys))
	if mode != "wal" || level != 2 || keys != 1 {
		t.Errorf("journal %s, synchronous %d, foreign keys %d; want wal, 2 (FULL), 1", mode, level, keys)
	}
}

// TestNothingIsNamedThatWasNotWritten: when the packs cannot be written, the
// database names nothing, the driver gets an error, and later all is well.
func TestNothingIsNamedThatWasNotWritten(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "before")
	good := r.packs
	raw := letter("a", "a", "")
	st, other := r.stage(raw), r.stage(raw)
	var err error
	r.atRest(func() {
		r.packs, err = pack.Open(r.path("packs"), pack.Options{ReadOnly: true}) // as on a disk that went read-only
		r.must(err)
	})
	_, err = r.Mirror(acct).Seen(r.ctx, r.box("INBOX"), []Seen{{UID: 9, Received: start, Size: int64(len(raw)), Staged: st}})
	if err == nil {
		t.Fatal("the driver would tell the server that the message is safe")
	}
	if _, err := r.Mirror(pop).Deliver(r.ctx, r.box("pop00001/INBOX"), []Delivery{{UIDL: "u1", Staged: other, Received: start}}, r.listing()); err == nil {
		t.Fatal("the maildrop's copy would be deleted")
	}
	r.shows(r.box("INBOX"), "before")
	r.shows(r.box("pop00001/INBOX"))
	if len(r.ledger()) != 0 {
		t.Error("the ledger says that it was taken in")
	}
	r.atRest(func() {
		r.must(r.packs.Close())
		r.packs = good
	})
	r.seen(r.box("INBOX"), r.whole(9, raw))
	r.shows(r.box("INBOX"), "before", "a")
}

// limited is the environment of a process that may write files of so many
// octets only: what a full disk is like.
const limited = "POSTRIDER_TEST_LIMIT"

// TestFullDisk runs a process whose files may not grow: it must be told so in
// words, lose nothing that was durable, and name nothing that was not.
func TestFullDisk(t *testing.T) {
	if dir := os.Getenv(limited); dir != "" {
		fillUp(t, dir)
		return
	}
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "before")
	r.must(r.Indexed(r.ctx))
	dir := r.Dir()
	r.must(r.Store.Close())
	cmd := exec.Command(os.Args[0], "-test.run=^TestFullDisk$")
	cmd.Env = append(os.Environ(), limited+"="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
	r.must(err)
	r.Store = s
	r.must(r.Indexed(r.ctx))
	r.clean()
	for _, row := range r.rows(r.box("INBOX")) {
		if _, err := r.Raw(r.ctx, row.Message); err != nil {
			t.Errorf("%s: %v", row.Subject, err)
		}
	}
	r.seen(r.box("INBOX"), r.whole(900, letter("after", "after", "")))
	r.find(r.box("INBOX"), "before")
	r.find(r.box("INBOX"), "after")
}

// fillUp stores messages until there is no room.
func fillUp(t *testing.T, dir string) {
	r := &room{t: t, clock: &clock{start}, ctx: t.Context(), uids: map[mail.MailboxID]mail.UID{}}
	s, err := Open(r.ctx, dir, Options{})
	r.must(err)
	r.Store = s
	r.look()
	r.must(noMoreThan(600 << 10))
	for i := range 200 {
		raw := letter("m", "m", noisy(i, 10_000))
		o := r.whole(mail.UID(i+100), raw)
		if _, err = r.Mirror(acct).Seen(r.ctx, r.box("INBOX"), []Seen{o}); err != nil {
			break
		}
	}
	if !mail.Is(err, mail.KindDisk) {
		t.Errorf("a full disk is told as %q: %v", mail.KindOf(err), err)
	}
	s.Close()
}

// noMoreThan limits how large the files of this process may grow.
func noMoreThan(size uint64) error {
	return unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: size})
}

// TestKilledAnywhereKeepsWhatWasAcknowledged: a process that is killed while it
// takes mail in has all that it said was safe.
func TestKilledAnywhereKeepsWhatWasAcknowledged(t *testing.T) {
	if dir := os.Getenv("POSTRIDER_TEST_KILL"); dir != "" {
		takeIn(t, dir)
		return
	}
	r := newRoom(t)
	dir := r.Dir()
	r.must(r.Store.Close())
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledAnywhereKeepsWhatWasAcknowledged$")
	cmd.Env = append(os.Environ(), "POSTRIDER_TEST_KILL="+dir)
	out, err := cmd.Output() // it kills itself
	if err == nil {
		t.Fatalf("it was not killed: %s", out)
	}
	s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
	r.must(err)
	r.Store = s
	safe := strings.Fields(string(out))
	if len(safe) < 5 {
		t.Fatalf("only %q was safe", safe)
	}
	for _, name := range safe {
		if row := r.find(r.box("INBOX"), name); !row.Here {
			t.Errorf("%s was safe and is not here", name)
		}
	}
	r.must(r.Indexed(r.ctx))
}

// takeIn stores messages, tells of each that is safe, and dies in the middle.
func takeIn(t *testing.T, dir string) {
	r := &room{t: t, clock: &clock{start}, ctx: t.Context(), uids: map[mail.MailboxID]mail.UID{}}
	s, err := Open(r.ctx, dir, Options{})
	r.must(err)
	r.Store = s
	r.look()
	for i := range 60 {
		name := "m" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		if i == 40 {
			go unix.Kill(os.Getpid(), unix.SIGKILL)
		}
		r.seen(r.box("INBOX"), r.whole(mail.UID(i+1), letter(name, name, noisy(i, 3000))))
		os.Stdout.WriteString(name + "\n")
	}
	select {} // the signal is under way
}
