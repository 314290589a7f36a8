package store

import "postrider/mail"

// View is what a list shows: the messages of some mailboxes, each or by
// conversation, in an order.
type View struct {
	Mailboxes     []mail.MailboxID
	Filter        Filter
	Conversations bool // one entry a conversation, its newest message that passes the filter
	Sort          Sort
}

// Sort is an order of a list; the zero value is the newest first.
type Sort struct {
	By      SortKey
	Reverse bool // oldest first, Z first, smallest first
}

// SortKey is what a list is ordered by.
type SortKey string

// Within the same sender, subject or size, the newest comes first.
const (
	ByDate    SortKey = ""
	BySender  SortKey = "sender"  // by name
	BySubject SortKey = "subject" // without Re: and the like
	BySize    SortKey = "size"    // largest first
)

// Spine is the order of a view and no more: what a list needs to know of a
// million messages, in 12 octets each. Its order is that of the dates, oldest
// first, whatever the view says of Reverse; by another key it is the list's own,
// not reversed.
type Spine struct {
	IDs   []mail.PlacementID
	Dates []Stamp
}

// Len is the number of entries.
func (s Spine) Len() int { return len(s.IDs) }

// Stamp is a date as Unix seconds, UTC. 32 bits hold what lists sort by: see
// sortDate. Entries of one stamp are ordered by their ids.
type Stamp uint32

// StampOf makes a Stamp of Unix seconds.
func StampOf(unix int64) Stamp {
	return Stamp(max(0, min(unix, 1<<32-1)))
}

// filterSQL narrows a walk along a mailbox. The first two must name the
// conditions of the partial indexes, word for word.
var filterSQL = map[Filter]string{
	All: "", Unread: " AND p.flags & 1 = 0", Starred: " AND p.flags & 2 <> 0",
	Attached: " AND (SELECT attachments FROM message WHERE id = p.message) > 0",
}

// passes reports whether a message with the flags is in a list with the filter.
func (f Filter) passes(flags mail.System, attachments int) bool {
	switch f {
	case Unread:
		return flags&mail.Seen == 0
	case Starred:
		return flags&mail.Flagged != 0
	case Attached:
		return attachments > 0
	}
	return true
}
