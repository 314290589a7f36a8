// Package client puts the rooms together: the accounts file, the keyring, the
// store, and a worker with the right driver for each account. The window and
// the command line are two faces of one Client, and know nothing below it.
//
// It only wires. What a change means is the store's business, when to speak
// with a server the engine's, and how the drivers'. A Client that may write is
// the only one of its data folder; a reading one works beside it.
//
// Its methods may be called from any goroutine. Errors are *mail.Error.
package client
