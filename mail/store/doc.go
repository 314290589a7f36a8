// Package store is where all mail lives and everyone meets: SQLite for what is
// known about it, append-only packs for its bytes, FTS5 for its words.
//
// What is shown is base ⊕ operations. The base columns of a placement are what
// the server was last known to say; they are written only by a [Mirror], which
// takes observations ("seen", "vanished", "this is all there is"). Operations
// are what the person did; they are written by [Store.Do] and leave by
// [Store.Settle]. The effective columns are recomputed from both in the same
// transaction that changes either, so that a reader never sees half of it.
//
// Messages to be sent are operations too, of kind send, on messages in the
// account's local Outbox ([Store.Queue], [Store.NextOutgoing], [Store.LastCall],
// [Store.SettleOutgoing]).
//
// Durable means: when a call that stores returns, bytes and rows are on disk
// (pack fsync'd, then the transaction in WAL mode with synchronous=FULL).
// Drivers rely on it: they tell a server only what has returned.
//
// One process writes (a lock file says which), any number read. In the process
// one transaction writes at a time, the person's before the worker's; readers
// have snapshots and wait for nobody. Every commit yields a numbered
// [mail.Batch] of changes for whoever subscribed.
//
// Who may use it: the engine and the drivers (Mirror, tasks), mail/client. SQL
// is nowhere else.
package store
