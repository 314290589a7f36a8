package store

import (
	"slices"
	"testing"

	"postrider/mail"
)

// TestMoveBetweenAccountsUploadsFirst: the original is deleted only when the
// other server has confirmed its copy.
func TestMoveBetweenAccountsUploadsFirst(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter", `\Seen`)
	r.do(moveTo(r.box("imap0002/A"), id))
	r.shows(r.box("INBOX"))
	r.shows(r.box("imap0002/A"), `letter \Seen`)
	if task := r.task(acct); task != nil {
		t.Fatalf("the original would be deleted before the copy is safe: %+v", task)
	}
	upload := r.task(acct2)
	if upload == nil || upload.Kind != mail.OpAppend || len(upload.Items) != 1 || upload.Items[0].Flags != mail.Bits(mail.Seen) {
		t.Fatalf("the upload is %+v", upload)
	}
	r.settle(upload, Unknown, 0)
	if task := r.task(acct); task != nil {
		t.Fatalf("the original would be deleted though nobody knows of the copy: %+v", task)
	}
	r.settle(r.task(acct2), Done, 7)
	if kinds := r.carryOut(acct); !slices.Equal(kinds, []mail.OpKind{mail.OpExpunge}) {
		t.Errorf("afterwards the first server is sent %v", kinds)
	}
	r.shows(r.box("imap0002/A"), `letter \Seen`)
}

// TestRefusedUploadBringsTheOriginalBack: a move that the other server refuses
// must not hide the message, nor delete it.
func TestRefusedUploadBringsTheOriginalBack(t *testing.T) {
	for _, how := range []Outcome{Refused, Gone} {
		r := newRoom(t)
		id := r.arrive(r.box("INBOX"), "letter")
		r.do(moveTo(r.box("imap0002/A"), id))
		r.settle(r.task(acct2), how, 0)
		r.shows(r.box("INBOX"), "letter")
		r.shows(r.box("imap0002/A"))
		if task := r.task(acct); task != nil {
			t.Errorf("the original would be deleted: %+v", task)
		}
	}
}

// TestRetryOfARefusedMoveDoesAllOfIt: after the cause is gone, one retry moves
// the message.
func TestRetryOfARefusedMoveDoesAllOfIt(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("imap0002/A"), id))
	r.settle(r.task(acct2), Refused, 0)
	for _, p := range r.pending(acct2) {
		r.must(r.Retry(r.ctx, p.ID))
	}
	r.shows(r.box("INBOX"))
	r.shows(r.box("imap0002/A"), "letter")
	if kinds := r.carryOut(acct2); !slices.Equal(kinds, []mail.OpKind{mail.OpAppend}) {
		t.Errorf("the second server is sent %v", kinds)
	}
	if kinds := r.carryOut(acct); !slices.Equal(kinds, []mail.OpKind{mail.OpExpunge}) {
		t.Errorf("the first server is sent %v", kinds)
	}
}

// TestCancelledUploadKeepsTheOriginal: calling the upload off calls off the
// deletion that depends on it.
func TestCancelledUploadKeepsTheOriginal(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("imap0002/A"), id))
	r.must(r.Cancel(r.ctx, r.pending(acct2)[0].ID))
	r.shows(r.box("INBOX"), "letter")
	r.shows(r.box("imap0002/A"))
	if list := r.pending(""); len(list) != 0 {
		t.Errorf("still waiting: %+v", list)
	}
}

// TestUndoOfAFinishedMoveBetweenAccounts: the copy is the message by then, and
// goes back.
func TestUndoOfAFinishedMoveBetweenAccounts(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("imap0002/A"), id))
	r.carryOut(acct2)
	r.carryOut(acct)
	r.undo()
	r.shows(r.box("INBOX"), "letter")
	r.shows(r.box("imap0002/A"))
	if kinds := r.carryOut(acct); !slices.Equal(kinds, []mail.OpKind{mail.OpAppend}) {
		t.Errorf("the first server is sent %v", kinds)
	}
	r.carryOut(acct2)
	r.shows(r.box("INBOX"), "letter")
}

