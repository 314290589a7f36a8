package store

import (
	"slices"
	"testing"
	"time"

	"postrider/mail"
)

// TestFlagChangesAreSentAsOne: what a person does to flags one after the other
// is one command, for many messages too.
func TestFlagChangesAreSentAsOne(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	for _, id := range []mail.PlacementID{a, b} {
		r.do(flags(id, `\Seen`))
		r.do(flags(id, `\Flagged`, "work"))
		r.do(unflag(id, "work"))
	}
	task := r.task(acct)
	want := mail.FlagPatch{Add: mail.Bits(mail.Seen | mail.Flagged), Remove: mail.FlagsOf("work")}
	if task == nil || task.Patch != want || len(task.Items) != 2 || len(task.Items[0].Ops) != 3 {
		t.Fatalf("the task is %+v, want %+v for two", task, want)
	}
	r.settle(task, Done, 0)
	r.shows(r.box("INBOX"), `a \Seen \Flagged`, `b \Seen \Flagged`)
	if list := r.pending(acct); len(list) != 0 {
		t.Errorf("still waiting: %+v", list)
	}
}

// TestFlagsAfterAMoveFollowIt: they are not joined with flags before the move,
// and are sent for the new UID.
func TestFlagsAfterAMoveFollowIt(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(flags(id, `\Seen`))
	r.do(moveTo(r.box("A"), id))
	r.do(flags(id, `\Flagged`))
	first := r.task(acct)
	if first.Kind != mail.OpFlags || first.Patch.Add != mail.Bits(mail.Seen) {
		t.Fatalf("the first task is %+v", first)
	}
	r.settle(first, Done, 0)
	r.settle(r.task(acct), Done, 40)
	last := r.task(acct)
	if last.Kind != mail.OpFlags || last.Patch.Add != mail.Bits(mail.Flagged) || last.From.ID != r.box("A") || last.Items[0].UID != 40 {
		t.Fatalf("the last task is %+v", last)
	}
	r.settle(last, Done, 0)
	r.shows(r.box("A"), `letter \Seen \Flagged`)
}

// TestNothingIsSentForAMoveWhoseUIDIsUnknown: until the message is recognised,
// there is no UID to name.
func TestNothingIsSentForAMoveWhoseUIDIsUnknown(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("A"), id))
	r.settle(r.task(acct), Done, 0)
	r.do(flags(id, `\Seen`))
	if task := r.task(acct); task != nil {
		t.Fatalf("a task without a UID: %+v", task)
	}
	r.pull(r.box("A"), 1, head(9, letter("letter", "letter", "This is letter.")))
	if task := r.task(acct); task == nil || task.Items[0].UID != 9 {
		t.Fatalf("after it was recognised the task is %+v", task)
	}
}

// TestDeletionWaitsForTheUndoDelay: unless the person asked for a sync.
func TestDeletionWaitsForTheUndoDelay(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("Trash"), id))
	lazy := func() *Task {
		task, err := r.NextTask(r.ctx, acct, false)
		r.must(err)
		return task
	}
	if task := lazy(); task != nil {
		t.Fatalf("sent at once: %+v", task)
	}
	at, waits, err := r.Due(r.ctx, acct)
	if err != nil || !waits || at != start.Add(undoDelay).Unix() {
		t.Errorf("due at %d, %v, %v", at, waits, err)
	}
	r.clock.pass(undoDelay)
	if task := lazy(); task == nil || task.Kind != mail.OpMove {
		t.Errorf("after the delay the task is %+v", task)
	}
}

func TestReadingIsSentAtOnce(t *testing.T) {
	r := newRoom(t)
	r.do(flags(r.arrive(r.box("INBOX"), "letter"), `\Seen`))
	task, err := r.NextTask(r.ctx, acct, false)
	if err != nil || task == nil || task.Kind != mail.OpFlags {
		t.Errorf("%+v, %v", task, err)
	}
}

