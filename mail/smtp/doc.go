// Package smtp hands messages over to a submission server (RFC 6409, RFC 8314)
// and says how that ended for each recipient. Courier is what the engine uses;
// Client is the wire below it.
//
// It promises three things. Nothing but EHLO and STARTTLS goes out before TLS,
// and what the server said before is forgotten. Whether a message was accepted
// is known, or said to be unknown: from the moment on in which the end of the
// message may have left this computer, only the server's answer decides, and
// right before that moment the caller is asked once more. And a secret is in no
// transcript and no error.
//
// The wire is our own and not go-smtp's client, which sends recipient after
// recipient and waits for each answer, has no BDAT, puts passwords and whole
// messages into its log, does not let go of a connection when a context ends,
// and cannot be asked before the final dot. The tests talk to go-smtp's server.
//
// For the engine's worker and mail/client. A Client is for one goroutine.
package smtp
