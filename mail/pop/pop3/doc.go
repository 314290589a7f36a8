// Package pop3 is a POP3 client: the wire and nothing above it (RFC 1939, 2449,
// 2595, 3206, 5034, 6856). Which messages are wanted, kept or deleted is the
// caller's business; so are dialing and the policy for TLS.
//
// It promises:
//
//   - A message is complete only after its final dot line. Whatever cuts it
//     short is an error that wraps [io.ErrUnexpectedEOF], never a short message.
//   - The octets of a message are the server's: only the dots that the protocol
//     added are taken away. Bare CR, bare LF and NUL stay.
//   - No secret goes out before TLS, unless the caller has allowed clear text,
//     and none ends up in an error or the transcript.
//   - Memory is bounded, whatever the server sends, and so is silence: a session
//     without progress ends after [Options.Timeout].
//
// Errors are *mail.Error. After one of kind canceled, offline, unsafe or garbled
// the session is over as a rule, and every later call returns that error; after
// any other kind it goes on. [Client.Over] tells.
//
// APOP (RFC 1939 7) is left out: in clear it gives the password to whoever
// listens and has an hour, and under TLS it adds nothing.
//
// A Client belongs to one goroutine at a time; only Close and Counts may be
// called from any. Ending the ctx of a call ends the session at once.
package pop3