// TestRefusedOperationTakesItsEffectBack: the person sees what the server has,
// and is told; a retry shows the effect again.
func TestRefusedOperationTakesItsEffectBack(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	sub, _ := r.Subscribe()
	r.do(moveTo(r.box("A"), id))
	task := r.task(acct)
	no := &mail.Error{Kind: mail.KindRefused, Message: "A is full", Detail: "NO [OVERQUOTA] mailbox full"}
	r.must(r.Settle(r.ctx, task, []Result{{Item: task.Items[0], How: Refused, Err: no}}))
	r.shows(r.box("INBOX"), "letter")
	list := r.pending(acct)
	if len(list) != 1 || list[0].State != mail.StateFailed || list[0].Err.Message != no.Message || list[0].Err.Detail != no.Detail {
		t.Fatalf("waiting: %+v", list)
	}
	if !slices.ContainsFunc(r.changes(sub), func(c mail.Change) bool { f, ok := c.(mail.OpFailed); return ok && f.Err.Message == no.Message }) {
		t.Error("nobody was told")
	}
	if task := r.task(acct); task != nil {
		t.Errorf("tried again by itself: %+v", task)
	}
	r.must(r.Retry(r.ctx, list[0].ID))
	r.shows(r.box("A"), "letter")
	r.carryOut(acct)
	r.shows(r.box("A"), "letter")
}

func TestCancelledOperationNeverWas(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	r.do(moveTo(r.box("A"), a, b))
	list := r.pending(acct)
	if len(list) != 1 || len(list[0].Targets) != 2 {
		t.Fatalf("one act is shown as %+v", list)
	}
	r.must(r.Cancel(r.ctx, list[0].ID))
	r.shows(r.box("INBOX"), "a", "b")
	r.isKind(r.Cancel(r.ctx, list[0].ID), mail.KindGone)
}

// TestWhatWaitsIsALineForEachState: of one act the server refused some, put some
// off and took the rest; each line has the words and the tries of its own
// operations, and its messages in the order they were named.
func TestWhatWaitsIsALineForEachState(t *testing.T) {
	r := newRoom(t)
	var ids []mail.PlacementID
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		ids = append(ids, r.arrive(r.box("INBOX"), name))
	}
	named := []mail.PlacementID{ids[4], ids[0], ids[3], ids[1], ids[2]}
	r.do(moveTo(r.box("A"), named...))
	task := r.task(acct)
	no := &mail.Error{Kind: mail.KindRefused, Message: "A is full", Detail: "NO [OVERQUOTA] mailbox full"}
	var results []Result
	for _, item := range task.Items {
		switch item.Placement {
		case ids[4]:
			results = append(results, Result{Item: item, How: Done, UID: 7})
		case ids[0], ids[3]:
			results = append(results, Result{Item: item, How: Refused, Err: no})
		default:
			results = append(results, Result{Item: item, How: Later})
		}
	}
	r.must(r.Settle(r.ctx, task, results))
	r.do(flags(ids[1], `\Seen`))

	list := r.pending("")
	if len(list) != 3 {
		t.Fatalf("waiting: %+v", list)
	}
	refused, off, marked := list[0], list[1], list[2]
	if refused.State != mail.StateFailed || refused.Err == nil || refused.Err.Detail != no.Detail || !slices.Equal(refused.Targets, []mail.PlacementID{ids[0], ids[3]}) {
		t.Errorf("refused is %+v", refused)
	}
	if off.State != mail.StatePending || off.Err != nil || off.NotBefore.IsZero() || off.Act != refused.Act || !slices.Equal(off.Targets, []mail.PlacementID{ids[1], ids[2]}) {
		t.Errorf("put off is %+v", off)
	}
	if marked.Kind != mail.OpFlags || marked.Patch.Add != mail.Bits(mail.Seen) || !slices.Equal(marked.Targets, []mail.PlacementID{ids[1]}) {
		t.Errorf("marked is %+v", marked)
	}
	if other := r.pending("nobody"); len(other) != 0 {
		t.Errorf("of another account: %+v", other)
	}
}

// TestUnderWayCannotBeCancelled: the server may have it.
func TestUnderWayCannotBeCancelled(t *testing.T) {
	r := newRoom(t)
	r.do(moveTo(r.box("A"), r.arrive(r.box("INBOX"), "letter")))
	task := r.task(acct)
	r.isKind(r.Cancel(r.ctx, task.Items[0].Ops[0]), mail.KindBusy)
	r.settle(task, Unknown, 0)
	r.isKind(r.Cancel(r.ctx, task.Items[0].Ops[0]), mail.KindBusy)
}

