// Package host is the demo's mail host: users whose mail lives in memory, and
// the IMAP, POP3 and SMTP servers, on loopback, that serve it. It behaves as
// the RFCs say, with several clients at once, so that Postrider meets in the
// demo what it meets in real life. Only package demo and tests use it.
package host
