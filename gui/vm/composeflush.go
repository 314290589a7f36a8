package vm

import (
	"context"
	"sync"

	"postrider/mail"
	"postrider/mail/message"
)

// kept is what is durable of a composition. Goroutines that save or send note it
// here, for the end of the program: then nobody tells the window any more.
type kept struct {
	mu      sync.Mutex
	id      mail.PlacementID // the draft; 0: none
	account mail.AccountID   // whose
	saves   int              // the save that ended well last
	over    bool             // it was sent or thrown away, or the program ends
}

// while does something to what is kept, unless that is over.
func (k *kept) while(work func() error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.over {
		return context.Canceled
	}
	return work()
}

// done is while for what leaves nothing to be kept.
func (k *kept) done(work func() error) error {
	return k.while(func() error {
		err := work()
		k.over = err == nil
		return err
	})
}

// saving is the work of the n-th save, which keeps a letter and tells its draft.
func (w *Composition) saving(ctx context.Context, n int, account mail.AccountID, letter *message.Draft, closing bool) (id mail.PlacementID, err error) {
	k := &w.kept
	err = k.while(func() error {
		old, before := k.id, k.id
		if k.account != "" && k.account != account {
			old = 0 // the other account's is dropped when this one is there
		}
		if id, err = w.client.SaveDraft(ctx, account, letter, old, closing); id != 0 {
			k.id, k.account = id, account
		}
		if err == nil && old == 0 && before != 0 {
			err = w.client.DropDraft(ctx, before)
		}
		if err == nil {
			k.saves = n
		}
		return err
	})
	return id, err
}

// Flush keeps what is not kept yet, at once: the system ends the program, and
// nothing that was asked for before is told any more. It is called on the goroutine
// of the window when that has ended, and waits for a save or a sending that is
// under way.
func (w *Composition) Flush(ctx context.Context) error {
	k := &w.kept
	k.mu.Lock()
	over, current := k.over, k.saves == w.keeping.begun && !w.keeping.changed
	k.mu.Unlock()
	waiting := w.State == ComposeReady && w.keeping.ever || w.State == ComposeSending
	if over || current && w.State == ComposeReady || !waiting || w.Redirects() {
		return nil
	}
	w.keeping.begun++
	id, err := w.saving(ctx, w.keeping.begun, w.Sender().Account, w.letter(), false)
	if id != 0 && w.Open != nil {
		w.Open.open[w] = id
	}
	k.mu.Lock()
	k.over = true
	k.mu.Unlock()
	return err
}
