package demo

import (
	"io/fs"
	"strings"

	"postrider/mail"
)

// EventKind is what happened.
type EventKind string

// The kinds, in the script's words. All but Arrived are what another device of
// the same person did.
const (
	Arrived EventKind = "deliver"
	Seen    EventKind = "see"
	Starred EventKind = "star"
	Filed   EventKind = "file"
	Erased  EventKind = "erase"
)

// Event is one thing that happened on the servers.
type Event struct {
	Kind    EventKind
	Account mail.AccountID
	Mailbox string // where the message is now; "" if it is gone
	Subject string
}

// script is what happens, again and again.
type script struct {
	steps []step
	next  int
}

type step struct {
	kind    EventKind
	account string
	id      string
	mailbox string // of Filed
}

// readScript reads script.txt: "deliver ACCOUNT ID" and so on, a line each.
func readScript(fsys fs.FS) (script, error) {
	text, err := fs.ReadFile(fsys, "script.txt")
	if err != nil {
		return script{}, mail.Wrap(mail.KindBug, opStart, err)
	}
	var s script
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		if len(words) < 3 || (EventKind(words[0]) == Filed) != (len(words) == 4) {
			return script{}, mail.Errorf(mail.KindBug, opStart, "the demo's script does not say what %q means", line)
		}
		st := step{kind: EventKind(words[0]), account: words[1], id: words[2]}
		if len(words) == 4 {
			st.mailbox = words[3]
		}
		s.steps = append(s.steps, st)
	}
	return s, nil
}

// Step makes the next event happen, and says what it was. What is of no more
// use, because the person deleted the message, say, is passed over; false
// means that nothing in the whole script was of use.
func (w *World) Step() (Event, bool) {
	w.stepped.Lock()
	defer w.stepped.Unlock()
	for range w.script.steps {
		st := w.script.steps[w.script.next]
		w.script.next = (w.script.next + 1) % len(w.script.steps)
		if e, ok := w.perform(st); ok {
			return e, true
		}
	}
	return Event{}, false
}

func (w *World) perform(st step) (Event, bool) {
	u, l := w.users[st.account], w.set.Find(st.id)
	if u == nil || l == nil {
		return Event{}, false
	}
	done := false
	switch st.kind {
	case Arrived:
		late := l.Late(w.options.Now())
		u.Deliver(late.Mailbox, posted(late))
		done = true
	case Seen:
		done = u.Patch(st.id, mail.FlagPatch{Add: mail.Bits(mail.Seen)})
	case Starred:
		done = u.Patch(st.id, mail.FlagPatch{Add: mail.Bits(mail.Flagged)})
	case Filed:
		done = u.Move(st.id, st.mailbox)
	case Erased:
		done = u.Delete(st.id)
	}
	return Event{Kind: st.kind, Account: accountID(st.account), Mailbox: u.Where(st.id), Subject: l.Subject}, done
}

func accountID(key string) mail.AccountID {
	for _, r := range residents {
		if r.key == key {
			return r.id
		}
	}
	return ""
}
