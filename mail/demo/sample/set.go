package sample

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"postrider/mail"
)

// Options say how a set is made.
type Options struct {
	Now  time.Time // dates count back from here, in its location
	Seed uint64    // of all that is drawn: numbers, minutes, pictures
}

// Set is the mail of the demo's world.
type Set struct {
	Letters []*Letter // what is there at the start, as the manuscripts have it
	options Options
	fsys    fs.FS
	people  people
	byID    map[string]*Letter
	scenes  scenes
}

// Load reads people.txt and all manuscripts below mail and arrivals. An error
// is of kind bug: the files are part of the program.
func Load(fsys fs.FS, options Options) (*Set, error) {
	book, err := readPeople(fsys)
	if err != nil {
		return nil, err
	}
	s := &Set{options: options, fsys: fsys, people: book, byID: map[string]*Letter{}}
	for _, dir := range []string{"mail", "arrivals"} {
		stanzas, err := readStanzas(fsys, dir)
		if err != nil {
			return nil, err
		}
		for _, st := range stanzas {
			series, err := s.newSeries(st)
			if err != nil {
				return nil, err
			}
			if dir == "mail" {
				s.Letters = append(s.Letters, series...)
			}
		}
	}
	return s, nil
}

// Find returns the letter with the id, one that arrives later, too; or nil.
func (s *Set) Find(id string) *Letter { return s.byID[id] }

// Person returns somebody of people.txt.
func (s *Set) Person(short string) Person { return s.people[short] }

// newSeries makes the letters of a stanza: one, or as many as Repeat says, "12
// every 7d", the newest first.
func (s *Set) newSeries(st *stanza) (series []*Letter, err error) {
	count, every, err := parseRepeat(st.get("Repeat"))
	if err != nil {
		return nil, st.errorf("%w", err)
	}
	for n := range count {
		date, err := seriesDate(st.get("When"), every, n, s.options.Now)
		if err != nil {
			return nil, st.errorf("%w", err)
		}
		l, err := s.newLetter(st, n, date)
		if err != nil {
			return nil, st.errorf("%w", err)
		}
		if s.byID[l.ID] != nil {
			return nil, st.errorf("the id is used twice")
		}
		s.byID[l.ID] = l
		series = append(series, l)
	}
	return series, nil
}

// seriesDate is when the nth of a series was written.
func seriesDate(newest, every string, n int, now time.Time) (time.Time, error) {
	when, err := parseAge(newest)
	for range n {
		if err == nil {
			err = when.addCalendar(every)
		}
	}
	return when.from(now), err
}

func parseRepeat(spec string) (count int, every string, err error) {
	if spec == "" {
		return 1, "", nil
	}
	number, every, _ := strings.Cut(spec, " every ")
	count, err = strconv.Atoi(number)
	return count, every, err
}

// newLetter makes the nth letter of a stanza.
func (s *Set) newLetter(st *stanza, n int, date time.Time) (*Letter, error) {
	l := &Letter{set: s, source: st, index: n, ID: st.id, Account: accountOf(st.file), Mailbox: "INBOX"}
	if n > 0 {
		l.ID = fmt.Sprintf("%s.%d", st.id, n)
	}
	rng := s.random(l.ID)
	if n > 0 { // nobody writes on the minute every week
		date = date.Add(time.Duration(rng.IntN(50)-25) * time.Minute)
	}
	var err error
	if l.Date, err = zoned(date, st.get("Zone")); err != nil {
		return nil, err
	}
	if box := st.get("Box"); box != "" {
		l.Mailbox = box
	}
	if re := st.get("Re"); re != "" {
		if l.parent = s.byID[re]; l.parent == nil {
			return nil, mail.Errorf(mail.KindBug, opRead, "it answers %q, which does not come before it", re)
		}
	}
	if err := l.fill(rng); err != nil {
		return nil, err
	}
	l.MessageID = messageID(l.ID, l.Date, l.From)
	l.built = sync.OnceValue(l.build)
	return l, l.check()
}

// accountOf names the account of a file: mail/work/inbox.txt has "work".
func accountOf(file string) string {
	dirs := strings.Split(file, "/")
	return dirs[len(dirs)-2]
}

// random returns what is drawn for the name: the same for the same seed.
func (s *Set) random(name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(s.options.Seed, h.Sum64()))
}

// fill works the letter's values out.
func (l *Letter) fill(rng *rand.Rand) (err error) {
	st := l.source
	l.filler = &filler{values: map[string]string{}, date: l.Date, lang: st.get("Lang")}
	for _, spec := range st.all("Set") {
		name, value, _ := strings.Cut(spec, "=")
		l.filler.values[strings.TrimSpace(name)] = strings.TrimSpace(value)
	}
	for _, spec := range st.all("Vary") {
		l.filler.vary(spec, l.index)
	}
	for _, spec := range st.all("Monthly") {
		l.filler.vary(spec, int(l.Date.Month())-1)
	}
	for _, spec := range st.all("Num") {
		if err := l.filler.number(spec, rng); err != nil {
			return err
		}
	}
	if err := l.fillPeople(); err != nil {
		return err
	}
	l.Flags = flagsOf(st, l.index)
	if l.Subject = l.filler.fill(st.get("Subject")); l.Subject == "" && l.parent != nil {
		l.Subject = l.parent.replySubject()
	}
	l.Text = l.text()
	for _, spec := range st.all("Attach") {
		l.Attachments = append(l.Attachments, attachmentName(l.filler.fill(spec)))
	}
	if st.get("Event") != "" {
		l.Attachments = append(l.Attachments, inviteName)
	}
	return l.filler.err
}

func (l *Letter) fillPeople() error {
	from, err := l.set.people.find(l.person("From", l.Account))
	if err != nil {
		return err
	}
	if len(from) != 1 {
		return mail.Errorf(mail.KindBug, opRead, "it has %d senders", len(from))
	}
	l.From = from[0]
	to := l.Account
	if l.me() && l.parent != nil {
		to = ""
		l.To = []Person{l.parent.From}
	}
	if to = l.person("To", to); to != "" {
		if l.To, err = l.set.people.find(to); err != nil {
			return err
		}
	}
	l.Cc, err = l.set.people.find(l.person("Cc", ""))
	return err
}

// person returns a field, with "me" for the owner of the account.
func (l *Letter) person(name, otherwise string) string {
	value := l.filler.fill(l.source.get(name))
	if value == "" {
		return otherwise
	}
	list := strings.Split(value, ";")
	for i, one := range list {
		if strings.TrimSpace(one) == "me" {
			list[i] = l.Account
		}
	}
	return strings.Join(list, ";")
}

// flagsOf reads "unread flagged answered"; the newest of a series, as many as
// Unread says, are unread.
func flagsOf(st *stanza, index int) mail.Flags {
	unread, _ := strconv.Atoi(st.get("Unread")) // "" is none
	flags := mail.Bits(mail.Seen)
	if index < unread {
		flags = mail.Flags{}
	}
	for _, word := range strings.Fields(st.get("Flags")) {
		switch word {
		case "unread":
			flags = flags.Minus(mail.Bits(mail.Seen))
		case "flagged", "answered", "draft":
			flags = flags.Union(mail.FlagsOf(`\` + word))
		default:
			flags = flags.Union(mail.FlagsOf(word))
		}
	}
	return flags
}

func messageID(id string, date time.Time, from Person) string {
	h := fnv.New64a()
	fmt.Fprint(h, id, date.UnixNano())
	return fmt.Sprintf("%s.%x@%s", strings.ReplaceAll(id, " ", ""), h.Sum64(), from.domain())
}
