package engine

import (
	"context"

	"postrider/mail/store"
)

// Courier hands messages to the outgoing server of an account, over a
// connection that is signed in. One goroutine uses it at a time.
type Courier interface {
	// Send hands over one message and says how it was taken. last is asked right
	// before the end of the message goes out; if it fails, the end does not go
	// out, and the server has no message. From there on a connection that ends
	// without an answer makes the outcome Unknown, and nothing else does.
	Send(ctx context.Context, out *store.Outgoing, last func() error) store.Handover

	// Spent reports that the connection is of no more use.
	Spent() bool

	// Close says goodbye, briefly, and closes the connection.
	Close() error
}

// ConnectOut opens a connection to the account's outgoing server and signs in.
type ConnectOut func(ctx context.Context) (Courier, error)

// SendReport is what a round of sending did, in messages.
type SendReport struct {
	Sent    int // taken for all recipients
	Failed  int // refused for good, for some or all
	Unknown int // nobody knows
	Waiting int // tried in vain: tried again later
}
