package vm

import (
	"context"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/phrase"
)

// SavedState is how what is written is kept.
type SavedState struct {
	Text string // "Saved on this computer 09:41"; "": nothing to say
	Err  bool   // it is not kept
	Open bool   // something is not kept yet
}

// draftKeeping is the saving of what is written.
type draftKeeping struct {
	id      mail.PlacementID // the draft; 0: none yet
	changed bool             // since what was saved last
	ever    bool             // the person changed something
	begun   int              // saves so far
	busy    bool             // a save is on its way
	cancel  func()           // ends the wait for the next save
	since   time.Time        // with changed: when the first change came
	then    []func()         // when no save is on its way any more
	read    []func()         // when no file is being read any more
}

// saveAfter is how long after a change what is written is kept.
const saveAfter = 1500 * time.Millisecond

// dirty notes that something changed, and sees to it that it is kept soon.
func (w *Composition) dirty() {
	if w.State != ComposeReady || w.finished || w.Redirects() {
		return
	}
	k := &w.keeping
	k.ever = true
	w.change()
	if !w.Saved.Open {
		w.Saved.Open = true
	}
	w.saveSoon()
}

// change notes that what is kept is not what is written.
func (w *Composition) change() {
	if k := &w.keeping; !k.changed {
		k.changed, k.since = true, w.desk.Now()
	}
}

// saveSoon saves what changed a little later, unless a save is on its way: then it
// is called again. Words that came while large files were being kept have waited
// already.
func (w *Composition) saveSoon() {
	k := &w.keeping
	if !k.changed || k.cancel != nil || k.busy || w.finished || w.State != ComposeReady {
		return
	}
	k.cancel = w.desk.After(max(saveAfter-w.desk.Now().Sub(k.since), 0), func() {
		k.cancel = nil
		w.save(false)
	})
}

// save keeps what is written as a draft. closing lets the server have it at once.
func (w *Composition) save(closing bool) {
	k := &w.keeping
	if k.busy || w.finished {
		return
	}
	if k.cancel != nil {
		k.cancel()
		k.cancel = nil
	}
	account := w.Sender().Account
	letter := w.letter()
	k.busy, k.changed = true, false
	k.begun++
	n := k.begun
	var id mail.PlacementID
	Run(w.desk, func(ctx context.Context) (err error) {
		id, err = w.saving(ctx, n, account, letter, closing)
		return err
	}, func(err error) {
		k.busy = false
		if id != 0 {
			k.id = id
			if w.Open != nil && !w.finished {
				w.Open.note(w, id)
			}
		}
		w.saved(err)
		w.rest()
		w.saveSoon()
	})
}

// saved tells how a save ended.
func (w *Composition) saved(err error) {
	k := &w.keeping
	switch {
	case err != nil:
		w.change()
		text, _ := Explain(err)
		w.Saved = SavedState{Text: "Not saved: " + text, Err: true, Open: true}
	default:
		w.Saved = SavedState{Text: "Saved on this computer " + w.desk.Style.Clock(w.desk.Now()), Open: k.changed}
	}
	w.tell()
}

// idle calls then as soon as no save is on its way.
func (w *Composition) idle(then func()) {
	if !w.keeping.busy {
		then()
		return
	}
	w.keeping.then = append(w.keeping.then, then)
}

// rest lets those go on who wait for a save to end, one after the other: each may
// begin another.
func (w *Composition) rest() {
	k := &w.keeping
	for len(k.then) > 0 && !k.busy {
		then := k.then[0]
		k.then = k.then[1:]
		then()
	}
}

// readAll calls then as soon as no file is being read.
func (w *Composition) readAll(then func()) {
	if !w.Loading() {
		then()
		return
	}
	w.keeping.read = append(w.keeping.read, then)
}

// fileRead lets those go on who wait for files.
func (w *Composition) fileRead() {
	if w.Loading() {
		return
	}
	waiting := w.keeping.read
	w.keeping.read = nil
	for _, then := range waiting {
		then()
	}
}

// Touched reports whether the person wrote anything, or it was kept before.
func (w *Composition) Touched() bool { return w.keeping.ever || w.keeping.id != 0 }

// Close keeps what is written, for the server too, and ends the composition. Where
// nothing was written nothing is kept. then is told whether it ended; false: it
// could not be kept, and the window stays.
func (w *Composition) Close(then func(closed bool)) {
	switch {
	case w.State == ComposeSending:
		then(false)
	case w.State != ComposeReady || !w.keeping.ever && !w.Loading():
		w.end()
		then(true)
	case w.blank():
		w.Discard(then)
	default:
		w.readAll(func() { w.idle(func() { w.keep(then) }) })
	}
}

// keep saves all and ends the composition, once nothing has changed since.
func (w *Composition) keep(then func(closed bool)) {
	if w.State != ComposeReady { // it was sent, or closed twice
		then(w.State == ComposeDone)
		return
	}
	w.save(true)
	w.idle(func() {
		switch {
		case w.State != ComposeReady:
			then(w.State == ComposeDone)
		case w.Saved.Err:
			then(false)
		case w.keeping.changed || w.Loading():
			w.Close(then)
		default:
			w.Kept = w.keeping.id
			w.end()
			then(true)
		}
	})
}

// blank reports that there is nothing to be kept: a new message in which nobody
// wrote anything, or a draft that was emptied.
func (w *Composition) blank() bool {
	text := strings.TrimSpace(w.Text())
	return len(w.everybody()) == 0 && strings.TrimSpace(w.Subject) == "" && len(w.Files) == 0 &&
		(text == "" || w.unwritten && text == strings.TrimSpace(w.started))
}

// Discard throws what is written away, wherever it is kept. then is told whether
// it did; false: the message is on its way into the Outbox.
func (w *Composition) Discard(then func(closed bool)) {
	w.idle(func() {
		if w.State == ComposeSending {
			then(false)
			return
		}
		id := w.keeping.id
		w.end()
		if id == 0 {
			then(true)
			return
		}
		Run(w.desk, func(ctx context.Context) error {
			return w.kept.done(func() error { return w.client.DropDraft(ctx, id) })
		}, func(err error) {
			w.fail(err)
			then(true)
		})
	})
}

// end lets go of all that a composition holds.
func (w *Composition) end() {
	w.finished, w.State = true, ComposeDone
	w.turn.Drop()
	if w.Open != nil {
		w.Open.note(w, 0)
	}
	if w.keeping.cancel != nil {
		w.keeping.cancel()
		w.keeping.cancel = nil
	}
	w.spool.drop()
}

// Draft is the draft that is kept of it, or that is being read for it; 0: none.
func (w *Composition) Draft() mail.PlacementID {
	if w.State == ComposeLoading {
		return w.opening
	}
	return w.keeping.id
}

// sizeText is a size for a person.
func sizeText(n int64) string { return phrase.Size(n) }

// SaveNow keeps what is written without waiting.
func (w *Composition) SaveNow() {
	if w.State == ComposeReady && !w.Redirects() {
		w.idle(func() { w.save(false) })
	}
}
