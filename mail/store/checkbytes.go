package store

import (
	"context"
	"errors"
	"io"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// blob is where a message's bytes should be.
type blob struct {
	id      mail.MessageID
	subject string
	date    int64
	hash    []byte
	ref     pack.Ref
}

// bytes reads every message and holds it against its hash.
func (c *checking) bytes() error {
	var blobs []blob
	err := c.s.Read(c.ctx, func(sn *Snapshot) error {
		return sn.each(func(scan row) error {
			var b blob
			err := scan(&b.id, &b.subject, &b.date, &b.hash, &b.ref.Pack, &b.ref.Offset, &b.ref.Length)
			blobs = append(blobs, b)
			return err
		}, `SELECT id, subject, date, hash, pack, offset, length FROM message WHERE length > 0 ORDER BY pack, offset`)
	})
	if err != nil {
		return err
	}
	bad := map[*blob]error{}
	for i := range blobs {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err := c.s.verify(&blobs[i]); err != nil {
			bad[&blobs[i]] = err
		}
		if c.progress != nil {
			c.progress(i+1, len(blobs))
		}
	}
	return c.mend(bad)
}

var errOtherBytes = errors.New("the pack holds another message there")

func (s *Store) verify(b *blob) error {
	h, err := s.packs.Header(b.ref)
	if err != nil {
		return err
	}
	if string(h.Hash[:]) != string(b.hash) {
		return errOtherBytes
	}
	r, err := s.packs.Reader(b.ref)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return err
}

// mend gives damaged messages their bytes again: from another record of the
// same bytes, or from the server that still has them, at the next sync.
func (c *checking) mend(bad map[*blob]error) error {
	if len(bad) == 0 {
		return nil
	}
	twins, err := c.twins(bad)
	if err != nil {
		return err
	}
	for b, why := range bad {
		done, err := c.mendOne(b, twins)
		if err != nil {
			return err
		}
		c.problem("bytes", done, "message %d (%s) cannot be read at %v: %v", b.id, b.subject, b.ref, why)
	}
	return nil
}

// twins finds intact records of the damaged messages' bytes, which may have
// come more than once.
func (c *checking) twins(bad map[*blob]error) (map[string]pack.Ref, error) {
	twins := map[string]pack.Ref{}
	if !c.repair {
		return nil, nil
	}
	wanted := map[string]bool{}
	for b := range bad {
		wanted[string(b.hash)] = true
	}
	_, err := c.s.packs.Scan(c.ctx, func(ref pack.Ref, h pack.Header) error {
		if hash := string(h.Hash[:]); wanted[hash] && !h.Damaged {
			twins[hash] = ref
		}
		return nil
	})
	return twins, err
}

func (c *checking) mendOne(b *blob, twins map[string]pack.Ref) (done bool, err error) {
	if !c.repair {
		return false, nil
	}
	if ref, ok := twins[string(b.hash)]; ok {
		at := *b
		at.ref = ref
		if c.s.verify(&at) == nil {
			return true, c.s.pointTo(c.ctx, b.id, ref)
		}
	}
	again, err := c.served(b)
	if err != nil || !again {
		return false, err
	}
	return true, c.s.letBytesGo(c.ctx, b)
}

// served reports whether a server can give a message's bytes again.
func (c *checking) served(b *blob) (yes bool, err error) {
	var n int
	err = c.s.Read(c.ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&n}, `SELECT count(*) FROM placement p JOIN mailbox m ON m.id = p.b_mailbox
			WHERE p.message = ? AND (p.b_uid IS NOT NULL AND m.origin = 'remote'
				OR EXISTS (SELECT 1 FROM ledger l WHERE l.placement = p.id AND l.served = 1))`, b.id)
		return err
	})
	return n > 0, err
}

// pointTo names another record of a message's bytes.
func (s *Store) pointTo(ctx context.Context, id mail.MessageID, ref pack.Ref) error {
	return s.Write(ctx, func(t *Tx) error {
		if err := t.unname(id); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE message SET pack = ?, offset = ?, length = ? WHERE id = ?`, ref.Pack, ref.Offset, ref.Length, id); err != nil {
			return err
		}
		_, err := t.exec(`UPDATE pack SET live = live + ?1, dead = max(0, dead - ?1) WHERE id = ?2`, ref.Length, ref.Pack)
		return err
	})
}

// letBytesGo forgets where a message's bytes were, and its words but for the
// header's, so that both can come again.
func (s *Store) letBytesGo(ctx context.Context, b *blob) error {
	err := s.Write(ctx, func(t *Tx) error {
		if err := t.unname(b.id); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE message SET hash = NULL, pack = 0, offset = 0, length = 0 WHERE id = ?`, b.id); err != nil {
			return err
		}
		_, err := t.exec(`INSERT OR IGNORE INTO unindexed (message) VALUES (?)`, b.id)
		return err
	})
	if err == nil {
		s.index.again()
	}
	return err
}

// packs holds what is noted of each pack against what is named in it: it says
// when a pack is worth compacting.
func (c *checking) packs() error {
	type count struct {
		no          uint32
		noted, live int64
	}
	var wrong []count
	err := c.s.Read(c.ctx, func(sn *Snapshot) error {
		return sn.each(func(scan row) error {
			var n count
			err := scan(&n.no, &n.noted, &n.live)
			if n.noted != n.live {
				wrong = append(wrong, n)
				c.problem("counts", c.repair, "pack %d says %d octets are in use; there are %d", n.no, n.noted, n.live)
			}
			return err
		}, `SELECT p.id, p.live, coalesce((SELECT sum(length) FROM message WHERE pack = p.id AND length > 0), 0) FROM pack p
			UNION ALL SELECT pack, 0, sum(length) FROM message WHERE length > 0 AND pack NOT IN (SELECT id FROM pack) GROUP BY pack`)
	})
	if err != nil || len(wrong) == 0 || !c.repair {
		return err
	}
	stats, err := c.s.packs.Stats()
	if err != nil {
		return err
	}
	size := map[uint32]int64{}
	for _, p := range stats.Packs {
		size[p.Pack] = p.Size
	}
	return c.s.Write(c.ctx, func(t *Tx) error {
		for _, n := range wrong {
			if _, err := t.exec(`INSERT INTO pack (id, live, dead) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET live = ?2, dead = ?3`,
				n.no, n.live, max(0, size[n.no]-n.live)); err != nil {
				return err
			}
		}
		return nil
	})
}
