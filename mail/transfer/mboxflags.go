package transfer

import (
	"bytes"
	"strconv"
	"strings"

	"postrider/mail"
)

// mboxFlags reads the header fields in which mbox programs keep flags; they
// stay in the message as they are. Status and X-Status are those of mutt, Pine
// and Dovecot, X-Keywords of the last two.
func mboxFlags(header []byte) mail.Flags {
	var f mail.Flags
	for line := range bytes.Lines(header) {
		name, value, ok := strings.Cut(string(line), ":")
		if !ok || len(name) < len("Status") {
			continue
		}
		if read := flagFields[strings.ToLower(name)]; read != nil {
			f = f.Union(read(strings.TrimSpace(value)))
		}
	}
	return f
}

var flagFields = map[string]func(string) mail.Flags{
	"status":           func(v string) mail.Flags { return letterFlags(v, "R", mail.Seen) },
	"x-status":         xStatusFlags,
	"x-keywords":       func(v string) mail.Flags { return mail.FlagsOf(strings.Fields(v)...) },
	"x-mozilla-status": mozillaFlags,
	"x-mozilla-keys":   func(v string) mail.Flags { return mail.FlagsOf(strings.Fields(v)...) },
	"x-gmail-labels":   gmailFlags,
}

func letterFlags(value, letter string, flag mail.System) mail.Flags {
	if strings.Contains(value, letter) {
		return mail.Bits(flag)
	}
	return mail.Flags{}
}

func xStatusFlags(value string) mail.Flags {
	var f mail.Flags
	for letter, flag := range map[string]mail.System{"A": mail.Answered, "F": mail.Flagged, "T": mail.Draft, "D": mail.Deleted} {
		f = f.Union(letterFlags(value, letter, flag))
	}
	return f
}

// mozillaFlags reads the hexadecimal bits of nsMsgMessageFlags. Expunged is
// what waits for "compact folder": deleted, and still in the file.
func mozillaFlags(value string) mail.Flags {
	bits, err := strconv.ParseUint(value, 16, 32)
	if err != nil {
		return mail.Flags{}
	}
	var f mail.System
	for bit, flag := range map[uint64]mail.System{
		0x0001: mail.Seen, 0x0002: mail.Answered, 0x0004: mail.Flagged, 0x0008: mail.Deleted, 0x1000: mail.Forwarded,
	} {
		if bits&bit != 0 {
			f |= flag
		}
	}
	return mail.Bits(f)
}

// gmailFlags reads the labels of a Google Takeout, which are translated; only
// the English ones are known.
func gmailFlags(value string) mail.Flags {
	var f mail.System
	for label := range strings.SplitSeq(value, ",") {
		switch strings.Trim(label, ` "`) {
		case "Opened":
			f |= mail.Seen
		case "Starred":
			f |= mail.Flagged
		case "Drafts":
			f |= mail.Draft
		}
	}
	return mail.Bits(f)
}
