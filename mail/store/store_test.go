package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/message"
)

const (
	acct  = mail.AccountID("imap0001")
	acct2 = mail.AccountID("imap0002")
	pop   = mail.AccountID("pop00001")
)

// start is when the clock of every test store begins.
var start = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// clock is a time that only the test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time       { return c.at }
func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }

// room is a store to test: in memory where the system has such a folder, for
// these tests are about order and not about fsync; and checked when it closes.
type room struct {
	t testing.TB
	*Store
	clock *clock
	ctx   context.Context
	boxes map[string]mail.MailboxID // "imap0001/INBOX"
	uids  map[mail.MailboxID]mail.UID
}

func fastDir(t testing.TB) string {
	if dir, err := os.MkdirTemp("/dev/shm", "postrider-store-"); err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		return dir
	}
	return t.TempDir()
}

// newRoom opens a store with two IMAP accounts, which have INBOX, Archive,
// Trash and A, and a POP3 account.
func newRoom(t testing.TB) *room {
	t.Helper()
	r := openRoom(t, fastDir(t))
	for _, key := range []mail.AccountID{acct, acct2} {
		r.must(r.AddAccount(r.ctx, key, IMAP))
		r.listed(key, "INBOX", "Archive", "Trash", "A")
	}
	r.must(r.AddAccount(r.ctx, pop, POP3))
	r.look()
	return r
}

// openRoom opens the store of a folder; at the end of the test it must agree
// with itself.
func openRoom(t testing.TB, dir string) *room {
	t.Helper()
	r := &room{t: t, clock: &clock{start}, ctx: context.WithoutCancel(t.Context()), uids: map[mail.MailboxID]mail.UID{}}
	s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
	r.must(err)
	r.Store = s
	t.Cleanup(func() { r.end() })
	r.look()
	return r
}

// end checks and closes the store; again does it too.
func (r *room) end() {
	r.t.Helper()
	if r.Store == nil {
		return
	}
	r.clean()
	r.must(r.Store.Close())
	r.Store = nil
}

// reopen closes the store and opens it again, as the next start does.
func (r *room) reopen() {
	r.t.Helper()
	dir := r.Dir()
	r.must(r.Store.Close())
	s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
	r.must(err)
	r.Store = s
}

// clean fails the test if the store does not agree with itself.
func (r *room) clean() {
	r.t.Helper()
	rep, err := r.Check(r.ctx, false, nil)
	r.must(err)
	for _, p := range rep.Problems {
		r.t.Errorf("check: %s: %s", p.Kind, p.What)
	}
	if !rep.OK() {
		r.t.Log(r.Dump(r.ctx))
	}
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// listed says that the server has these mailboxes.
func (r *room) listed(key mail.AccountID, names ...string) []mail.Mailbox {
	r.t.Helper()
	roles := map[string]mail.Role{"INBOX": mail.RoleInbox, "Archive": mail.RoleArchive, "Trash": mail.RoleTrash}
	var list []mail.Mailbox
	for _, n := range names {
		list = append(list, mail.Mailbox{Path: n, Remote: n, Delim: "/", Role: roles[n]})
	}
	known, err := r.Mirror(key).Listed(r.ctx, list)
	r.must(err)
	r.look()
	return known
}

// look learns the mailboxes by name.
func (r *room) look() {
	r.t.Helper()
	r.boxes = map[string]mail.MailboxID{}
	for _, m := range r.mailboxes("") {
		r.boxes[string(m.Account)+"/"+m.Path] = m.ID
	}
}

func (r *room) mailboxes(key mail.AccountID) (list []mail.Mailbox) {
	r.t.Helper()
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		list, err = sn.Mailboxes(key)
		return err
	}))
	return list
}

// box is a mailbox of the first account, or of another: "pop00001/INBOX".
func (r *room) box(path string) mail.MailboxID {
	r.t.Helper()
	if id, ok := r.boxes[path]; ok {
		return id
	}
	if id, ok := r.boxes[string(acct)+"/"+path]; ok {
		return id
	}
	r.t.Fatalf("no mailbox %s", path)
	return 0
}

// letter is a small message; what else is in it can be searched for.
func letter(id, subject, body string) []byte {
	return fmt.Appendf(nil, "Message-ID: <%s@test.example>\r\nFrom: Ada <ada@test.example>\r\nTo: bob@test.example\r\n"+
		"Subject: %s\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\n%s\r\n", id, subject, body)
}

