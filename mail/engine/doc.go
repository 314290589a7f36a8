// Package engine runs one worker an account: it connects, carries waiting
// operations out, pulls what is new, waits for news, and starts again after
// whatever went wrong, with patience that fits the cause.
//
// Beside it a [Sender] hands what waits in the Outbox to the outgoing server, in
// its order, and waits for nothing else.
//
// It owns the [Driver] interface, and [Courier] for the way out; the protocols
// implement them and are put together with the store by mail/client. A worker is the only user of its
// driver and of its account's Mirror. What it does it says as
// [mail.AccountStatus] on the store's feed.
package engine
