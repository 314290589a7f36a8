// Package mailtest gives tests and benchmarks a real mail server and the means
// to make its life, and the client's, hard: as net/http/httptest is to
// net/http. Only tests, and the commands below this package, may import it.
//
//   - [Dovecot] is a private IMAP and POP3 server with its own users and
//     certificates; it ends with the test, and with the test process.
//   - [Submission] is an SMTP server that keeps what it accepts, and fails
//     where the recipient's name asks for it.
//   - [Proxy] sits before any server, counts, and breaks connections by rule.
//   - [Script] plays the server of a written transcript, for odd servers.
//   - [DrainIMAP] and [DrainPOP3] fetch everything and throw it away: the
//     limit that a client's speed is measured against.
//   - [Measure] runs a program and tells its time, CPU and memory.
//
// Package gen below it makes the mail. Everything listens on 127.0.0.1 only,
// and any number of tests and packages may use it side by side.
package mailtest
