package mail

// AccountID names an account for good: eight letters and digits chosen when it
// is added, the key of everything the account owns. It is not its address,
// which may change.
type AccountID string

// Row ids of the store. They are never used again after a deletion, and never
// mixed: each is a type of its own.
type (
	MailboxID   int64
	MessageID   int64 // a message: its bytes, immutable
	PlacementID int64 // a message in a mailbox; the id that people see
	OpID        int64
)

// Words of the wire.
type (
	UID         uint32 // RFC 9051 2.3.1.1
	UIDValidity uint32 // RFC 9051 2.3.1.1
	ModSeq      uint64 // RFC 7162 3.1
	UIDL        string // RFC 1939 7
)

// UIDRange is the UIDs from First to Last, both included; Last 0 means
// without end.
type UIDRange struct{ First, Last UID }

// Has reports whether the range holds u.
func (r UIDRange) Has(u UID) bool { return u >= r.First && (r.Last == 0 || u <= r.Last) }
