package mail

import "time"

// Op is something a person did to mail: committed to the store with its
// effect at once, carried out on the server when there is one. The set is
// sealed; each op is an intent ("mark these read"), never a state to enforce.
type Op interface{ Kind() OpKind }

// OpKind names an Op in the store and on the command line.
type OpKind string

const (
	OpFlags         OpKind = "flags"
	OpMove          OpKind = "move"
	OpCopy          OpKind = "copy"
	OpExpunge       OpKind = "expunge"
	OpAppend        OpKind = "append"
	OpCreateMailbox OpKind = "create-mailbox"
	OpRenameMailbox OpKind = "rename-mailbox"
	OpDeleteMailbox OpKind = "delete-mailbox"
	OpPopDelete     OpKind = "pop-delete"
	OpSend          OpKind = "send" // made by store.Queue: a message needs more than an Op says
)

type (
	// SetFlags patches the flags of the targets.
	SetFlags struct {
		Targets []PlacementID
		Patch   FlagPatch
	}
	// Move takes the targets to another mailbox, of another account too; they
	// keep their ids.
	Move struct {
		Targets []PlacementID
		To      MailboxID
	}
	// Copy makes new placements of the targets' messages in another mailbox.
	Copy struct {
		Targets []PlacementID
		To      MailboxID
	}
	// Expunge removes the targets for good, from the server too.
	Expunge struct{ Targets []PlacementID }
	// Append puts a message whose bytes are in the store into a mailbox.
	Append struct {
		Mailbox  MailboxID
		Message  MessageID
		Flags    Flags
		Received time.Time
	}
	// CreateMailbox makes a folder; Path is parted by "/".
	CreateMailbox struct {
		Account AccountID
		Path    string
	}
	// RenameMailbox gives a folder, and all below it, another path.
	RenameMailbox struct {
		Mailbox MailboxID
		Path    string
	}
	// DeleteMailbox removes an empty folder.
	DeleteMailbox struct{ Mailbox MailboxID }
)

func (SetFlags) Kind() OpKind      { return OpFlags }
func (Move) Kind() OpKind          { return OpMove }
func (Copy) Kind() OpKind          { return OpCopy }
func (Expunge) Kind() OpKind       { return OpExpunge }
func (Append) Kind() OpKind        { return OpAppend }
func (CreateMailbox) Kind() OpKind { return OpCreateMailbox }
func (RenameMailbox) Kind() OpKind { return OpRenameMailbox }
func (DeleteMailbox) Kind() OpKind { return OpDeleteMailbox }

// OpState is how far a waiting operation has come.
type OpState string

const (
	StatePending  OpState = "pending"  // not begun, or to be tried again
	StateInflight OpState = "inflight" // the server may have it
	StateUnknown  OpState = "unknown"  // the connection ended before the answer; found out, never blindly repeated
	StateFailed   OpState = "failed"   // refused for good: its effect was taken back
)

// Pending is one waiting operation as people see it: all that one act did to
// the messages of one mailbox.
type Pending struct {
	ID        OpID
	Account   AccountID
	Kind      OpKind
	State     OpState
	Attempts  int
	Created   time.Time
	NotBefore time.Time
	Err       *Error
	Targets   []PlacementID

	Act   int64     // what one act of the person did has one number, whatever its kinds
	To    MailboxID // moves and copies: where to; folder operations: which
	Path  string    // folder operations: the path meant
	Patch FlagPatch // flags

	Recipients []Recipient // of a message to be sent
	Scheduled  time.Time   // when the person wants it sent; zero: as soon as possible
}

// Recipient is how far a message has come to one address.
type Recipient struct {
	Address string
	State   RecipientState
	Err     *Error // what the server said, the last time
}

// RecipientState is what became of one address.
type RecipientState string

// The states.
const (
	RecipientWaiting  RecipientState = "waiting"
	RecipientAccepted RecipientState = "accepted" // the server took it for this address
	RecipientRefused  RecipientState = "refused"  // it never will
)