func (r *room) stage(raw []byte) *Staged {
	r.t.Helper()
	st, err := r.StageBytes(r.ctx, raw)
	r.must(err)
	return st
}

// whole is the observation of a message with its bytes.
func (r *room) whole(uid mail.UID, raw []byte, flags ...string) Seen {
	r.t.Helper()
	return Seen{UID: uid, Flags: mail.FlagsOf(flags...), Received: start, Size: int64(len(raw)), Staged: r.stage(raw)}
}

// head is the observation of a message without its body.
func head(uid mail.UID, raw []byte, flags ...string) Seen {
	return Seen{UID: uid, Flags: mail.FlagsOf(flags...), Received: start, Size: int64(len(raw)), Header: message.ParseHeader(raw)}
}

func (r *room) seen(box mail.MailboxID, list ...Seen) (unknown []mail.UID) {
	r.t.Helper()
	unknown, err := r.mirrorOf(box).Seen(r.ctx, box, list)
	r.must(err)
	return unknown
}

func (r *room) mirrorOf(box mail.MailboxID) *Mirror {
	r.t.Helper()
	var m mail.Mailbox
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		m, err = sn.Mailbox(box)
		return err
	}))
	return r.Mirror(m.Account)
}

// arrive delivers a message to a mailbox on the server, mirrors it with its
// bytes, and returns its id.
func (r *room) arrive(box mail.MailboxID, name string, flags ...string) mail.PlacementID {
	r.t.Helper()
	r.uids[box]++
	raw := letter(name, name, "This is "+name+".")
	r.seen(box, r.whole(r.uids[box], raw, flags...))
	return r.find(box, name).ID
}

// pull is one complete pull of a mailbox that has exactly these messages.
func (r *room) pull(box mail.MailboxID, validity mail.UIDValidity, list ...Seen) Loss {
	r.t.Helper()
	m := r.mirrorOf(box)
	r.must(m.Begin(r.ctx, box, validity))
	r.seen(box, list...)
	loss, err := m.Complete(r.ctx, box, present(list), 0, false)
	r.must(err)
	return loss
}

func present(list []Seen) (ranges []mail.UIDRange) {
	for _, o := range list {
		ranges = append(ranges, mail.UIDRange{First: o.UID, Last: o.UID})
	}
	return ranges
}

// rows are the messages shown in a mailbox, newest first.
func (r *room) rows(box mail.MailboxID) (rows []Row) {
	r.t.Helper()
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		rows, err = sn.List(Page{Mailboxes: []mail.MailboxID{box}, Limit: 10000})
		return err
	}))
	return rows
}

func (r *room) row(id mail.PlacementID) (row Row) {
	r.t.Helper()
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		row, err = sn.Row(id)
		return err
	}))
	return row
}

func (r *room) find(box mail.MailboxID, subject string) Row {
	r.t.Helper()
	for _, row := range r.rows(box) {
		if row.Subject == subject {
			return row
		}
	}
	r.t.Fatalf("%s is not shown in mailbox %d\n%s", subject, box, r.Dump(r.ctx))
	return Row{}
}

// shows fails the test unless the mailbox shows exactly these, in any order:
// "subject" or "subject \Seen work".
func (r *room) shows(box mail.MailboxID, want ...string) {
	r.t.Helper()
	var got []string
	for _, row := range r.rows(box) {
		got = append(got, strings.Join(append([]string{row.Subject}, row.Flags.Names()...), " "))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		r.t.Errorf("mailbox %d shows %q, want %q\n%s", box, got, want, r.Dump(r.ctx))
	}
}

func (r *room) do(ops ...mail.Op) []mail.PlacementID {
	r.t.Helper()
	made, err := r.Do(r.ctx, ops...)
	r.must(err)
	return made
}

func (r *room) undo() []mail.PlacementID {
	r.t.Helper()
	changed, err := r.Undo(r.ctx)
	r.must(err)
	return changed
}

// task is the next task of an account, as a sync that was asked for sees it.
func (r *room) task(key mail.AccountID) *Task {
	r.t.Helper()
	task, err := r.NextTask(r.ctx, key, true)
	r.must(err)
	return task
}

// settle ends every item of a task the same way; uid is the first item's new
// UID, and counts up.
func (r *room) settle(task *Task, how Outcome, uid mail.UID) {
	r.t.Helper()
	var results []Result
	for _, item := range task.Items {
		results = append(results, Result{Item: item, How: how, UID: uid})
		if uid != 0 {
			uid++
		}
	}
	r.must(r.Settle(r.ctx, task, results))
}

