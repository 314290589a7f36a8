package gen

import (
	"math/rand/v2"
	"strings"
	"time"
)

// Options choose messages of a plan. The zero value of a field is its default.
type Options struct {
	Seed  uint64 // default 1
	N     int    // the plan has messages 0 to N-1
	Skip  int    // leave out the messages before this one
	Span  int    // the dates of this many messages fill ten years; default N
	User  string // local part of the owner's address; default "alice"
	Flat  bool   // put everything into INBOX, for POP3
	Fresh bool   // as just delivered: in new/, without flags
}

func (o Options) withDefaults() Options {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Span == 0 {
		o.Span = o.N
	}
	if o.User == "" {
		o.User = "alice"
	}
	return o
}

// folder is one mailbox of the account; share is its part of all mail, per
// mille.
type folder struct {
	name  string
	share int
}

// account is a person's: a big archive, busy lists, an empty folder, and
// nested folders with names outside ASCII.
var account = []folder{
	{"INBOX", 280}, {"Archive", 300}, {"Sent", 120},
	{"lists/golang-nuts", 120}, {"lists/debian-user", 70}, {"lists/kernel", 30},
	{"Projekte/Übersicht", 20}, {"Kunden/北京", 10},
	{"Junk", 30}, {"Trash", 15}, {"Drafts", 5}, {"Empty", 0},
}

// Mailboxes returns the names of all mailboxes of a plan.
func Mailboxes() []string {
	var names []string
	for _, f := range account {
		names = append(names, f.name)
	}
	return names
}

// kind is what a message is; replies are talk or list.
type kind uint8

const (
	talk   kind = iota // person to person
	list               // mailing list
	news               // HTML newsletter
	notice             // short automatic notice
)

// epoch is the date of message 0; the plan fills the ten years after it.
var epoch = time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)

const tenYears = 10 * 365 * 24 * 3600 // seconds

// slot is what is planned about a message before its text is made.
type slot struct {
	folder uint8
	kind   kind
	parent int32 // the message it answers; -1: starts a thread
	date   int64 // Unix seconds
}

// Plan holds everything about a message that depends on other messages. The
// text itself is made on demand. It may be used by many goroutines at once.
type Plan struct {
	opts   Options
	me     person
	people []person
	words  *vocabulary
	slots  []slot
}

// New makes a plan.
func New(opts Options) *Plan {
	opts = opts.withDefaults()
	p := &Plan{
		opts:   opts,
		me:     person{"Alice Postrider", opts.User + "@example.org"},
		people: population(),
		words:  english(),
		slots:  make([]slot, opts.N),
	}
	p.schedule(rand.New(rand.NewPCG(opts.Seed, 0x706c616e)))
	return p
}

// Len returns the number of messages.
func (p *Plan) Len() int { return p.opts.N }

// schedule fills the slots. Pool 0 holds the recent messages between people
// (INBOX, Archive, Sent and so on); every list has a pool of its own.
func (p *Plan) schedule(r *rand.Rand) {
	step := float64(tenYears) / float64(p.opts.Span)
	pools := make([]pool, len(account))
	for i := range p.slots {
		s := &p.slots[i]
		s.date = epoch.Unix() + int64((float64(i)+r.Float64()*0.9)*step)
		s.folder = drawFolder(r)
		name := account[s.folder].name
		from, chance := 0, 0.38
		switch {
		case strings.HasPrefix(name, "lists/"):
			from, chance = int(s.folder), 0.80
		case name == "Sent":
			chance = 0.70
		case name == "Junk", name == "Drafts":
			chance = 0
		}
		s.parent = pools[from].draw(r, chance)
		s.kind = drawKind(r, s, from != 0)
		if s.kind == talk || s.kind == list {
			pools[from].add(int32(i))
		}
	}
}

func drawFolder(r *rand.Rand) uint8 {
	total := 0
	for _, f := range account {
		total += f.share
	}
	x := r.IntN(total)
	for i, f := range account {
		if x -= f.share; x < 0 {
			return uint8(i)
		}
	}
	return 0
}

func drawKind(r *rand.Rand, s *slot, isList bool) kind {
	name := account[s.folder].name
	switch x := r.Float64(); {
	case isList:
		return list
	case s.parent >= 0 || name == "Sent" || name == "Drafts":
		return talk
	case name == "Junk" || x < 0.42:
		return news
	case x < 0.60:
		return notice
	}
	return talk
}

// pool is the recent messages of a conversation.
type pool []int32

// draw chooses the message that the next one answers, -1 for none; newer ones
// are likelier.
func (p pool) draw(r *rand.Rand, chance float64) int32 {
	if len(p) == 0 || r.Float64() >= chance {
		return -1
	}
	back := int(r.ExpFloat64() * 12)
	if back >= len(p) {
		return -1
	}
	return p[len(p)-1-back]
}

func (p *pool) add(i int32) {
	*p = append(*p, i)
	if len(*p) > 400 {
		*p = append(pool{}, (*p)[200:]...)
	}
}

// random returns message i's own stream; salt parts its uses.
func (p *Plan) random(i int, salt uint64) *rand.Rand {
	return rand.New(rand.NewPCG(p.opts.Seed*0x9e3779b97f4a7c15+salt, uint64(i)))
}

// root is the first message of i's thread.
func (p *Plan) root(i int) int {
	for p.slots[i].parent >= 0 {
		i = int(p.slots[i].parent)
	}
	return i
}

// folderOf is the mailbox of i in the full account, whatever Flat says.
func (p *Plan) folderOf(i int) string { return account[p.slots[i].folder].name }

// when is the date of i in its writer's time zone.
func (p *Plan) when(i int) time.Time {
	zones := []int{0, 3600, 7200, -18000, -28800, 32400, 19800}
	zone := zones[p.random(i, saltZone).IntN(len(zones))]
	return time.Unix(p.slots[i].date, 0).In(time.FixedZone("", zone))
}

// The uses of a message's random streams.
const (
	saltMessage uint64 = iota
	saltLocale
	saltSender
	saltID
	saltSubject
	saltZone
	saltText
	saltBody
	saltHTML
)
