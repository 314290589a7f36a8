package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"postrider/mail"
)

// send queues a letter of an account and returns the operation and the message.
func (r *room) send(key mail.AccountID, name string, change func(*Letter)) (mail.OpID, mail.PlacementID) {
	r.t.Helper()
	l := Letter{Account: key, Staged: r.stage(letter(name, name, "This is "+name+".")), Sender: "ada@test.example", To: []string{"bob@test.example", "carl@test.example"}}
	if change != nil {
		change(&l)
	}
	op, id, err := r.Queue(r.ctx, l)
	r.must(err)
	r.look()
	return op, id
}

func (r *room) next(key mail.AccountID) *Outgoing {
	r.t.Helper()
	out, err := r.NextOutgoing(r.ctx, key, false, 0)
	r.must(err)
	return out
}

// handOver sends the next message of an account, and ends it.
func (r *room) handOver(key mail.AccountID, h Handover) Settled {
	r.t.Helper()
	out := r.next(key)
	if out == nil {
		r.t.Fatal("nothing is to be sent")
	}
	r.must(r.LastCall(r.ctx, out))
	res, err := r.SettleOutgoing(r.ctx, out, h)
	r.must(err)
	return res
}

var taken = Handover{Recipients: []error{nil, nil}}

// waits describes what waits of an account: kind state error, recipients.
func (r *room) waits(key mail.AccountID) string {
	r.t.Helper()
	var lines []string
	for _, p := range r.pending(key) {
		line := fmt.Sprintf("%s %s", p.Kind, p.State)
		if p.Err != nil {
			line += " " + string(p.Err.Kind) + ": " + p.Err.Message
		}
		for _, to := range p.Recipients {
			line += fmt.Sprintf("; %s %s", to.Address, to.State)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (r *room) waitsFor(key mail.AccountID, want string) {
	r.t.Helper()
	if got := r.waits(key); got != want {
		r.t.Errorf("waiting is\n%s\nnot\n%s", got, want)
	}
}

func TestSentMailIsFiledOnThisComputer(t *testing.T) {
	r := newRoom(t)
	_, id := r.send(pop, "letter", nil)
	r.shows(r.box("pop00001/Outbox"), `letter \Seen`)
	r.waitsFor(pop, "send pending; bob@test.example waiting; carl@test.example waiting")
	r.handOver(pop, taken)
	r.shows(r.box("pop00001/Outbox"))
	r.shows(r.box("pop00001/Sent"), `letter \Seen`)
	if got := r.find(r.box("pop00001/Sent"), "letter").ID; got != id {
		t.Errorf("the message has another id: %d, not %d", got, id)
	}
	r.waitsFor(pop, "")
}

func TestSentMailIsFiledOnTheServerOnce(t *testing.T) {
	for _, filed := range []bool{false, true} {
		r := newRoom(t)
		r.listed(acct, "INBOX", "Archive", "Trash", "A", "Sent")
		r.send(acct, "letter", nil)
		r.handOver(acct, taken)
		r.shows(r.box("Sent"), `letter \Seen`)
		task := r.task(acct)
		if task.Kind != mail.OpAppend || !task.Items[0].Sent || task.To.Path != "Sent" || !task.Items[0].Flags.Has(mail.Seen) {
			t.Fatalf("the task is %+v", task)
		}
		if filed {
			r.settle(task, Filed, 0)
			r.shows(r.box("Sent"))
			r.pull(r.box("Sent"), 1, r.whole(1, letter("letter", "letter", "as the server has it"), `\Seen`))
		} else {
			r.settle(task, Done, 1)
		}
		r.shows(r.box("Sent"), `letter \Seen`)
		r.waitsFor(acct, "")
	}
}

func TestSentIsMadeWhereItIsMissing(t *testing.T) {
	r := newRoom(t)
	r.send(acct, "letter", nil)
	r.handOver(acct, taken)
	r.look()
	r.shows(r.box("Sent"), `letter \Seen`)
	if kinds := fmt.Sprint(r.carryOut(acct)); kinds != "[create-mailbox append]" {
		t.Errorf("the server gets %s", kinds)
	}
}

// A folder of the server's that is called Outbox is another.
func TestOutboxIsNoFolderOfTheServer(t *testing.T) {
	r := newRoom(t)
	r.send(acct, "letter", nil)
	r.listed(acct, "INBOX", "Archive", "Trash", "A", "Outbox")
	r.shows(r.box("Outbox"), `letter \Seen`)
	r.shows(r.box("Outbox'"))
	r.send(acct2, "other", nil)
	r.isKind(errOf(r.Do(r.ctx, moveTo(r.box("Outbox"), r.arrive(r.box("INBOX"), "mail")))), mail.KindInput)
}

func errOf[T any](_ T, err error) error { return err }

func TestAnsweredIsMarkedWhenSent(t *testing.T) {
	r := newRoom(t)
	original := r.arrive(r.box("INBOX"), "question")
	r.send(acct, "answer", func(l *Letter) { l.Answers, l.Mark = original, mail.Answered })
	r.shows(r.box("INBOX"), "question")
	r.handOver(acct, taken)
	r.shows(r.box("INBOX"), `question \Answered`)
}

func TestRefusedRecipients(t *testing.T) {
	no := &mail.Error{Kind: mail.KindRefused, Message: "There is no such address.", Detail: "550 5.1.1 no"}
	busy := &mail.Error{Kind: mail.KindBusy, Message: "The server asks to try again later.", Detail: "451 later"}
	for _, c := range []struct {
		name       string
		recipients []error
		how        Outcome
		waits      string
		sent       bool
		again      bool
	}{
		{"one for good", []error{nil, no}, Done, "send failed refused: carl@test.example: There is no such address.; bob@test.example accepted; carl@test.example refused", true, false},
		{"all for good", []error{no, no}, Refused, "send failed refused: 2 of 2 recipients were refused; the first: bob@test.example: There is no such address.; bob@test.example refused; carl@test.example refused", false, false},
		{"one for now", []error{nil, busy}, Done, "send pending busy: The server asks to try again later.; bob@test.example accepted; carl@test.example waiting", false, true},
		{"both ways", []error{busy, no}, Later, "send pending busy: The server asks to try again later.; bob@test.example waiting; carl@test.example refused", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			r.send(pop, "letter", nil)
			res := r.handOver(pop, Handover{How: c.how, Recipients: c.recipients})
			sub := strings.ReplaceAll(r.waits(pop), "append", "")
			if sub != c.waits || res.Again != c.again {
				t.Errorf("waiting is\n%s, %+v, not\n%s", sub, res, c.waits)
			}
			if got := len(r.rows(r.box("pop00001/Sent"))) == 1; got != c.sent {
				t.Errorf("filed as sent: %v", got)
			}
			if got := len(r.rows(r.box("pop00001/Outbox"))) == 0; got != c.sent {
				t.Errorf("gone from the Outbox: %v", got)
			}
		})
	}
}

// The recipient that was refused can be tried again, alone; there is one copy.
func TestRetryGoesToWhoWasRefusedAlone(t *testing.T) {
	r := newRoom(t)
	op, _ := r.send(pop, "letter", nil)
	no := &mail.Error{Kind: mail.KindRefused, Message: "no"}
	r.handOver(pop, Handover{Recipients: []error{nil, no}})
	r.must(r.Retry(r.ctx, op))
	out := r.next(pop)
	if out == nil || fmt.Sprint(out.Recipients) != "[carl@test.example]" {
		t.Fatalf("to be sent is %+v", out)
	}
	r.must(r.LastCall(r.ctx, out))
	if _, err := r.SettleOutgoing(r.ctx, out, Handover{Recipients: []error{nil}}); err != nil {
		t.Fatal(err)
	}
	r.shows(r.box("pop00001/Sent"), `letter \Seen`)
	r.waitsFor(pop, "")
}

func TestBackOffGrowsAndEagerDoesNotWait(t *testing.T) {
	r := newRoom(t)
	r.send(pop, "letter", nil)
	busy := &mail.Error{Kind: mail.KindOffline, Message: "mail.example cannot be reached"}
	var before time.Duration
	for range 12 {
		out := r.next(pop)
		if out == nil {
			t.Fatal("nothing is due")
		}
		if _, err := r.SettleOutgoing(r.ctx, out, Handover{How: Later, Err: busy}); err != nil {
			t.Fatal(err)
		}
		if r.next(pop) != nil {
			t.Error("it is tried again at once")
		}
		at, waits, err := r.DueOutgoing(r.ctx, pop)
		r.must(err)
		wait := time.Unix(at, 0).Sub(r.clock.at)
		if !waits || wait > 76*time.Minute || wait < 20*time.Second || wait*2 < before {
			t.Errorf("the next try is in %v, after %v", wait, before)
		}
		before = wait
		r.clock.pass(wait)
	}
	r.handOver(pop, Handover{How: Later, Err: busy})
	if out, _ := r.NextOutgoing(r.ctx, pop, true, 0); out == nil {
		t.Error("a person who asks has to wait")
	}
}

func TestSendLater(t *testing.T) {
	r := newRoom(t)
	op, _ := r.send(pop, "later", func(l *Letter) { l.At = start.Add(time.Hour) })
	r.send(pop, "now", nil)
	if out := r.next(pop); out == nil || out.MessageID != "now@test.example" {
		t.Errorf("first goes %+v", out)
	}
	if out, _ := r.NextOutgoing(r.ctx, pop, true, op-1); out != nil && out.Op == op {
		t.Error("what is to be sent later is sent now")
	}
	r.handOver(pop, taken)
	r.clock.pass(time.Hour)
	if out := r.next(pop); out == nil || out.Op != op {
		t.Errorf("later goes %+v", out)
	}
}

// Nobody sends again what may have been sent, but the person.
func TestUnknownIsNotSentAgain(t *testing.T) {
	r := newRoom(t)
	op, _ := r.send(acct, "letter", nil)
	r.handOver(acct, lost)
	r.reopen()
	r.must(r.RequeueOutgoing(r.ctx, acct))
	r.must(r.Requeue(r.ctx, acct))
	r.clock.pass(1000 * time.Hour)
	if out, _ := r.NextOutgoing(r.ctx, acct, true, 0); out != nil {
		t.Errorf("%+v is sent again", out)
	}
	if task := r.task(acct); task != nil {
		t.Errorf("the task is %+v", task)
	}
	r.waitsFor(acct, unknown)
	r.must(r.Retry(r.ctx, op))
	if out := r.next(acct); out == nil {
		t.Error("the person cannot send it again")
	}
}

func TestPersonSaysItWasSent(t *testing.T) {
	r := newRoom(t)
	op, _ := r.send(pop, "letter", nil)
	r.handOver(pop, lost)
	r.must(r.WasSent(r.ctx, op))
	r.shows(r.box("pop00001/Sent"), `letter \Seen`)
	r.waitsFor(pop, "")
	r.isKind(r.WasSent(r.ctx, op), mail.KindGone)
}

// A process that ends before the last call has sent nothing; one that ends
// after it does not know.
func TestInterruptedSending(t *testing.T) {
	r := newRoom(t)
	r.send(pop, "before", nil)
	r.next(pop)
	r.reopen()
	r.must(r.RequeueOutgoing(r.ctx, pop))
	out := r.next(pop)
	if out == nil {
		t.Fatal("it is not sent any more")
	}
	r.must(r.LastCall(r.ctx, out))
	r.reopen()
	if out := r.next(pop); out != nil {
		t.Errorf("%+v is sent again", out)
	}
	r.must(r.RequeueOutgoing(r.ctx, pop))
	if got := r.waits(pop); !strings.HasPrefix(got, "send unknown") {
		t.Errorf("waiting is %s", got)
	}
}

// A copy that turns up proves that the message was sent.
func TestCopyThatTurnsUpProves(t *testing.T) {
	t.Run("filed by the server", func(t *testing.T) {
		r := newRoom(t)
		r.listed(acct, "INBOX", "Archive", "Trash", "A", "Sent")
		r.send(acct, "letter", nil)
		r.handOver(acct, lost)
		r.pull(r.box("Sent"), 1, r.whole(7, letter("letter", "letter", "with a trace of the server"), `\Seen`))
		n, err := r.FindSent(r.ctx, acct)
		if err != nil || n != 1 {
			t.Fatalf("%d found, %v", n, err)
		}
		r.settle(r.task(acct), Filed, 0)
		r.shows(r.box("Sent"), `letter \Seen`)
		r.waitsFor(acct, "")
	})
	t.Run("come back by POP3", func(t *testing.T) {
		r := newRoom(t)
		r.send(pop, "letter", nil)
		r.handOver(pop, lost)
		r.deliver("u1", letter("letter", "letter", "a copy to myself"))
		if n, err := r.FindSent(r.ctx, pop); err != nil || n != 1 {
			t.Fatalf("%d found, %v", n, err)
		}
		r.shows(r.box("pop00001/Sent"), `letter \Seen`)
	})
	t.Run("there before", func(t *testing.T) {
		r := newRoom(t)
		r.arrive(r.box("INBOX"), "letter")
		r.send(acct, "letter", func(l *Letter) { l.Staged = r.stage(letter("letter", "letter", "the same id once more")) })
		r.handOver(acct, lost)
		if n, _ := r.FindSent(r.ctx, acct); n != 0 {
			t.Error("an older message was taken for a proof")
		}
	})
	t.Run("redirected", func(t *testing.T) {
		r := newRoom(t)
		r.send(acct, "letter", func(l *Letter) { l.Resent = true })
		r.handOver(acct, lost)
		r.arrive(r.box("INBOX"), "letter")
		if n, _ := r.FindSent(r.ctx, acct); n != 0 {
			t.Error("the author's message was taken for a proof")
		}
	})
}

func (r *room) draft(key mail.AccountID, name, text string, old mail.PlacementID, hold time.Duration) mail.PlacementID {
	r.t.Helper()
	id, err := r.SaveDraft(r.ctx, key, r.stage(letter(name, name, text)), old, hold)
	r.must(err)
	r.look()
	return id
}

// A bounce stands in the conversation of what did not arrive.
func TestBounceStandsInItsConversation(t *testing.T) {
	r := newRoom(t)
	_, id := r.send(pop, "letter", nil)
	r.handOver(pop, taken)
	bounce := r.deliver("u1", []byte("From: MAILER-DAEMON@mx.test\r\nSubject: Undelivered\r\nMessage-ID: <b@mx.test>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"+
		"--B\r\n\r\nSorry.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; bob@test.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"+
		"--B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <letter@test.example>\r\nSubject: letter\r\n\r\nx\r\n--B--\r\n"))
	if a, b := r.row(id).Thread, r.row(bounce).Thread; a != b {
		t.Errorf("they are in the conversations %d and %d", a, b)
	}
}
