// Package enginetest is a mail server in memory with a driver for it, so that
// the engine and the store can be tested with a server that does exactly what
// the test says: it tells UIDs or does not, loses the connection before or
// after any step, and serves rival clients meanwhile.
//
// Only tests use it. A Server may be used by any number of goroutines; a Driver
// belongs to one, as every engine.Driver does.
package enginetest
