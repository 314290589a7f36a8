// Package message turns the bytes of a mail into their meaning: headers,
// addresses, the tree of MIME parts, the text people should see and the names
// of what is attached.
//
// It refuses nothing. A third of the odd mail in circulation breaks the rules
// of RFC 5322 and RFC 2045 in some way, and a mail client that cannot show a
// message has lost it. So every reader in here is tolerant, takes the most
// useful reading of what it finds, and notes in Message.Warnings where a cap
// or a trick made it give up part of the meaning. The bytes stay the truth:
// every Part knows its range in them.
//
// A parse is one pass over the stream in flat memory: a line buffer, the
// headers and the decoded text parts, all of them capped (limits.go).
// Attachments are passed over undecoded; Part.Decode reads them later.
//
// What is shown of a header is safe to print: decoded values hold no control
// characters and no bidi overrides, an address is the addr-spec that stands
// in the header and never one that an encoded word spells, and a name does
// not pose as another address.
//
// It writes mail too (Draft), by the rules it does not ask of others: 7-bit,
// folded, nothing of this computer in it.
//
// Anybody may use the package: it is pure, opens nothing and imports only
// goldmark (Markdown),
// mail and golang.org/x. A Message is for one goroutine at a time.
package message
