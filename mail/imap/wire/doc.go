// Package wire is the connection that stands between an IMAP server and
// go-imap's client. It implements net.Conn, reads each response of the server
// once, and hands on what go-imap's strict parser accepts:
//
//   - what servers get wrong in known ways is repaired (a quoted flag, a NIL
//     where a list belongs, a bare ampersand in a mailbox name);
//   - what go-imap does not know is taken out and given to the functions in
//     [Options] (VANISHED, Gmail's and OBJECTID's FETCH items, response codes);
//   - what makes no sense is left out, and where leaving it out could pass for
//     an answer ("these messages exist"), the command ends in NO [X-GARBLED];
//   - what destroys the framing ends the connection, with an error of kind
//     garbled.
//
// Message bodies stream through unchanged. Every wait has a deadline, every
// line, literal, list and depth a cap.
//
// Before go-imap takes over, the package reads the greeting, upgrades to TLS
// and signs in (Greet, StartTLS, Login, Enable, Compress); go-imap then sees a
// greeting that says so. Where connections and TLS policy come from is the
// business of mail/dial.
//
// A Conn is used like any net.Conn: one goroutine reads, one writes. Greet and
// the other methods with a context come first, from one goroutine. Err,
// Explain, Stats and Bind may be called from anywhere.
//
// Two things about go-imap's client that its callers need to know. When the
// connection breaks within a body, reading the body returns an error, and then
// the client must be left alone until its Closed channel is closed: its decoder
// and FetchCommand.Close would read at the same time. And a response that is
// repaired may hold fewer items than were asked for: that no FLAGS came is not
// the same as no flags, which FetchCommand.Collect cannot tell apart.
package wire
