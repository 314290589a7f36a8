package store

import (
	"cmp"
	"maps"
	"slices"

	"postrider/mail"
)

// changes gathers what a transaction changed, for its batch.
type changes struct {
	before  map[mail.PlacementID]mail.MailboxID // where it was shown at the start; 0: nowhere
	now     map[mail.PlacementID]mail.MailboxID
	mask    map[mail.PlacementID]mail.ChangeMask
	bodies  []mail.MessageID
	trees   map[mail.AccountID]bool
	ops     map[mail.AccountID]bool
	changed []mail.Change // the rest, as it is
}

func newChanges() *changes {
	return &changes{
		before: map[mail.PlacementID]mail.MailboxID{},
		now:    map[mail.PlacementID]mail.MailboxID{},
		mask:   map[mail.PlacementID]mail.ChangeMask{},
		trees:  map[mail.AccountID]bool{},
		ops:    map[mail.AccountID]bool{},
	}
}

// placed notes that a placement was shown in from and is shown in to.
func (c *changes) placed(id mail.PlacementID, from, to mail.MailboxID, mask mail.ChangeMask) {
	if _, known := c.before[id]; !known {
		c.before[id] = from
	}
	c.now[id] = to
	c.mask[id] |= mask
}

func (c *changes) tree(a mail.AccountID)      { c.trees[a] = true }
func (c *changes) waiting(a mail.AccountID)   { c.ops[a] = true }
func (c *changes) body(ids ...mail.MessageID) { c.bodies = append(c.bodies, ids...) }
func (c *changes) note(ch mail.Change)        { c.changed = append(c.changed, ch) }

type changeKey struct {
	mailbox mail.MailboxID
	mask    mail.ChangeMask
}

func (k changeKey) compare(other changeKey) int {
	return cmp.Or(cmp.Compare(k.mailbox, other.mailbox), cmp.Compare(k.mask, other.mask))
}

// list puts all of it into changes, in an order that is the same every time.
func (c *changes) list() []mail.Change {
	added, removed := map[mail.MailboxID][]mail.PlacementID{}, map[mail.MailboxID][]mail.PlacementID{}
	changed := map[changeKey][]mail.PlacementID{}
	counts := map[mail.MailboxID]bool{}
	for _, id := range slices.Sorted(maps.Keys(c.now)) {
		from, to := c.before[id], c.now[id]
		counts[from], counts[to] = true, true
		if from == to {
			k := changeKey{to, c.mask[id]}
			changed[k] = append(changed[k], id)
			continue
		}
		removed[from] = append(removed[from], id)
		added[to] = append(added[to], id)
	}
	list := slices.Clone(c.changed)
	for _, a := range slices.Sorted(maps.Keys(c.trees)) {
		list = append(list, mail.MailboxesChanged{Account: a})
	}
	for _, m := range sortedMailboxes(removed) {
		list = append(list, mail.PlacementsRemoved{Mailbox: m, IDs: removed[m]})
	}
	for _, m := range sortedMailboxes(added) {
		list = append(list, mail.PlacementsAdded{Mailbox: m, IDs: added[m]})
	}
	for _, k := range slices.SortedFunc(maps.Keys(changed), changeKey.compare) {
		if k.mailbox != 0 && k.mask != 0 {
			list = append(list, mail.PlacementsChanged{Mailbox: k.mailbox, IDs: changed[k], Mask: k.mask})
		}
	}
	for _, m := range sortedMailboxes(counts) {
		list = append(list, mail.MailboxChanged{Mailbox: m})
	}
	if len(c.bodies) > 0 {
		list = append(list, mail.BodyArrived{Messages: c.bodies})
	}
	for _, a := range slices.Sorted(maps.Keys(c.ops)) {
		list = append(list, mail.OpsChanged{Account: a})
	}
	return list
}

// sortedMailboxes leaves out 0, which is "not shown".
func sortedMailboxes[V any](m map[mail.MailboxID]V) []mail.MailboxID {
	ids := slices.Sorted(maps.Keys(m))
	if len(ids) > 0 && ids[0] == 0 {
		ids = ids[1:]
	}
	return ids
}
