package store

import (
	"io"

	"postrider/mail"
	"postrider/mail/store/pack"
)

func (s *Store) readThrough(ref pack.Ref) error {
	r, err := s.packs.Reader(ref)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return err
}

// index checks that every message whose bytes are here is in the index or in
// the queue for it, and nothing else is.
func (c *checking) index() error {
	if err := c.s.Indexed(c.ctx); err != nil {
		c.problem("index", false, "the index cannot be written: %v", err)
	}
	here := map[int64]bool{} // index rows that should be there; false: queued
	if err := c.s.Read(c.ctx, func(sn *Snapshot) error {
		return sn.each(func(scan row) error {
			var id mail.MessageID
			var date int64
			var queued bool
			err := scan(&id, &date, &queued)
			here[indexRow(id, date)] = !queued
			return err
		}, `SELECT g.id, g.date, u.message IS NOT NULL FROM message g LEFT JOIN unindexed u ON u.message = g.id WHERE g.length > 0`)
	}); err != nil {
		return err
	}
	// Read after the queue: what was not in the queue then is in the index now.
	rows, err := c.s.indexRows(c.ctx)
	if err != nil {
		c.problem("index", false, "the index cannot be read: %v", err)
		return nil
	}
	var missing []mail.MessageID
	for at, settled := range here {
		if settled && !rows[at] {
			missing = append(missing, messageOf(at))
		}
	}
	if err := c.strays(here, rows); err != nil {
		return err
	}
	return c.requeue(missing)
}

// strays are rows of the index for messages that are not here.
func (c *checking) strays(here, rows map[int64]bool) error {
	return c.s.Read(c.ctx, func(sn *Snapshot) error {
		for at := range rows {
			if _, known := here[at]; known {
				continue
			}
			var one int
			arrived, err := sn.get([]any{&one}, `SELECT 1 FROM message WHERE id = ?`, messageOf(at))
			if err != nil {
				return err
			}
			if !arrived {
				c.problem("index", false, "the index knows message %d, which is not here", messageOf(at))
			}
		}
		return nil
	})
}

func (c *checking) requeue(missing []mail.MessageID) error {
	for _, id := range missing {
		c.problem("index", c.repair, "message %d cannot be found by its words", id)
	}
	if !c.repair || len(missing) == 0 {
		return nil
	}
	err := c.s.Write(c.ctx, func(t *Tx) error {
		for _, id := range missing {
			if _, err := t.exec(`INSERT OR IGNORE INTO unindexed (message) VALUES (?)`, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.s.index.poke()
	return nil
}
