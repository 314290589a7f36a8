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

// fresh is a message that has just become durable, or the text of one, with its
// words at hand.
type fresh struct {
	id    mail.MessageID
	words words
	anew  bool // the message was not here before
}

// indexed is a row for the index.
type indexed struct {
	fresh
	row  int64
	text bool // is here
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
	hand    map[mail.MessageID]fresh
	bytes   int
	offered int // rises with every offer
	drained int // what offered was before the queue was last seen empty
	idle    *sync.Cond
	broken  error
	ended   bool
	old     bool // the queue may hold messages that a crash left in the index already
}

func openIndex(ctx context.Context, s *Store) error {
	db, lacks, err := openIndexDB(ctx, s.path("index.db"))
	if err != nil {
		return err
	}
	x := &indexer{s: s, db: db, wake: make(chan struct{}, 1), done: make(chan struct{}), hand: map[mail.MessageID]fresh{}, offered: 1, old: true}
	x.idle = sync.NewCond(&x.mu)
	if lacks != nothing {
		if err := s.refill(ctx, db, lacks); err != nil {
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

// refill queues what an index lacks.
func (s *Store) refill(ctx context.Context, db *sql.DB, lacks lack) error {
	which := map[lack]string{headers: ` WHERE length = 0`, everything: ``}[lacks]
	if err := s.writeBatch(ctx, func(t *Tx) error {
		_, err := t.exec(`INSERT OR IGNORE INTO unindexed (message) SELECT id FROM message` + which)
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
		if was, here := x.hand[f.id]; here {
			x.bytes -= was.words.size()
			delete(x.hand, f.id)
			f.anew = was.anew // still not in the index
		}
		if n := f.words.size(); x.bytes+n <= freshBytes {
			x.hand[f.id] = f
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
	offered, old := x.offered, x.old
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
	if old {
		for i := range list {
			list[i].anew = false
		}
	}
	if err := insertWords(ctx, x.db, list); err != nil {
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
		f, here := x.hand[d.id]
		x.mu.Unlock()
		if !here || f.words.light && d.text { // its text has come, and is about to be offered
			missing = append(missing, d)
			return len(missing) < againDocs && total < batchBytes
		}
		d.fresh = f
		total += f.words.size()
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
		if d.words, err = x.s.wordsAgain(ctx, d); err != nil {
			return nil, err
		}
		total += d.words.size()
		list = append(list, d)
	}
	return list, nil
}

// readQueue calls fn for queued messages, oldest first, until it returns false.
func (s *Store) readQueue(ctx context.Context, fn func(indexed) bool) error {
	return s.Read(ctx, func(sn *Snapshot) error {
		rows, err := sn.tx.Query(`SELECT u.message, g.date, g.length > 0 FROM unindexed u JOIN message g ON g.id = u.message ORDER BY u.message`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for more := true; more && rows.Next(); {
			var d indexed
			var date int64
			if err := rows.Scan(&d.id, &date, &d.text); err != nil {
				return err
			}
			d.row = indexRow(d.id, date)
			more = fn(d)
		}
		return rows.Err()
	})
}

// wordsAgain reads the words of a message again: from its bytes, of which damaged
// ones have the words before the damage, or from what is known of its header.
func (s *Store) wordsAgain(ctx context.Context, d indexed) (words, error) {
	if !d.text {
		return s.headerWords(ctx, d.id)
	}
	r, err := s.RawReader(ctx, d.id)
	if err != nil {
		return words{}, nil
	}
	defer r.Close()
	m, _ := message.Parse(r)
	return wordsOf(m), nil
}

func (s *Store) headerWords(ctx context.Context, id mail.MessageID) (words, error) {
	var l light
	err := s.Read(ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&l.subject, &l.fromName, &l.fromAddr, &l.recipients, &l.cc},
			`SELECT subject, from_name, from_addr, recipients, cc FROM message WHERE id = ?`, id)
		return err
	})
	return l.words(), err
}

// dequeue takes messages whose words are in the index off the queue; not those
// of which the text has come meanwhile.
func (x *indexer) dequeue(ctx context.Context, list []indexed) error {
	all, lights := make([]mail.MessageID, len(list)), []mail.MessageID{}
	x.mu.Lock()
	for i, d := range list {
		all[i] = d.id
		if d.words.light {
			lights = append(lights, d.id)
		}
		f, here := x.hand[d.id]
		switch {
		case !here:
		case d.words.light && !f.words.light:
			f.anew = false
			x.hand[d.id] = f
		default:
			x.bytes -= f.words.size()
			delete(x.hand, d.id)
		}
	}
	x.idle.Broadcast()
	x.mu.Unlock()
	done, err := json.Marshal(all)
	if err != nil {
		return err
	}
	some, err := json.Marshal(lights)
	if err != nil {
		return err
	}
	return x.s.writeBatch(context.WithoutCancel(ctx), func(t *Tx) error {
		_, err := t.exec(`DELETE FROM unindexed WHERE message IN (SELECT value FROM json_each(?1))
			AND NOT (message IN (SELECT value FROM json_each(?2)) AND EXISTS (SELECT 1 FROM message g WHERE g.id = unindexed.message AND g.length > 0))`, string(done), string(some))
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
