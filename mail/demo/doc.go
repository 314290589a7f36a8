// Package demo is a small world of mail to try Postrider in: IMAP, POP3 and
// SMTP servers on loopback, with TLS by an authority of their own, filled with
// sample mail of invented people, to whom more is written while it runs. All
// of it is thrown away at the end. Main and the command line start it, tests
// drive it step by step.
package demo
