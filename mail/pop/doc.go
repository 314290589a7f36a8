// Package pop is the engine's driver for POP3 accounts (RFC 1939, 2449): it
// takes mail from a maildrop into the account's local folders, and takes away
// from the server what the account's policy lets go.
//
// This computer is where the mail of such an account lives, so the order of
// things is the whole point. A message and its name in the ledger become durable
// in one step; only what the ledger has may be deleted on the server, by a
// session that has seen this very message: it downloaded it, or its header or
// bytes are those that lie here. What was deleted is believed to be gone when
// the server has confirmed QUIT, and else when it lists it no more.
//
// A message is known by its UIDL and size. Where servers give no UIDL, give it
// twice, or give all messages new ones, it is known by its header (TOP) and, in
// any case before it is stored, by its bytes: nothing comes twice, and nothing
// is taken for another.
//
// A session locks the maildrop for everybody else (RFC 1939 4), so each pull has
// one of its own and ends it; the connection that Connect made serves the first.
//
// mail/client puts the package to use; the command line asks [Leaves] what it
// will do.
package pop
