package store

import (
	"context"
	"sync"

	"postrider/mail"
)

// feedLimit is how many changes a subscriber may fall behind before it gets a
// Gap in their place. To mark some ten thousand messages is one act, and no
// reason to read a whole list anew.
const feedLimit = 30_000

// feed hands the batches of changes to the subscribers, in order, waiting for
// none of them.
type feed struct {
	mu   sync.Mutex
	seq  uint64
	subs map[*Subscription]bool
}

// Subscription receives batches. It belongs to one goroutine.
type Subscription struct {
	feed  *feed
	queue []mail.Batch
	size  int
	ready chan struct{} // holds a token while queue is not empty; closed at the end
	done  bool
}

// Subscribe starts a subscription and returns the number of the last commit
// before it: a snapshot read afterwards, and the batches from there on, miss
// nothing between them.
func (s *Store) Subscribe() (*Subscription, uint64) {
	f := &s.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	sub := &Subscription{feed: f, ready: make(chan struct{}, 1)}
	if f.subs == nil {
		f.subs = map[*Subscription]bool{}
	}
	f.subs[sub] = true
	return sub, f.seq
}

// Publish sends changes that are no commit's: what workers say of themselves.
func (s *Store) Publish(list ...mail.Change) { s.feed.publish(list) }

func (f *feed) publish(list []mail.Change) {
	if len(list) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seq++
	for sub := range f.subs {
		sub.push(mail.Batch{Seq: f.seq, Changes: list})
	}
}

// push is called with the feed locked.
func (sub *Subscription) push(b mail.Batch) {
	if sub.size += weight(b); sub.size > feedLimit {
		gap := mail.Batch{Seq: b.Seq, Changes: []mail.Change{mail.Gap{UpTo: b.Seq}}}
		sub.queue, sub.size = []mail.Batch{gap}, 1
	} else {
		sub.queue = append(sub.queue, b)
	}
	select {
	case sub.ready <- struct{}{}:
	default:
	}
}

func weight(b mail.Batch) int {
	n := len(b.Changes)
	for _, c := range b.Changes {
		switch c := c.(type) {
		case mail.PlacementsAdded:
			n += len(c.IDs)
		case mail.PlacementsChanged:
			n += len(c.IDs)
		case mail.PlacementsRemoved:
			n += len(c.IDs)
		}
	}
	return n
}

// Next returns all batches since the last call, waiting for the first. It
// fails with ctx, and with canceled when the subscription or the store closed.
func (sub *Subscription) Next(ctx context.Context) ([]mail.Batch, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case _, open := <-sub.ready:
			sub.feed.mu.Lock()
			queue := sub.queue
			sub.queue, sub.size = nil, 0
			sub.feed.mu.Unlock()
			if len(queue) > 0 {
				return queue, nil
			}
			if !open {
				return nil, mail.Errorf(mail.KindCanceled, "follow changes", "the store was closed")
			}
		}
	}
}

// Close ends the subscription.
func (sub *Subscription) Close() {
	sub.feed.mu.Lock()
	defer sub.feed.mu.Unlock()
	sub.end()
}

func (sub *Subscription) end() {
	if !sub.done {
		sub.done = true
		delete(sub.feed.subs, sub)
		close(sub.ready)
	}
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for sub := range f.subs {
		sub.end()
	}
}
