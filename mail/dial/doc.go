// Package dial opens every connection of Postrider to a server, and decides
// what protection is good enough. Drivers and the tools that probe servers use
// it; nothing else opens sockets.
//
// It promises: no certificate is accepted that the system, the account's own CA
// file or the account's pin does not vouch for; clear text goes to this computer
// only; connecting and the handshake end within their deadlines; an error is a
// *mail.Error with one sentence for a person, of kind offline, unsafe, input or
// canceled. A Conn counts its bytes and can time out on silence.
package dial
