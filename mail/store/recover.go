package store

import (
	"context"
	"encoding/json"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// recover brings what a crash left into order, before the first change.
func (s *Store) recover(ctx context.Context) error {
	ends := map[uint32]int64{}
	if err := s.writeBatch(ctx, func(t *Tx) error {
		if err := t.each(func(scan row) error {
			var no uint32
			var end int64
			err := scan(&no, &end)
			ends[no] = end
			return err
		}, packEnds); err != nil {
			return err
		}
		// What was under way when the process ended may have been carried out.
		_, err := t.exec(`UPDATE op SET state = 'pending' WHERE kind <> 'send' AND state IN ('inflight', 'unknown')`)
		return err
	}); err != nil {
		return err
	}
	_, err := s.packs.Recover(ctx, ends, nil)
	return err
}

// packEnds is where the last message in each pack ends: a step along the index
// for each pack, for there are many messages, and a start waits for this.
const packEnds = `WITH RECURSIVE used (pack) AS (
	SELECT min(pack) FROM message INDEXED BY message_pack WHERE length > 0
	UNION ALL SELECT (SELECT min(pack) FROM message INDEXED BY message_pack WHERE length > 0 AND pack > used.pack) FROM used WHERE used.pack IS NOT NULL)
	SELECT pack, (SELECT offset + length FROM message INDEXED BY message_pack WHERE length > 0 AND pack = used.pack ORDER BY offset DESC LIMIT 1)
	FROM used WHERE pack IS NOT NULL`

// Tidy is Purge once a day, however often it is called.
func (s *Store) Tidy(ctx context.Context) error {
	var done int64
	if err := s.Read(ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&done}, `SELECT done FROM chore WHERE name = 'purge'`)
		return err
	}); err != nil {
		return err
	}
	now := s.now().Unix()
	if done > now-24*3600 && done <= now {
		return nil
	}
	if err := s.Purge(ctx); err != nil {
		return err
	}
	return s.writeBatch(ctx, func(t *Tx) error {
		_, err := t.exec(`INSERT INTO chore (name, done) VALUES ('purge', ?1) ON CONFLICT DO UPDATE SET done = ?1`, now)
		return err
	})
}

// Purge gives up what nobody can want any more: placements lost by both sides
// long ago, messages without a placement, acts past undoing; and it compacts a
// pack that is mostly dead.
func (s *Store) Purge(ctx context.Context) error {
	if err := s.purgeRows(ctx); err != nil {
		return err
	}
	dead, err := s.deadPacks(ctx)
	if err != nil {
		return err
	}
	for _, no := range dead {
		if err := s.compact(ctx, no); err != nil && !mail.Is(err, mail.KindBusy) {
			return err
		}
	}
	return nil
}

// orphan is a message that no placement has.
type orphan struct {
	id   mail.MessageID
	date int64
}

