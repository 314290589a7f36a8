// Package engine runs one worker an account: it connects, carries waiting
// operations out, pulls what is new, waits for news, and starts again after
// whatever went wrong, with patience that fits the cause.
//
// It owns the [Driver] interface; the protocols implement it and are put
// together with the store by mail/client. A worker is the only user of its
// driver and of its account's Mirror. What it does it says as
// [mail.AccountStatus] on the store's feed.
package engine