// carryOut does every task of an account, as a server that tells UIDs.
func (r *room) carryOut(key mail.AccountID) (kinds []mail.OpKind) {
	r.t.Helper()
	for task := r.task(key); task != nil; task = r.task(key) {
		kinds = append(kinds, task.Kind)
		var uid mail.UID
		switch task.Kind {
		case mail.OpMove, mail.OpCopy, mail.OpAppend:
			uid = r.uids[task.To.ID] + 1
			r.uids[task.To.ID] += mail.UID(len(task.Items))
		}
		r.settle(task, Done, uid)
	}
	return kinds
}

func (r *room) pending(key mail.AccountID) (list []mail.Pending) {
	r.t.Helper()
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		list, err = sn.Pending(key)
		return err
	}))
	return list
}

func flags(id mail.PlacementID, add ...string) mail.SetFlags {
	return mail.SetFlags{Targets: []mail.PlacementID{id}, Patch: mail.FlagPatch{Add: mail.FlagsOf(add...)}}
}

func unflag(id mail.PlacementID, remove ...string) mail.SetFlags {
	return mail.SetFlags{Targets: []mail.PlacementID{id}, Patch: mail.FlagPatch{Remove: mail.FlagsOf(remove...)}}
}

func moveTo(to mail.MailboxID, ids ...mail.PlacementID) mail.Move {
	return mail.Move{Targets: ids, To: to}
}

func copyTo(to mail.MailboxID, ids ...mail.PlacementID) mail.Copy {
	return mail.Copy{Targets: ids, To: to}
}

func expunge(ids ...mail.PlacementID) mail.Expunge { return mail.Expunge{Targets: ids} }

// sql changes rows behind the store's back.
func (r *room) sql(query string, args ...any) {
	r.t.Helper()
	r.must(r.Write(r.ctx, func(t *Tx) error {
		_, err := t.exec(query, args...)
		return err
	}))
}

// number is what a query counts.
func (r *room) number(query string, args ...any) (n int) {
	r.t.Helper()
	r.must(r.Read(r.ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&n}, query, args...)
		return err
	}))
	return n
}

// isKind fails the test unless err is of the kind.
func (r *room) isKind(err error, kind mail.Kind) {
	r.t.Helper()
	if !mail.Is(err, kind) {
		r.t.Errorf("error %v is of kind %q, want %q", err, mail.KindOf(err), kind)
	}
}

// deliver takes a message in from the POP3 account's maildrop.
func (r *room) deliver(uidl mail.UIDL, raw []byte) mail.PlacementID {
	r.t.Helper()
	box := r.box("pop00001/INBOX")
	_, err := r.Mirror(pop).Deliver(r.ctx, box, []Delivery{{UIDL: uidl, Size: int64(len(raw)), Received: r.clock.at, Staged: r.stage(raw)}}, r.listing(uidl))
	r.must(err)
	return r.ledger()[uidl].Placement
}

// listing says that the server lists these, and all that the ledger has.
func (r *room) listing(uidls ...mail.UIDL) func(mail.UIDL) bool {
	known := r.ledger()
	for _, u := range uidls {
		known[u] = Entry{}
	}
	return func(u mail.UIDL) bool { _, ok := known[u]; return ok }
}

func (r *room) ledger() map[mail.UIDL]Entry {
	r.t.Helper()
	entries, err := r.Mirror(pop).Ledger(r.ctx)
	r.must(err)
	return entries
}

// upload puts a message of this computer into a mailbox, as a draft is.
func (r *room) upload(box mail.MailboxID, raw []byte) mail.PlacementID {
	r.t.Helper()
	id, err := r.Keep(r.ctx, r.stage(raw))
	r.must(err)
	return r.do(mail.Append{Mailbox: box, Message: id, Received: r.clock.at})[0]
}

// changes are all that a subscription has for us now.
func (r *room) changes(sub *Subscription) (list []mail.Change) {
	r.t.Helper()
	for _, b := range r.batches(sub) {
		list = append(list, b.Changes...)
	}
	return list
}

func (r *room) batches(sub *Subscription) []mail.Batch {
	r.t.Helper()
	r.Publish(mail.AccountStatus{Account: "end"}) // so that there is one
	list, err := sub.Next(r.ctx)
	r.must(err)
	return list[:len(list)-1]
}

// atRest runs fn, which changes the insides of the store, while nothing else
// looks at them.
func (r *room) atRest(fn func()) {
	r.t.Helper()
	r.index.stop()
	fn()
	r.must(openIndex(r.ctx, r.Store))
}
