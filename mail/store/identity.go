package store

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"postrider/mail"
)

// identityOf is what two placements of one message in an account have in
// common before its bytes are known: Message-ID, size, the Date header, subject
// and sender. UIDs change (RFC 9051 2.3.1.1), and a server's INTERNALDATE does
// not survive every copy; these do.
func identityOf(account mail.AccountID, l light, size int64) []byte {
	h := sha256.New()
	for _, s := range []string{string(account), l.messageID, l.subject, l.fromAddr} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	var n [16]byte
	binary.BigEndian.PutUint64(n[:8], uint64(size))
	binary.BigEndian.PutUint64(n[8:], uint64(l.header))
	h.Write(n[:])
	return h.Sum(nil)[:16]
}

// named reports that a message's headers tell it from others like it. Without a
// Message-ID and a Date one notice of a machine is as good as the next.
func (l light) named() bool { return l.messageID != "" || l.header != 0 }

// earliest is when mail began; a Date header before it is no date.
var earliest = time.Date(1971, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// sortDate is the date that lists sort by, in Unix seconds: the Date header
// where it makes sense (not before mail existed, not more than a day after the
// message was received), else when it was received. It is one that a Stamp can
// hold, whatever a server says.
func sortDate(header, received int64) int64 {
	if header < earliest || header > received+24*3600 {
		header = received
	}
	return max(earliest, min(header, latest))
}

// latest is what 32 bits hold, in 2106.
const latest = 1<<32 - 1

// reidentify is identityOf for a message whose bytes are here, in an account it
// comes to.
func (t *Tx) reidentify(id mail.MessageID, account mail.AccountID) ([]byte, error) {
	var l light
	var size int64
	_, err := t.get([]any{&l.messageID, &l.subject, &l.fromAddr, &l.header, &size},
		`SELECT message_id, subject, from_addr, header_date, size FROM message WHERE id = ?`, id)
	return identityOf(account, l, size), err
}
