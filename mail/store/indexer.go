package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"sync"

	"postrider/mail"
	"postrider/mail/message"
)

// fresh is a message that has just become durable, with its words at hand.
type fresh struct {
	id    mail.MessageID
	words words
}

// indexed is a row for the index.
type indexed struct {
	id    mail.MessageID
	row   int64
	words words
}

// Bounds of the indexer's memory and of one of its transactions.
const (
	freshBytes = 8 << 20 // words kept at hand; beyond, they are read again
	batchBytes = 4 << 20
	batchDocs  = 2000
	againDocs  = 1000 // of messages that are read again
)

// indexer puts words into the index behind the durable commits: one goroutine,
// stopped by Store.Close. The queue is the table unindexed; what is at hand in
// memory only saves reading it again.
type indexer struct {
	s    *Store
	db   *sql.DB
	wake chan struct{}
	quit context.CancelFunc
	done chan struct{}

	mu      sync.Mutex
	hand    map[mail.MessageID]words
	bytes   int
	offered int // rises with every offer
	drained int // what offered was before the queue was last seen empty
	idle    *sync.Cond
	broken  error
	ended   bool
	old     bool // the queue may hold messages that a crash left in the index already
}

func openIndex(ctx context.Context, s *Store) error {
	db, anew, err := openIndexDB(ctx, s.path("index.db"))
	if err != nil {
		return err
	}
	x := &indexer{s: s, db: db, wake: make(chan struct{}, 1), done: make(chan struct{}), hand: map[mail.MessageID]words{}, offered: 1, old: true}
	x.idle = sync.NewCond(&x.mu)
	if anew {
		if err := s.refill(ctx, db); err != nil {
			db.Close()
			return err
		}
	}
	var run context.Context
	run, x.quit = context.WithCancel(background)
	s.index = x // before it runs: its own commits look at it
	go x.run(run)
	return nil
}

// refill queues everything for an index that is new.
func (s *Store) refill(ctx context.Context, db *sql.DB) error {
	if err := s.writeBatch(ctx, func(t *Tx) error {
		_, err := t.exec(`INSERT OR IGNORE INTO unindexed (message) SELECT id FROM message WHERE length > 0`)
		return err
	}); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, indexReady)
	return err
}

// offer hands over messages whose commit is durable. It never waits.
func (x *indexer) offer(list []fresh) {
	if x == nil || len(list) == 0 {
		return
	}
	x.mu.Lock()
	for _, f := range list {
		if n := f.words.size(); x.bytes+n <= freshBytes {
			x.hand[f.id] = f.words
			x.bytes += n
		}
	}
	x.offered++
	x.mu.Unlock()
	x.poke()
}

// keepUp waits while the words at hand are more than half of what there is room
// for: to read and parse a message again costs more than to wait for the index.
// Workers call it before they store mail; the person's acts never wait.
func (x *indexer) keepUp(ctx context.Context) {
	if x == nil {
		return
	}
	stop := context.AfterFunc(ctx, x.idle.Broadcast)
	defer stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	for x.bytes > freshBytes/2 && x.broken == nil && !x.ended && ctx.Err() == nil {
		x.idle.Wait()
	}
}

func (x *indexer) poke() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// again tells that the queue has messages of which the index may have something.
func (x *indexer) again() {
	x.mu.Lock()
	x.old = true
	x.mu.Unlock()
	x.poke()
}

func (x *indexer) stop() {
	x.quit()
	<-x.done
	x.db.Close()
}

func (x *indexer) run(ctx context.Context) {
	defer close(x.done)
	defer x.end()
	for {
		more, err := x.step(ctx)
		if more && err == nil {
			continue
		}
		x.mu.Lock()
		x.broken = mail.Wrap(mail.KindDisk, "index the mail", diskError(err, x.s.path("index.db")))
		x.idle.Broadcast()
		x.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-x.wake:
		}
	}
}

// end lets go of whoever waits.
func (x *indexer) end() {
	x.mu.Lock()
	x.ended = true
	x.idle.Broadcast()
	x.mu.Unlock()
}

