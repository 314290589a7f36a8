package store

import (
	"strings"
	"testing"

	"postrider/mail"
)

// Until its end is out, a message can be called off: it is a draft again.
func TestCalledOffBecomesDraft(t *testing.T) {
	for _, key := range []mail.AccountID{pop, acct} {
		for _, how := range []string{"cancel", "undo"} {
			r := newRoom(t)
			op, id := r.send(key, "letter", nil)
			out := r.next(key) // it is being sent
			if how == "cancel" {
				r.must(r.Cancel(r.ctx, op))
			} else {
				r.undo()
			}
			r.isKind(r.LastCall(r.ctx, out), mail.KindGone)
			res, err := r.SettleOutgoing(r.ctx, out, Handover{How: Later})
			if err != nil || res.State != "" {
				t.Errorf("%+v, %v", res, err)
			}
			r.look()
			r.shows(r.box(string(key)+"/Drafts"), `letter \Seen \Draft`)
			r.shows(r.box(string(key) + "/Outbox"))
			if r.row(id).ID != id {
				t.Error("its id is another")
			}
		}
	}
}

func TestNothingIsCalledOffOnceItIsOut(t *testing.T) {
	r := newRoom(t)
	op, id := r.send(pop, "letter", nil)
	out := r.next(pop)
	r.must(r.LastCall(r.ctx, out))
	r.isKind(r.Cancel(r.ctx, op), mail.KindBusy)
	r.isKind(errOf(r.Do(r.ctx, moveTo(r.box("pop00001/Trash"), id))), mail.KindBusy)
	r.isKind(errOf(r.Do(r.ctx, expunge(id))), mail.KindBusy)
	r.shows(r.box("pop00001/Outbox"), `letter \Seen`)
}

// What the person takes out of the Outbox is not sent.
func TestTakenOutOfTheOutboxIsNotSent(t *testing.T) {
	r := newRoom(t)
	_, moved := r.send(pop, "moved", nil)
	_, gone := r.send(pop, "gone", nil)
	r.do(moveTo(r.box("pop00001/Trash"), moved))
	r.do(expunge(gone))
	if out := r.next(pop); out != nil {
		t.Errorf("%+v is sent", out)
	}
	r.shows(r.box("pop00001/Trash"), `moved \Seen`)
	r.waitsFor(pop, "")
}

const unknown = "send unknown offline: It may have been sent, or not: gone; bob@test.example waiting; carl@test.example waiting"

var lost = Handover{How: Unknown, Err: &mail.Error{Kind: mail.KindOffline, Message: "gone"}}

func TestPersonCallsTheUnknownOff(t *testing.T) {
	r := newRoom(t)
	op, _ := r.send(pop, "letter", nil)
	r.handOver(pop, lost)
	r.must(r.Cancel(r.ctx, op))
	r.shows(r.box("pop00001/Drafts"), `letter \Seen \Draft`)
}

// What some have already is sent, whatever becomes of the rest.
func TestCalledOffForTheRest(t *testing.T) {
	r := newRoom(t)
	op, _ := r.send(pop, "letter", nil)
	r.handOver(pop, Handover{Recipients: []error{nil, &mail.Error{Kind: mail.KindBusy, Message: "later"}}})
	if _, err := r.Undo(r.ctx); !mail.Is(err, mail.KindGone) {
		t.Errorf("what some have was undone: %v", err)
	}
	err := r.Cancel(r.ctx, op)
	if want := "1 of 2 have the message already: bob@test.example. It is with what was sent, and goes to nobody else."; !mail.Is(err, mail.KindRefused) || !strings.Contains(err.Error(), want) {
		t.Errorf("told is %v", err)
	}
	r.shows(r.box("pop00001/Sent"), `letter \Seen`)
	r.shows(r.box("pop00001/Drafts"))
	r.waitsFor(pop, "")
}

// Who takes a message off the list that was refused for some has been told.
func TestWhatWasRefusedForSomeGoesOffTheListInSilence(t *testing.T) {
	r := newRoom(t)
	op, _ := r.send(pop, "letter", nil)
	r.handOver(pop, Handover{Recipients: []error{nil, &mail.Error{Kind: mail.KindRefused, Message: "no such user"}}})
	r.must(r.Cancel(r.ctx, op))
	r.shows(r.box("pop00001/Sent"), `letter \Seen`)
	r.waitsFor(pop, "")
}
