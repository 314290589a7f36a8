package pop

import (
	"fmt"
	"strings"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/store"
)

// Leaves says when the server's copy of a message goes by the account's policy,
// and why, in a clause for a person. A time that has passed means with the next
// sync; the zero time, that the copy stays, or that there is none. What it says
// is what the driver does.
func Leaves(account *accounts.Account, e store.Entry, now time.Time) (at time.Time, reason string) {
	if !e.Served {
		return time.Time{}, "the server does not have it any more"
	}
	if gmailRecent(account) {
		return time.Time{}, "Gmail's recent mode shows all mail to every program: nothing is deleted there"
	}
	if e.Kept && e.Deleted.IsZero() {
		return time.Time{}, "you want the server to keep it"
	}
	switch account.Keep.Mode {
	case accounts.KeepForever:
		return time.Time{}, "this account leaves all mail on the server"
	case accounts.KeepNone:
		at, reason = e.Taken, "it is safe on this computer, and this account leaves no mail on the server"
	case accounts.KeepDays:
		if !named(e.UIDL) {
			return time.Time{}, "the server gives messages no lasting ids, so that their days cannot be counted"
		}
		at = e.Taken.AddDate(0, 0, account.Keep.Days)
		reason = fmt.Sprintf("%d days after it was safe on this computer", account.Keep.Days)
	default:
		if e.Deleted.IsZero() {
			return time.Time{}, "it stays until it is deleted here"
		}
		at, reason = e.Deleted, "it was deleted here"
	}
	if !e.Sure && !at.After(now) {
		reason += "; the server announced it longer than it came, so it is compared once more before"
	}
	return at, reason
}

// due reports that the server's copy is to go now.
func due(account *accounts.Account, e store.Entry, now time.Time) bool {
	at, _ := Leaves(account, e, now)
	return !at.IsZero() && !at.After(now)
}

// gmailRecent reports an account in Gmail's mode that gives the mail of the
// last 30 days to each client. What one deletes there, all lose, the web too.
func gmailRecent(account *accounts.Account) bool {
	host := strings.ToLower(account.Incoming.Host)
	return strings.HasPrefix(account.Incoming.User, "recent:") && (strings.HasSuffix(host, ".gmail.com") || strings.HasSuffix(host, ".googlemail.com"))
}

// Names that we give to messages for want of the server's. No UIDL has a space.
const (
	byHeader  = "header "
	byContent = "content "
)

// named reports whether a name in the ledger is the server's.
func named(id mail.UIDL) bool { return !strings.Contains(string(id), " ") }
