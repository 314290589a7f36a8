// Package faulttest holds the tests that kill and starve the real program: it
// is built, run against a real Dovecot, and killed at random moments and at
// every system call, or its disk fails, fills up or may not be written.
//
// Whatever happened, after two undisturbed syncs nothing is lost, nothing is
// there twice, nothing was changed or wrongly deleted on the server, and the
// store opens and agrees with itself.
//
// There is nothing here to import. A plain go test tries a sample, the full
// measure takes its flags:
//
//	go test -tags sqlite_fts5 ./mail/cli/faulttest -run Kill -kills 100
//	go test -tags sqlite_fts5 ./mail/cli/faulttest -run Calls -every -timeout 3h
package faulttest
