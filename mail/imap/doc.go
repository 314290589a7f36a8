// Package imap is the engine's driver for IMAP accounts (RFC 9051, RFC 3501):
// it mirrors what the server has and carries operations out there.
//
// A pull asks for the folder list with the state of each folder in one round
// trip (RFC 5819) and looks only into folders that changed. In one of them it
// takes the newest two hundred messages first; flags by CONDSTORE (RFC 7162)
// where the server has it and by a scan where not; what vanished from the list
// of all UIDs, asked for only when the numbers do not add up. Bodies stream
// into the store, newest first, a few hundred in one FETCH.
//
// The connection is mail/imap/wire's, which makes odd servers fit for go-imap.
// mail/client puts the package to use; nobody else does.
package imap
