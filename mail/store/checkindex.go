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
	rows, err := c.s.indexRows(c.ctx)
	if err != nil {
		c.problem("index", false, "the index cannot be read: %v", err)
		return nil
	}
	var missing []mail.MessageID
	err = c.s.Read(c.ctx, func(sn *Snapshot) error {
		return sn.each(func(scan row) error {
			var id mail.MessageID
			var date int64
			var queued bool
			if err := scan(&id, &date, &queued); err != nil {
				return err
			}
			at := indexRow(id, date)
			if !rows[at] && !queued {
				missing = append(missing, id)
			}
			delete(rows, at)
			return nil
		}, `SELECT g.id, g.date, u.message IS NOT NULL FROM message g LEFT JOIN unindexed u ON u.message = g.id WHERE g.length > 0`)
	})
	if err != nil {
		return err
	}
	for _, id := range missing {
		c.problem("index", c.repair, "message %d cannot be found by its words", id)
	}
	for at := range rows {
		c.problem("index", false, "the index knows message %d, which is not here", messageOf(at))
	}
	if !c.repair || len(missing) == 0 {
		return nil
	}
	err = c.s.Write(c.ctx, func(t *Tx) error {
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
