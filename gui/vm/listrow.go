package vm

import (
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// ListRow is what a row of the list shows. It is comparable.
type ListRow struct {
	ID        mail.PlacementID
	Loading   bool       // nothing is known but the id and, if that is not 0, the date
	Row       client.Row // the message, or the newest of the conversation
	Who       string     // "Ines Moreau", "Ines, Tomasz, me", "To Ada"
	Date      time.Time
	Count     int  // messages of the conversation; 1 for one alone
	More      bool // there are more than Count
	Unread    bool
	Starred   bool
	Attached  bool
	Answered  bool
	Forwarded bool
	Draft     bool
	Kept      Keeping
}

// Keeping is where the bytes of a message are.
type Keeping uint8

// The places.
const (
	KeptNowhere Keeping = iota // on its way, or lost
	OnServer
	OnComputer
	OnBoth
)

func timeOf(s client.Stamp, zone *time.Location) time.Time {
	return time.Unix(int64(s), 0).In(zone)
}

func (l *List) lines(list []client.Gathered) []ListRow {
	lines := make([]ListRow, len(list))
	for i, g := range list {
		lines[i] = l.line(g)
	}
	return lines
}

// longest is how many messages of a conversation are counted.
const longest = 500

func (l *List) line(g client.Gathered) ListRow {
	return ListRow{
		ID: g.ID, Row: g.Row, Who: l.who(g), Date: g.Date.In(l.zone()), Count: g.Messages, More: g.Messages >= longest,
		Unread: g.Unread > 0, Starred: g.Starred, Attached: g.Attached,
		Answered: g.Flags.Has(mail.Answered), Forwarded: g.Flags.Has(mail.Forwarded), Draft: g.Flags.Has(mail.Draft) || g.Role == mail.RoleDrafts,
		Kept: keeping(g.Row),
	}
}

func keeping(r client.Row) Keeping {
	switch {
	case r.Server && r.Here:
		return OnBoth
	case r.Server:
		return OnServer
	case r.Here:
		return OnComputer
	}
	return KeptNowhere
}

// who says whom a row is from or, of what the person wrote, to.
func (l *List) who(g client.Gathered) string {
	if len(g.Writers) > 1 {
		return l.writers(g.Writers)
	}
	if outgoing(g.Role) {
		if names := recipients(g.To); names != "" {
			return "To " + names
		}
		return "No recipient yet"
	}
	return nameOf(g.FromName, g.FromAddr)
}

func outgoing(role mail.Role) bool {
	return role == mail.RoleSent || role == mail.RoleDrafts || role == mail.RoleOutbox
}

func nameOf(name, addr string) string {
	switch {
	case name != "":
		return name
	case addr != "":
		return addr
	}
	return "Unknown sender"
}

// writers names who takes part in a conversation: the first, and the last two.
func (l *List) writers(list []client.Writer) string {
	var names []string
	for _, w := range list {
		if l.mine(w.Addr) {
			names = append(names, "me")
		} else {
			names = append(names, shortName(nameOf(w.Name, w.Addr)))
		}
	}
	if n := len(names); n > 4 {
		names = []string{names[0], "…", names[n-2], names[n-1]}
	}
	return strings.ReplaceAll(strings.Join(names, ", "), ", …, ", " … ")
}

// shortName is what people call each other: the first word, or what follows
// the comma of "Moreau, Ines". An address keeps what is before the @.
func shortName(name string) string {
	if _, given, turned := strings.Cut(name, ", "); turned && given != "" {
		name = given
	}
	if before, _, addr := strings.Cut(name, "@"); addr && before != "" && !strings.Contains(name, " ") {
		return before
	}
	words := strings.Fields(name)
	if len(words) == 0 {
		return name
	}
	return words[0]
}

// recipients names the first few of a list of addresses as a header writes it.
func recipients(header string) string {
	var names []string
	for _, a := range message.ParseHeader([]byte("To: " + header + "\r\n\r\n")).To {
		names = append(names, nameOf(a.Name, a.Addr))
	}
	if len(names) > 1 {
		for i, n := range names {
			names[i] = shortName(n)
		}
	}
	if len(names) > 4 {
		names = append(names[:3:3], "…")
	}
	return strings.Join(names, ", ")
}
