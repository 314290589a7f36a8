package store

import (
	"context"
	"fmt"

	"postrider/mail"
)

// Report is what Check found.
type Report struct {
	Messages, Placements, Blobs int
	Problems                    []Problem
}

// OK reports that the store agrees with itself.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Problem is one disagreement.
type Problem struct {
	Kind     string // bytes, counts, effective, index, lost, rows
	What     string
	Repaired bool
}

// Check reads the whole store against itself: the database's own structure,
// every message's bytes against their hash, what is shown against base and
// operations, counts, and the index. With repair it mends what can be. progress
// may be nil; it is told how many messages of how many were read.
func (s *Store) Check(ctx context.Context, repair bool, progress func(done, of int)) (Report, error) {
	c := &checking{s: s, ctx: ctx, repair: repair, progress: progress}
	for _, step := range []func() error{c.structure, c.rows, c.effective, c.counts, c.bytes, c.packs, c.index} {
		if err := step(); err != nil {
			return c.report, err
		}
	}
	return c.report, nil
}

type checking struct {
	s        *Store
	ctx      context.Context
	repair   bool
	progress func(done, of int)
	report   Report
}

func (c *checking) problem(kind string, repaired bool, format string, args ...any) {
	c.report.Problems = append(c.report.Problems, Problem{kind, fmt.Sprintf(format, args...), repaired})
}

// structure is SQLite's own check of its file.
func (c *checking) structure() error {
	return c.s.Read(c.ctx, func(sn *Snapshot) error {
		err := sn.each(func(scan row) error {
			var text string
			err := scan(&text)
			if text != "ok" {
				c.problem("rows", false, "the database says: %s", text)
			}
			return err
		}, `PRAGMA quick_check(20)`)
		if err != nil {
			return err
		}
		return sn.each(func(scan row) error {
			var table, parent string
			var id, fk any
			err := scan(&table, &id, &parent, &fk)
			c.problem("rows", false, "row %v of %s points to nothing in %s", id, table, parent)
			return err
		}, `PRAGMA foreign_key_check`)
	})
}

// rows checks what the tables promise each other beyond foreign keys.
func (c *checking) rows() error {
	return c.s.Read(c.ctx, func(sn *Snapshot) error {
		if _, err := sn.get([]any{&c.report.Messages, &c.report.Placements, &c.report.Blobs}, `SELECT (SELECT count(*) FROM message),
			(SELECT count(*) FROM placement WHERE mailbox IS NOT NULL), (SELECT count(*) FROM message WHERE length > 0)`); err != nil {
			return err
		}
		promises := []struct{ what, query string }{
			{"placement %d has neither a server's side nor an operation that will give it one",
				`SELECT id FROM placement p WHERE b_mailbox IS NULL AND removed = 0 AND NOT EXISTS (
					SELECT 1 FROM op WHERE placement = p.id AND (state <> 'failed' OR kind IN ('copy', 'append')))`}, // those may be tried again
			{"message %d has bytes but no hash", `SELECT id FROM message WHERE length > 0 AND hash IS NULL`},
			{"message %d has the sort date of no placement", `SELECT DISTINCT g.id FROM message g JOIN placement p ON p.message = g.id WHERE p.mailbox IS NOT NULL AND p.date <> g.date AND g.length = 0`},
			{"placement %d is not listed with the conversation of its message", `SELECT p.id FROM placement p JOIN message g ON g.id = p.message WHERE p.thread <> g.thread`},
			{"a UID is known for placement %d, which is on no server", `SELECT id FROM placement WHERE b_uid IS NOT NULL AND b_mailbox IS NULL`},
		}
		for _, p := range promises {
			if err := sn.each(func(scan row) error {
				var id int64
				err := scan(&id)
				c.problem("rows", false, p.what, id)
				return err
			}, p.query+" LIMIT 100"); err != nil {
				return err
			}
		}
		return nil
	})
}

// effective recomputes what is shown of every placement from base and
// operations.
func (c *checking) effective() error {
	var wrong []mail.PlacementID
	err := c.s.Read(c.ctx, func(sn *Snapshot) error {
		ops := map[mail.PlacementID][]opRow{}
		if err := sn.each(func(scan row) error {
			var o opRow
			err := scan(o.dest()...)
			ops[o.placement] = append(ops[o.placement], o)
			return err
		}, `SELECT `+opColumns+` FROM op WHERE placement IS NOT NULL ORDER BY id`); err != nil {
			return err
		}
		return sn.each(func(scan row) error {
			var p place
			err := scan(p.dest()...)
			if fold(&p, ops[p.id]) != p.shown() {
				wrong = append(wrong, p.id)
			}
			return err
		}, `SELECT `+placeColumns+` FROM placement`)
	})
	if err != nil {
		return err
	}
	for _, id := range wrong {
		c.problem("effective", c.repair, "placement %d is not shown as base and operations say", id)
	}
	if !c.repair || len(wrong) == 0 {
		return nil
	}
	return c.s.Write(c.ctx, func(t *Tx) error {
		for _, id := range wrong {
			if err := t.refoldID(id); err != nil {
				return err
			}
		}
		return nil
	})
}

const truth = `SELECT b.id, b.path, b.total, b.unread, count(p.id), coalesce(sum(p.flags & 1 = 0), 0)
	FROM mailbox b LEFT JOIN placement p ON p.mailbox = b.id GROUP BY b.id`

func (c *checking) counts() error {
	wrong := 0
	err := c.s.Read(c.ctx, func(sn *Snapshot) error {
		return sn.each(func(scan row) error {
			var id, total, unread, real, realUnread int
			var path string
			err := scan(&id, &path, &total, &unread, &real, &realUnread)
			if total != real || unread != realUnread {
				wrong++
				c.problem("counts", c.repair, "%s says %d messages, %d unread; it has %d, %d", path, total, unread, real, realUnread)
			}
			return err
		}, truth)
	})
	if err != nil || wrong == 0 || !c.repair {
		return err
	}
	return c.s.Write(c.ctx, func(t *Tx) error {
		_, err := t.exec(`UPDATE mailbox SET total = (SELECT count(*) FROM placement WHERE mailbox = mailbox.id),
			unread = (SELECT count(*) FROM placement WHERE mailbox = mailbox.id AND flags & 1 = 0)`)
		return err
	})
}
