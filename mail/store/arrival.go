package store

import (
	"encoding/json"

	"postrider/mail"
)

// arrivals gathers what a transaction put into the packs: written down once at
// its end, and handed to the indexer when it is durable.
type arrivals struct {
	fresh []fresh
	live  map[uint32]int64 // octets by pack
	dead  map[uint32]int64
}

// noted notes that there is a message of which only the header is here.
func (t *Tx) noted(id mail.MessageID, l light) {
	t.arrivals.fresh = append(t.arrivals.fresh, fresh{id: id, words: l.words(), anew: true})
}

// filled notes that a message has its bytes now; anew if it was not here before.
func (t *Tx) filled(id mail.MessageID, st *Staged, at bytesAt, anew bool) {
	t.arrivals.fresh = append(t.arrivals.fresh, fresh{id: id, words: st.words, anew: anew})
	add(&t.arrivals.live, at)
	t.body(id)
}

// wasted notes bytes in a pack that no message names: they were here already.
func (t *Tx) wasted(at bytesAt) { add(&t.arrivals.dead, at) }

func add(to *map[uint32]int64, at bytesAt) {
	if *to == nil {
		*to = map[uint32]int64{}
	}
	(*to)[at.ref.Pack] += at.ref.Length
}

// settleArrivals writes down what was gathered, before the commit.
func (t *Tx) settleArrivals() error {
	a := &t.arrivals
	if len(a.fresh) > 0 {
		ids := make([]mail.MessageID, len(a.fresh))
		for i, f := range a.fresh {
			ids[i] = f.id
		}
		text, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT OR IGNORE INTO unindexed (message) SELECT value FROM json_each(?)`, string(text)); err != nil {
			return err
		}
	}
	for no, n := range a.live {
		if _, err := t.exec(`INSERT INTO pack (id, live) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET live = live + ?2`, no, n); err != nil {
			return err
		}
	}
	for no, n := range a.dead {
		if _, err := t.exec(`INSERT INTO pack (id, dead) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET dead = dead + ?2`, no, n); err != nil {
			return err
		}
	}
	return nil
}