// TestCancelledUndoIsOneUndo: two undos are two acts.
func TestCancelledUndoIsOneUndo(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	for _, id := range []mail.PlacementID{a, b} {
		r.do(flags(id, `\Seen`))
		r.carryOut(acct)
	}
	r.undo()
	r.undo()
	r.must(r.Cancel(r.ctx, r.pending(acct)[0].ID))
	r.shows(r.box("INBOX"), "a", `b \Seen`)
}

// TestInterruptedOperationIsLookedAtAgain: after a crash, or an answer that
// never came, the driver is told that it may be done already.
func TestInterruptedOperationIsLookedAtAgain(t *testing.T) {
	for name, interrupt := range map[string]func(r *room, task *Task){
		"crash":   func(r *room, task *Task) { r.reopen() },
		"cut":     func(r *room, task *Task) { r.settle(task, Unknown, 0) },
		"requeue": func(r *room, task *Task) { r.must(r.Requeue(r.ctx, acct)) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			id := r.upload(r.box("A"), letter("draft", "draft", ""))
			task := r.task(acct)
			if task.Again || task.Items[0].Again {
				t.Fatal("the first try says that it is not the first")
			}
			interrupt(r, task)
			again := r.task(acct)
			if again == nil || !again.Again || !again.Items[0].Again {
				t.Fatalf("the next try is %+v", again)
			}
			r.settle(again, Done, 3)
			if got := r.row(id); got.UID != 3 {
				t.Errorf("it ends as %+v", got)
			}
		})
	}
}

// TestPutOffIsTriedLater: the server asked to wait, and the rest goes on.
func TestPutOffIsTriedLater(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	r.do(flags(a, `\Seen`))
	r.settle(r.task(acct), Later, 0)
	r.do(flags(b, `\Flagged`))
	if task := r.task(acct); task == nil || task.Items[0].Placement != b {
		t.Fatalf("the next task is %+v", task)
	}
	r.shows(r.box("INBOX"), `a \Seen`, `b \Flagged`)
	r.clock.pass(time.Minute)
	if task := r.task(acct); task == nil || !slices.ContainsFunc(task.Items, func(i Item) bool { return i.Placement == a }) {
		t.Errorf("after a minute the task is %+v", task)
	}
}

// TestOperationWaitsForItsFolder: a message is moved into a new folder after the
// folder was made.
func TestOperationWaitsForItsFolder(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(mail.CreateMailbox{Account: acct, Path: "Work/New"})
	r.look()
	r.do(moveTo(r.box("Work/New"), id))
	r.shows(r.box("Work/New"), "letter")
	if kinds := r.carryOut(acct); !slices.Equal(kinds, []mail.OpKind{mail.OpCreateMailbox, mail.OpMove}) {
		t.Errorf("the server is sent %v", kinds)
	}
	r.shows(r.box("Work/New"), "letter")
}

// TestTargetsThatAreGoneArePassedOver: of what is left the act is done.
func TestTargetsThatAreGoneArePassedOver(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	r.do(expunge(a))
	r.do(moveTo(r.box("A"), a, b))
	r.shows(r.box("A"), "b")
	_, err := r.Do(r.ctx, flags(a, `\Seen`))
	r.isKind(err, mail.KindGone)
}

// TestActIsAllOrNothing: an act of which a part is impossible has not happened.
func TestActIsAllOrNothing(t *testing.T) {
	r := newRoom(t)
	r.seen(r.box("INBOX"), head(1, letter("letter", "letter", "")))
	id := r.find(r.box("INBOX"), "letter").ID
	_, err := r.Do(r.ctx, flags(id, `\Flagged`), moveTo(r.box("imap0002/A"), id))
	r.isKind(err, mail.KindRefused)
	r.shows(r.box("INBOX"), "letter")
	if list := r.pending(""); len(list) != 0 {
		t.Errorf("waiting: %+v", list)
	}
}
