package vm

import (
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/html"
	"postrider/mail/message"
)

// BodyState is how far the text of a message has come.
type BodyState uint8

// The states.
const (
	BodyUnread   BodyState = iota // nobody wanted it yet
	BodyReading                   // being read from this computer
	BodyFetching                  // on its way from the server; the snippet stands in for it
	BodyHere
	BodyAway // it cannot be had just now: Err and Detail say why
)

// Card is one message of a conversation in the reader.
type Card struct {
	ID     mail.PlacementID
	Row    client.Row
	Open   bool // else it is one line: From, Snippet, Date
	Unread bool
	Star   bool
	Draft  bool

	From     Person
	To       string // "to me, Tomasz Brandt"; everybody is in All
	Snippet  string
	Date     string // "Tue 3 March, 09:12" if it stands alone, else "Mon 16:40"
	FullDate string

	State  BodyState
	Body   *Body  // BodyHere
	Err    string // BodyAway: our sentence
	Detail string // and the server's words

	Custody Custody
	Notices []Notice
	List    *MailingList
	Shown   bool // remote pictures may be fetched

	reader *Reader
	turn   Turn
	remote html.Resolver
}

// Custody says where a message is, in the words of the custody line.
type Custody struct {
	Server string // "On server until 17 March"; "": it is not there
	Here   string // "On this computer"; "": it is not
	Why    string // more, for a tooltip
	Known  bool
}

// MailingList is the mailing list that a message came by.
type MailingList struct {
	ID    string
	Post  string // where to write to all of it
	Web   string // a page or address to leave it by: https
	Mail  string // mailto: address to leave it by
	Click bool   // Web takes a POST and needs no page (RFC 8058)
}

// People are all that a message names, for the head when it is unfolded.
type People struct{ From, Sender, ReplyTo, To, Cc, Bcc []Person }

// All returns all that the message names. Before its text is here, only some
// are known.
func (c *Card) All() People {
	if c.Body == nil {
		return People{From: []Person{c.From}, To: splitPeople(c.reader.roster, c.Row.To), Cc: splitPeople(c.reader.roster, c.Row.Cc)}
	}
	h, r := &c.Body.Header, c.reader.roster
	return People{
		From: r.people(h.From), Sender: r.people(h.Sender), ReplyTo: r.people(h.ReplyTo),
		To: r.people(h.To), Cc: r.people(h.Cc), Bcc: r.people(h.Bcc),
	}
}

// splitPeople reads the addresses of a row, which are written as a header's.
func splitPeople(r *Roster, text string) []Person {
	if text == "" {
		return nil
	}
	m := message.ParseHeader([]byte("To: " + strings.NewReplacer("\r", " ", "\n", " ").Replace(text) + "\r\n\r\n"))
	return r.people(m.To)
}

// set takes a row in.
func (c *Card) set(row client.Row, alone bool) {
	r := c.reader
	c.ID, c.Row = row.ID, row
	c.Unread, c.Star, c.Draft = !row.Flags.Has(mail.Seen), row.Flags.Has(mail.Flagged), row.Flags.Has(mail.Draft) || r.roster.RoleOf(row.Mailbox) == mail.RoleDrafts
	c.From, c.Snippet = r.roster.person(row.FromName, row.FromAddr), row.Snippet
	now := r.desk.Now()
	c.Date, c.FullDate = r.desk.Style.Medium(row.Date, now), r.desk.Style.Full(row.Date.In(now.Location()))
	if alone {
		c.Date = r.desk.Style.Head(row.Date, now)
	}
	c.address()
	if !c.Custody.Known {
		c.Custody = c.guess()
	}
}

// address makes what the head says from what is known by now.
func (c *Card) address() {
	all := c.All()
	c.To = addressees(all.To, all.Cc)
	if c.To == "" && len(all.Bcc) > 0 {
		c.To = addressees(all.Bcc, nil)
	}
	c.Notices = c.draftNotice()
	if c.Body == nil {
		return
	}
	if len(all.From) > 0 {
		c.From = all.From[0]
	}
	c.List = listOf(&c.Body.Header)
	c.Notices = append(c.Notices, c.Body.notices(c.From, c.Shown)...)
	c.doubt()
}

// Several reports whether an answer to all would go to more people than one to
// the sender.
func (c *Card) Several() bool {
	all := c.All()
	others := map[string]bool{}
	for _, list := range [][]Person{all.From, all.To, all.Cc} {
		for _, p := range list {
			if !p.Mine {
				others[strings.ToLower(p.Addr)] = true
			}
		}
	}
	return len(others) > 1
}

func listOf(h *message.Header) *MailingList {
	if h.ListID == "" && h.ListPost == "" && len(h.ListUnsubscribe) == 0 {
		return nil
	}
	l := &MailingList{ID: h.ListID, Post: h.ListPost}
	for _, link := range h.ListUnsubscribe {
		switch {
		case l.Web == "" && strings.HasPrefix(strings.ToLower(link), "https://"):
			l.Web = link
		case l.Mail == "" && strings.HasPrefix(strings.ToLower(link), "mailto:"):
			l.Mail = link
		}
	}
	l.Click = h.OneClick && l.Web != ""
	return l
}

// guess is the custody line by the row alone.
func (c *Card) guess() Custody {
	k := Custody{}
	if c.Row.UID != 0 {
		k.Server = "On server"
	}
	if c.Row.Here {
		k.Here = "On this computer"
	}
	return k
}

// custodyOf puts what the client says of a message into the custody line.
func (r *Reader) custodyOf(k client.Custody) Custody {
	now := r.desk.Now()
	line := Custody{Why: k.Reason, Known: true}
	if k.Here {
		line.Here = "On this computer"
	}
	switch {
	case !k.Server:
	case k.Leaves.IsZero():
		line.Server = "On server"
	case !k.Leaves.After(now):
		line.Server = "Leaves the server with the next check"
	case k.Leaves.Sub(now) < 24*time.Hour:
		line.Server = "On server until " + r.desk.Style.Coming(k.Leaves, now) + ", " + r.desk.Style.Clock(k.Leaves.In(now.Location()))
	default:
		line.Server = "On server until " + r.desk.Style.LongDay(k.Leaves.In(now.Location()), now)
	}
	return line
}

// Pictures gives the page what it may show: what came with the message, and
// what is remote where the person allowed it. Any goroutine may use it.
func (c *Card) Pictures() html.Resolver {
	p := pictures{body: c.Body}
	if c.Shown && c.remote != nil && c.Body != nil {
		p.remote, p.never = c.remote, map[string]bool{}
		if c.Body.Page != nil {
			for _, r := range c.Body.Page.Remote {
				p.never[r.URL] = p.never[r.URL] || r.Tracks
			}
		}
	}
	return p
}

type pictures struct {
	body   *Body
	remote html.Resolver   // nil: nothing remote is allowed
	never  map[string]bool // what only tracks
}

func (p pictures) Resolve(ref string) ([]byte, html.State) {
	switch {
	case p.body == nil:
		return nil, html.Missing
	case html.IsRemote(ref) && p.remote != nil && !p.never[strings.TrimSpace(ref)]:
		return p.remote.Resolve(ref)
	}
	return p.body.Resolve(ref)
}
