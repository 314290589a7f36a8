package store

import (
	"cmp"
	"context"

	"postrider/mail"
)

// index checks that every message is in the index or in the queue for it, and
// nothing else is.
func (c *checking) index() error {
	if c.s.index == nil {
		version, err := databaseVersion(c.ctx, c.s.path("index.db"))
		if err != nil || version != indexVersion {
			return err // missing or half made: the next start sees to that
		}
	}
	if err := cmp.Or(c.s.Indexed(c.ctx), c.s.index.integrity(c.ctx)); err != nil {
		return c.renewIndex(err)
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
		}, `SELECT g.id, g.date, u.message IS NOT NULL FROM message g LEFT JOIN unindexed u ON u.message = g.id`)
	}); err != nil {
		return err
	}
	// Read after the queue: what was not in the queue then is in the index now.
	rows, err := c.s.indexRows(c.ctx)
	if err != nil {
		return c.renewIndex(err)
	}
	missing, err := c.lacking(here, rows)
	if err != nil {
		return c.renewIndex(err)
	}
	if err := c.strays(here, rows); err != nil {
		return err
	}
	return c.requeue(missing)
}

// lacking are the messages whose words or beginnings the index does not have.
func (c *checking) lacking(here, rows map[int64]bool) (missing []mail.MessageID, err error) {
	known, err := c.s.begunMessages(c.ctx)
	if err != nil {
		return nil, err
	}
	for at, settled := range here {
		if id := messageOf(at); settled && !(rows[at] && known.has(id)) {
			missing = append(missing, id)
		}
	}
	return missing, nil
}

// renewIndex lets a damaged index be made anew by the next start.
func (c *checking) renewIndex(why error) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	mend := c.repair && c.s.index.giveUp(c.ctx) == nil
	c.problem("index", mend, "the index of words is damaged (%v); the next start makes it anew", why)
	return nil
}

// integrity has FTS5 hold the index against itself. A store that only reads has
// no indexer, and looks no closer.
func (x *indexer) integrity(ctx context.Context) error {
	if x == nil {
		return nil
	}
	_, err := x.db.ExecContext(ctx, `INSERT INTO words (words) VALUES ('integrity-check')`)
	return err
}

// giveUp takes the mark of readiness from the index: see openIndexDB.
func (x *indexer) giveUp(ctx context.Context) error {
	_, err := x.db.ExecContext(ctx, `PRAGMA user_version = 0`)
	return err
}

// strays are rows of the index for messages that are not here.
func (c *checking) strays(here, rows map[int64]bool) error {
	var list []int64
	err := c.s.Read(c.ctx, func(sn *Snapshot) error {
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
				list = append(list, at)
				c.problem("index", c.repair, "the index knows message %d, which is not here", messageOf(at))
			}
		}
		return nil
	})
	if err != nil || len(list) == 0 || !c.repair {
		return err
	}
	return c.s.index.drop(c.ctx, list)
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
	c.s.index.again()
	return nil
}