func (s *Store) purgeRows(ctx context.Context) error {
	now := s.now()
	if err := s.writeBatch(ctx, func(t *Tx) error {
		if _, err := t.exec(`DELETE FROM placement WHERE removed > 0 AND removed < ?
			AND NOT EXISTS (SELECT 1 FROM op WHERE op.placement = placement.id OR op.source = placement.id)`, now.Add(-purgeAfter).Unix()); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM act WHERE created < ?`, now.Unix()-undoMemory)
		return err
	}); err != nil {
		return err
	}
	gone, err := s.orphans(ctx)
	if err != nil || len(gone) == 0 {
		return err
	}
	if gone, err = s.dropOrphans(ctx, gone); err != nil || s.index == nil {
		return err
	}
	return s.index.forget(ctx, gone)
}

// orphans looks for messages that no placement has, while others write: in the
// narrowest index that names them all, for there may be a million. What was just
// kept is still to be put somewhere.
func (s *Store) orphans(ctx context.Context) (gone []orphan, err error) {
	now := s.now()
	err = s.Read(ctx, func(sn *Snapshot) error {
		return sn.each(func(scan row) error {
			var o orphan
			err := scan(&o.id, &o.date)
			gone = append(gone, o)
			return err
		}, `SELECT g.id, g.date FROM (SELECT id FROM message INDEXED BY message_thread
				WHERE NOT EXISTS (SELECT 1 FROM placement WHERE placement.message = message.id)) o CROSS JOIN message g ON g.id = o.id
			WHERE g.length = 0 OR NOT g.received BETWEEN ? AND ? LIMIT 5000`, now.Add(-purgeAfter).Unix(), now.Unix())
	})
	return gone, err
}

// dropOrphans deletes those that still are, and returns them.
func (s *Store) dropOrphans(ctx context.Context, list []orphan) (gone []orphan, err error) {
	err = s.writeBatch(ctx, func(t *Tx) error {
		gone = nil
		for _, o := range list {
			var one int
			placed, err := t.get([]any{&one}, `SELECT 1 FROM placement WHERE message = ? LIMIT 1`, o.id)
			if err != nil {
				return err
			}
			if placed {
				continue
			}
			if err := t.dropMessage(o.id); err != nil {
				return err
			}
			gone = append(gone, o)
		}
		return nil
	})
	return gone, err
}

func (t *Tx) dropMessage(id mail.MessageID) error {
	if err := t.unname(id); err != nil {
		return err
	}
	_, err := t.exec(`DELETE FROM message WHERE id = ?`, id)
	return err
}

// unname notes that the bytes of a message are not named any more.
func (t *Tx) unname(id mail.MessageID) error {
	_, err := t.exec(`UPDATE pack SET live = live - g.length, dead = dead + g.length
		FROM (SELECT pack, length FROM message WHERE id = ?1) AS g WHERE pack.id = g.pack AND g.length > 0`, id)
	return err
}

// forget takes the words of messages out of the index.
func (x *indexer) forget(ctx context.Context, gone []orphan) error {
	rows := make([]int64, len(gone))
	for i, o := range gone {
		rows[i] = indexRow(o.id, o.date)
	}
	return x.drop(ctx, rows)
}

// drop takes rows out of the index.
func (x *indexer) drop(ctx context.Context, rows []int64) error {
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = x.db.ExecContext(ctx, `DELETE FROM words WHERE rowid IN (SELECT value FROM json_each(?))`, string(text))
	return err
}

// compactBelow is the share of live bytes, in percent, below which a pack is
// worth writing anew.
const compactBelow = 40

func (s *Store) deadPacks(ctx context.Context) (list []uint32, err error) {
	err = s.Read(ctx, func(sn *Snapshot) error {
		return sn.each(func(scan row) error {
			var no uint32
			err := scan(&no)
			list = append(list, no)
			return err
		}, `SELECT id FROM pack WHERE dead > 0 AND live * 100 < (live + dead) * ? AND id < (SELECT max(id) FROM pack)`, compactBelow)
	})
	return list, err
}

func (s *Store) compact(ctx context.Context, no uint32) error {
	live := func() (refs []pack.Ref, err error) {
		err = s.Read(ctx, func(sn *Snapshot) error {
			return sn.each(func(scan row) error {
				r := pack.Ref{Pack: no}
				err := scan(&r.Offset, &r.Length)
				refs = append(refs, r)
				return err
			}, `SELECT offset, length FROM message WHERE pack = ? AND length > 0`, no)
		})
		return refs, err
	}
	if err := s.packs.Compact(ctx, no, live, s.relocate); err != nil {
		return err
	}
	return s.writeBatch(ctx, func(t *Tx) error {
		_, err := t.exec(`DELETE FROM pack WHERE id = ?`, no)
		return err
	})
}

// relocate names the new places of records in one transaction.
func (s *Store) relocate(moves []pack.Move) error {
	return s.writeBatch(background, func(t *Tx) error {
		for _, m := range moves {
			if _, err := t.exec(`UPDATE message SET pack=?, offset=?, length=? WHERE pack=? AND offset=?`,
				m.New.Pack, m.New.Offset, m.New.Length, m.Old.Pack, m.Old.Offset); err != nil {
				return err
			}
			if _, err := t.exec(`INSERT INTO pack (id, live) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET live = live + ?2`, m.New.Pack, m.New.Length); err != nil {
				return err
			}
			if _, err := t.exec(`UPDATE pack SET live = live - ?, dead = dead + ? WHERE id = ?`, m.Old.Length, m.Old.Length, m.Old.Pack); err != nil {
				return err
			}
		}
		return nil
	})
}

// indexRows returns the ids of all rows of the index.
func (s *Store) indexRows(ctx context.Context) (map[int64]bool, error) {
	db, err := s.indexReader()
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, `SELECT rowid FROM words`)
	if err != nil {
		return nil, err
	}
	known := map[int64]bool{}
	err = eachRow(rows, func(scan row) error {
		var at int64
		err := scan(&at)
		known[at] = true
		return err
	})
	return known, err
}