func TestMoveToThisComputerKeepsTheBytes(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter", `\Flagged`)
	r.do(moveTo(r.box("pop00001/Archive"), id))
	r.shows(r.box("INBOX"))
	r.shows(r.box("pop00001/Archive"), `letter \Flagged`)
	if kinds := r.carryOut(acct); !slices.Equal(kinds, []mail.OpKind{mail.OpExpunge}) {
		t.Errorf("the server is sent %v", kinds)
	}
	raw, err := r.Raw(r.ctx, r.find(r.box("pop00001/Archive"), "letter").Message)
	if err != nil || string(raw) != string(letter("letter", "letter", "This is letter.")) {
		t.Errorf("the bytes are %q, %v", raw, err)
	}
}

// TestMoveFromThisComputerWaitsForTheServer: the only copy stays until the
// server has the message.
func TestMoveFromThisComputerWaitsForTheServer(t *testing.T) {
	r := newRoom(t)
	id := r.deliver("u1", letter("letter", "letter", ""))
	r.do(moveTo(r.box("A"), id))
	r.shows(r.box("pop00001/INBOX"))
	r.shows(r.box("A"), "letter")
	r.task(pop)
	if e := r.ledger()["u1"]; !e.Deleted.IsZero() {
		t.Errorf("the maildrop's copy may be deleted before the upload: %+v", e)
	}
	r.carryOut(acct)
	r.task(pop)
	if e := r.ledger()["u1"]; e.Deleted.IsZero() {
		t.Errorf("after the move the ledger says %+v", e)
	}
	r.shows(r.box("pop00001/INBOX"))
	r.shows(r.box("A"), "letter")
}

// TestCarryingOverNeedsTheBytes: without them there is nothing to put there, and
// the original stays.
func TestCarryingOverNeedsTheBytes(t *testing.T) {
	r := newRoom(t)
	r.seen(r.box("INBOX"), head(1, letter("letter", "letter", "")))
	id := r.find(r.box("INBOX"), "letter").ID
	for _, to := range []string{"imap0002/A", "pop00001/Archive"} {
		_, err := r.Do(r.ctx, moveTo(r.box(to), id))
		r.isKind(err, mail.KindRefused)
		r.shows(r.box("INBOX"), "letter")
		r.shows(r.box(to))
	}
}

// TestCopyThenDeleteKeepsTheCopy: the copy is made before the original goes,
// even if the server puts the copy off.
func TestCopyThenDeleteKeepsTheCopy(t *testing.T) {
	r := newRoom(t)
	r.seen(r.box("INBOX"), head(1, letter("letter", "letter", "")))
	id := r.find(r.box("INBOX"), "letter").ID
	r.do(copyTo(r.box("A"), id))
	r.do(expunge(id))
	put := r.task(acct)
	if put == nil || put.Kind != mail.OpCopy {
		t.Fatalf("first the server is sent %+v", put)
	}
	r.settle(put, Later, 0)
	if task := r.task(acct); task != nil {
		t.Fatalf("the only copy would be deleted: %+v", task)
	}
	r.shows(r.box("A"), "letter")
}

// TestRefusedCopyKeepsWhatWasToBeDeletedAfterIt: the person wanted one message
// in another place, not none.
func TestRefusedCopyKeepsWhatWasToBeDeletedAfterIt(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(copyTo(r.box("A"), id))
	r.do(expunge(id))
	r.settle(r.task(acct), Refused, 0)
	r.shows(r.box("INBOX"), "letter")
	r.shows(r.box("A"))
	if task := r.task(acct); task != nil {
		t.Errorf("the original would be deleted: %+v", task)
	}
}

// TestCopyOfWhatAnotherClientDeletedIsUploaded: the server cannot copy it any
// more, but the bytes are here.
func TestCopyOfWhatAnotherClientDeletedIsUploaded(t *testing.T) {
	r := newRoom(t)
	r.pull(r.box("INBOX"), 1, r.whole(1, letter("letter", "letter", "")))
	r.do(copyTo(r.box("A"), r.find(r.box("INBOX"), "letter").ID))
	r.pull(r.box("INBOX"), 1)
	r.shows(r.box("A"), "letter")
	if kinds := r.carryOut(acct); !slices.Equal(kinds, []mail.OpKind{mail.OpAppend}) {
		t.Errorf("the server is sent %v", kinds)
	}
}
