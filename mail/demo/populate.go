package demo

import (
	"math/rand/v2"
	"slices"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/demo/host"
	"postrider/mail/demo/sample"
)

// roles are the mailboxes that every IMAP account has.
var roles = []struct {
	name string
	role mail.Role
}{
	{"Drafts", mail.RoleDrafts}, {"Sent", mail.RoleSent}, {"Archive", mail.RoleArchive}, {"Junk", mail.RoleJunk}, {"Trash", mail.RoleTrash},
}

// correspondence is the mailbox that Options.Huge fills.
const correspondence = "Correspondence"

// populate adds the users and the mail that they have by now.
func (w *World) populate(now time.Time) {
	for _, r := range residents {
		address := w.set.Person(r.key).Address
		u := w.host.AddUser(address, goodPassword, address)
		w.users[r.key] = u
		if r.protocol == accounts.IMAP {
			for _, box := range roles {
				u.Create(box.name, box.role)
			}
		}
	}
	// Oldest first, as the mail came in: UIDs and message numbers grow with time.
	letters := slices.Clone(w.set.Letters)
	slices.SortStableFunc(letters, func(a, b *sample.Letter) int { return a.Date.Compare(b.Date) })
	for _, l := range letters {
		w.users[l.Account].Deliver(l.Mailbox, posted(l))
	}
	w.addCrowd(now)
}

func posted(l *sample.Letter) host.Mail {
	return host.Mail{Key: l.ID, Date: l.Date, Flags: l.Flags, Content: l.Raw}
}

func (w *World) addCrowd(now time.Time) {
	if w.options.Huge <= 0 {
		return
	}
	first := residents[0].key
	crowd := sample.NewCrowd(sample.Options{Now: now, Seed: w.options.Seed}, w.set.Person(first), w.options.Huge)
	rng := rand.New(rand.NewPCG(w.options.Seed, 0))
	for i := range w.options.Huge {
		w.users[first].Deliver(correspondence, host.Mail{
			Date: crowd.Date(i), Flags: crowdFlags(rng, w.options.Huge-i), Content: func() []byte { return crowd.Raw(i) },
		})
	}
}

// crowdFlags leaves some of the newest unread; age counts from 1, the newest.
func crowdFlags(rng *rand.Rand, age int) mail.Flags {
	flags := mail.Bits(mail.Seen)
	if age <= 400 && rng.IntN(age) < 12 {
		flags = mail.Flags{}
	}
	switch rng.IntN(40) {
	case 0:
		return flags.Union(mail.Bits(mail.Flagged))
	case 1, 2, 3:
		return flags.Union(mail.Bits(mail.Answered | mail.Seen))
	}
	return flags
}
