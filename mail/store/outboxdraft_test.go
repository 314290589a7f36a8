package store

import (
	"fmt"
	"testing"
	"time"

	"postrider/mail"
)

func TestDraftOnThisComputer(t *testing.T) {
	r := newRoom(t)
	id := r.draft(pop, "d1", "one", 0, time.Minute)
	id = r.draft(pop, "d2", "two", id, time.Minute)
	id = r.draft(pop, "d3", "three", id, 0)
	r.shows(r.box("pop00001/Drafts"), `d3 \Seen \Draft`)
	r.must(r.DropDraft(r.ctx, id))
	r.shows(r.box("pop00001/Drafts"))
}

// While the person writes nothing goes to the server, and then the newest.
func TestDraftGoesToTheServerWhenItRests(t *testing.T) {
	r := newRoom(t)
	id := r.draft(acct, "d1", "one", 0, time.Minute)
	r.clock.pass(40 * time.Second)
	id = r.draft(acct, "d2", "two", id, time.Minute)
	r.clock.pass(40 * time.Second)
	task, err := r.NextTask(r.ctx, acct, false)
	r.must(err)
	if task == nil || task.Kind != mail.OpCreateMailbox {
		t.Fatalf("the task is %+v", task)
	}
	r.settle(task, Done, 0)
	if task, err = r.NextTask(r.ctx, acct, false); err != nil || task != nil {
		t.Fatalf("too soon: %+v, %v", task, err)
	}
	id = r.draft(acct, "d3", "three", id, 0)
	r.shows(r.box("Drafts"), `d3 \Seen \Draft`)
	if kinds := fmt.Sprint(r.carryOut(acct)); kinds != "[append]" {
		t.Errorf("the server gets %s", kinds)
	}
	id = r.draft(acct, "d4", "four", id, 0)
	r.shows(r.box("Drafts"), `d4 \Seen \Draft`)
	if kinds := fmt.Sprint(r.carryOut(acct)); kinds != "[append expunge]" {
		t.Errorf("the server gets %s", kinds)
	}
	r.shows(r.box("Drafts"), `d4 \Seen \Draft`)
	_ = id
}

// A draft that the server refuses stays in sight, with the one it had; the next
// that it takes replaces both.
func TestRefusedDraftIsNotLost(t *testing.T) {
	r := newRoom(t)
	r.listed(acct, "INBOX", "Archive", "Trash", "A", "Drafts")
	id := r.draft(acct, "d1", "one", 0, 0)
	r.carryOut(acct)
	id = r.draft(acct, "d2", "two", id, 0)
	r.settle(r.task(acct), Refused, 0)
	r.shows(r.box("Drafts"), `d1 \Seen \Draft`, `d2 \Seen \Draft`)
	r.clean()
	id = r.draft(acct, "d3", "three", id, 0)
	if kinds := fmt.Sprint(r.carryOut(acct)); kinds != "[append expunge]" {
		t.Errorf("the server gets %s", kinds)
	}
	r.shows(r.box("Drafts"), `d3 \Seen \Draft`)
	_ = id
}

func TestSentDraftGoes(t *testing.T) {
	for _, onServer := range []bool{false, true} {
		r := newRoom(t)
		r.listed(acct, "INBOX", "Archive", "Trash", "A", "Drafts", "Sent")
		id := r.draft(acct, "draft", "text", 0, 0)
		if onServer {
			r.carryOut(acct)
		}
		r.send(acct, "letter", func(l *Letter) { l.Draft = id })
		r.shows(r.box("Drafts"))
		r.handOver(acct, taken)
		want := "[append]"
		if onServer {
			want = "[expunge append]"
		}
		if kinds := fmt.Sprint(r.carryOut(acct)); kinds != want {
			t.Errorf("the server gets %s", kinds)
		}
		r.shows(r.box("Drafts"))
		r.shows(r.box("Sent"), `letter \Seen`)
	}
}
