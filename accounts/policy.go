package accounts

import (
	"fmt"
	"strconv"
	"strings"

	"postrider/mail"
)

// maxDays is a century: more days than that is a slip of the hand.
const maxDays = 36500

// KeepMode is the kind of a Keep policy.
type KeepMode uint8

// The kinds; the zero value is the default.
const (
	KeepUntilDeleted KeepMode = iota // deleted there when the person deletes the message here
	KeepForever                      // never deleted there
	KeepDays                         // deleted there Days after it was fetched
	KeepNone                         // deleted there as soon as it is safe here
)

// Keep says what happens to a POP3 server's copy of a fetched message.
type Keep struct {
	Mode KeepMode
	Days int // for KeepDays
}

// ParseKeep reads forever, until-deleted, days:N or none; "" is the default.
func ParseKeep(s string) (Keep, error) {
	switch s {
	case "", "until-deleted":
		return Keep{}, nil
	case "forever":
		return Keep{Mode: KeepForever}, nil
	case "none":
		return Keep{Mode: KeepNone}, nil
	}
	if days, ok := parseDays(s); ok {
		return Keep{Mode: KeepDays, Days: days}, nil
	}
	return Keep{}, mail.Errorf(mail.KindInput, "read the keep policy", "%q is no keep policy: use forever, until-deleted, days:N (1 to %d) or none", s, maxDays)
}

// String is the form that ParseKeep reads.
func (k Keep) String() string {
	switch k.Mode {
	case KeepForever:
		return "forever"
	case KeepNone:
		return "none"
	case KeepDays:
		return formatDays(k.Days)
	}
	return "until-deleted"
}

// IsZero reports whether k is the default.
func (k Keep) IsZero() bool { return k == Keep{} }

// MarshalText makes Keep a string in the accounts file.
func (k Keep) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText is ParseKeep.
func (k *Keep) UnmarshalText(text []byte) (err error) {
	*k, err = ParseKeep(string(text))
	return err
}

// OfflineMode is the kind of an Offline policy.
type OfflineMode uint8

// The kinds; the zero value is the default.
const (
	OfflineAll     OfflineMode = iota // every body
	OfflineDays                       // bodies of the last Days
	OfflineHeaders                    // bodies only when they are read
)

// Offline says whose bodies an IMAP account keeps on this computer.
type Offline struct {
	Mode OfflineMode
	Days int // for OfflineDays
}

// ParseOffline reads all, days:N or headers; "" is the default.
func ParseOffline(s string) (Offline, error) {
	switch s {
	case "", "all":
		return Offline{}, nil
	case "headers":
		return Offline{Mode: OfflineHeaders}, nil
	}
	if days, ok := parseDays(s); ok {
		return Offline{Mode: OfflineDays, Days: days}, nil
	}
	return Offline{}, mail.Errorf(mail.KindInput, "read the offline policy", "%q is no offline policy: use all, days:N (1 to %d) or headers", s, maxDays)
}

// String is the form that ParseOffline reads.
func (o Offline) String() string {
	switch o.Mode {
	case OfflineHeaders:
		return "headers"
	case OfflineDays:
		return formatDays(o.Days)
	}
	return "all"
}

// IsZero reports whether o is the default.
func (o Offline) IsZero() bool { return o == Offline{} }

// MarshalText makes Offline a string in the accounts file.
func (o Offline) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText is ParseOffline.
func (o *Offline) UnmarshalText(text []byte) (err error) {
	*o, err = ParseOffline(string(text))
	return err
}

func parseDays(s string) (int, bool) {
	digits, ok := strings.CutPrefix(s, "days:")
	if !ok {
		return 0, false
	}
	days, err := strconv.ParseUint(digits, 10, 32)
	return int(days), err == nil && days >= 1 && days <= maxDays
}

func formatDays(days int) string { return fmt.Sprintf("days:%d", days) }
