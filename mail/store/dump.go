package store

import (
	"context"
	"fmt"
	"strings"
)

// Dump writes placements and operations as they are, for a failing test.
func (s *Store) Dump(ctx context.Context) string {
	var b strings.Builder
	s.Read(ctx, func(sn *Snapshot) error {
		sn.each(func(scan row) error {
			var p place
			err := scan(p.dest()...)
			fmt.Fprintf(&b, "placement %d: message %d base %d/%d %v since %d, shown %d %v removed %d\n",
				p.id, p.message, p.bMailbox, p.bUID, p.bFlags.Names(), p.since, p.mailbox, p.flags.Names(), p.removed)
			return err
		}, `SELECT `+placeColumns+` FROM placement`)
		return sn.each(func(scan row) error {
			var o opRow
			err := scan(o.dest()...)
			fmt.Fprintf(&b, "op %d: %s of %d (from %d) to %d, %s, tried %d, after %d, %s\n",
				o.id, o.kind, o.placement, o.source, o.mailbox, o.state, o.attempts, o.after, o.errText)
			return err
		}, `SELECT `+opColumns+` FROM op`)
	})
	return b.String()
}