// step indexes one batch; more says that the queue may hold another.
func (x *indexer) step(ctx context.Context) (more bool, err error) {
	if ctx.Err() != nil {
		return false, nil
	}
	x.mu.Lock()
	offered, verb := x.offered, "INSERT"
	if x.old {
		verb = "INSERT OR REPLACE"
	}
	x.mu.Unlock()
	list, err := x.queue(ctx)
	if err != nil {
		return false, err
	}
	if len(list) == 0 {
		x.mu.Lock()
		x.drained, x.old = offered, false
		if more = x.offered > offered; !more { // what is at hand still is of messages that went
			clear(x.hand)
			x.bytes = 0
		}
		x.mu.Unlock()
		return more, nil
	}
	slices.SortFunc(list, func(a, b indexed) int { return cmp.Compare(a.row, b.row) })
	if err := insertWords(ctx, x.db, verb, list); err != nil {
		return false, err
	}
	return true, x.dequeue(ctx, list)
}

// queue returns the next messages with their words.
func (x *indexer) queue(ctx context.Context) (list []indexed, err error) {
	total := 0
	var missing []indexed
	err = x.s.readQueue(ctx, func(d indexed) bool {
		x.mu.Lock()
		w, here := x.hand[d.id]
		x.mu.Unlock()
		if !here {
			missing = append(missing, d)
			return len(missing) < againDocs && total < batchBytes
		}
		d.words = w
		total += w.size()
		list = append(list, d)
		return len(list) < batchDocs && total < batchBytes
	})
	if err != nil || len(list) > 0 && len(missing) == 0 {
		return list, err
	}
	for _, d := range missing {
		if total >= batchBytes || ctx.Err() != nil {
			break
		}
		d.words = x.s.wordsFromPack(ctx, d.id)
		total += d.words.size()
		list = append(list, d)
	}
	return list, nil
}

// readQueue calls fn for queued messages, oldest first, until it returns false.
func (s *Store) readQueue(ctx context.Context, fn func(indexed) bool) error {
	return s.Read(ctx, func(sn *Snapshot) error {
		rows, err := sn.tx.Query(`SELECT u.message, g.date FROM unindexed u JOIN message g ON g.id = u.message ORDER BY u.message`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for more := true; more && rows.Next(); {
			var d indexed
			var date int64
			if err := rows.Scan(&d.id, &date); err != nil {
				return err
			}
			d.row = indexRow(d.id, date)
			more = fn(d)
		}
		return rows.Err()
	})
}

// wordsFromPack reads a message again; damaged bytes have the words before the
// damage.
func (s *Store) wordsFromPack(ctx context.Context, id mail.MessageID) words {
	r, err := s.RawReader(ctx, id)
	if err != nil {
		return words{}
	}
	defer r.Close()
	m, _ := message.Parse(r)
	return wordsOf(m)
}

// dequeue takes messages whose words are in the index off the queue.
func (x *indexer) dequeue(ctx context.Context, list []indexed) error {
	ids := make([]mail.MessageID, len(list))
	x.mu.Lock()
	for i, d := range list {
		ids[i] = d.id
		if w, here := x.hand[d.id]; here {
			x.bytes -= w.size()
			delete(x.hand, d.id)
		}
	}
	x.idle.Broadcast()
	x.mu.Unlock()
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return x.s.writeBatch(context.WithoutCancel(ctx), func(t *Tx) error {
		_, err := t.exec(`DELETE FROM unindexed WHERE message IN (SELECT value FROM json_each(?))`, string(text))
		return err
	})
}

// Indexed waits until every message that was durable when it was called can be
// searched for.
func (s *Store) Indexed(ctx context.Context) error {
	x := s.index
	if x == nil {
		return nil
	}
	stop := context.AfterFunc(ctx, x.idle.Broadcast)
	defer stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.broken = nil // what failed before is tried again
	x.poke()
	for want := x.offered; x.drained < want && x.broken == nil && ctx.Err() == nil; {
		x.idle.Wait()
	}
	return cmp.Or(ctx.Err(), x.broken)
}
