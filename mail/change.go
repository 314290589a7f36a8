package mail

import "time"

// Change is one thing that a commit changed, for whoever shows it. Sealed.
type Change interface{ change() }

// ChangeMask says what about a placement changed.
type ChangeMask uint8

const (
	ChangedFlags   ChangeMask = 1 << iota
	ChangedMessage            // headers, size, snippet: what a row shows
)

type (
	// PlacementsAdded: these are new in Mailbox, or were moved there.
	PlacementsAdded struct {
		Mailbox MailboxID
		IDs     []PlacementID
	}
	// PlacementsChanged: these are still where they were.
	PlacementsChanged struct {
		Mailbox MailboxID
		IDs     []PlacementID
		Mask    ChangeMask
	}
	// PlacementsRemoved: these are not in Mailbox any more.
	PlacementsRemoved struct {
		Mailbox MailboxID
		IDs     []PlacementID
	}
	// MailboxChanged: the counts of a mailbox.
	MailboxChanged struct{ Mailbox MailboxID }
	// MailboxesChanged: the tree of an account.
	MailboxesChanged struct{ Account AccountID }
	// BodyArrived: the bytes of these messages are here now.
	BodyArrived struct{ Messages []MessageID }
	// OpsChanged: the waiting operations of an account.
	OpsChanged struct{ Account AccountID }
	// OpFailed: the server refused an operation, and its effect was taken back.
	OpFailed struct {
		Account AccountID
		Op      OpID
		Err     *Error
	}
	// AccountStatus: what the worker of an account is doing.
	AccountStatus struct {
		Account AccountID
		Status  Status
	}
	// Gap: the subscriber was too slow; everything up to UpTo must be read anew.
	Gap struct{ UpTo uint64 }
)

func (PlacementsAdded) change()   {}
func (PlacementsChanged) change() {}
func (PlacementsRemoved) change() {}
func (MailboxChanged) change()    {}
func (MailboxesChanged) change()  {}
func (BodyArrived) change()       {}
func (OpsChanged) change()        {}
func (OpFailed) change()          {}
func (AccountStatus) change()     {}
func (Gap) change()               {}

// Batch is what one commit changed. Seq rises by one a batch.
type Batch struct {
	Seq     uint64
	Changes []Change
}

// Phase is what an account's worker does.
type Phase string

const (
	PhaseIdle    Phase = "idle"    // in step with the server
	PhaseSyncing Phase = "syncing" // bringing both sides together
	PhaseOffline Phase = "offline" // no connection; will try again
	PhaseStopped Phase = "stopped" // needs the person: sign-in, certificate, disk
)

// Status is what an account's worker says of itself.
type Status struct {
	Phase    Phase
	Since    time.Time
	Doing    string // "Inbox", while syncing
	Done     int    // messages so far
	Of       int    // messages in all, 0 unknown
	Bytes    int64  // bytes received so far
	LastSync time.Time
	Retry    time.Time // when it tries again, zero if it does not
	Err      *Error
}
