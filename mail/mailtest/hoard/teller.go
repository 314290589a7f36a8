package hoard

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest/gen"
	"postrider/mail/message"
)

// tellers tell messages: a few thousand real ones again and again.
type tellers struct {
	stories []story
	of      int // messages in all
	now     time.Time
}

// story is what is told again.
type story struct {
	from, to, cc string
	subject      string
	text         string
	id, refs     []string // to be told apart each time
	flags        mail.Flags
	attached     bool
}

// repertoire is how many stories there are.
const repertoire = 30_000

func newTellers(of int) *tellers {
	n := min(of, repertoire)
	plan := gen.New(gen.Options{N: max(n, 1)})
	t := &tellers{of: max(of, 1), now: time.Now()}
	for i := range n {
		t.stories = append(t.stories, storyOf(plan.Message(i)))
	}
	return t
}

func storyOf(g gen.Message) story {
	m := message.ParseBytes(gen.CRLF(g.Raw))
	s := story{
		from: addresses(m.From), to: addresses(m.To), cc: addresses(m.Cc), subject: m.Subject, text: m.Snippet(),
		id: []string{m.MessageID}, refs: m.References, attached: len(m.Attachments()) > 0,
	}
	for _, r := range g.Letters {
		s.flags = s.flags.Union(mail.FlagsOf(map[rune]string{'S': `\Seen`, 'F': `\Flagged`, 'R': `\Answered`, 'D': `\Draft`}[r]))
	}
	return s
}

func addresses(list []message.Address) string {
	var all []string
	for _, a := range list {
		all = append(all, a.String())
	}
	return strings.Join(all, ", ")
}

// told is a message.
type told struct {
	raw   []byte
	date  time.Time
	flags mail.Flags
}

// tell tells message i of a hoard, which is in the mailbox of s.
func (t *tellers) tell(i int, s share) told {
	st := t.stories[i%len(t.stories)]
	round := i / len(t.stories)
	date := t.now.Add(-span + time.Duration(float64(span)*t.place(i))).Truncate(time.Second)
	var b strings.Builder
	header := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	header("From", st.from)
	header("To", st.to)
	header("Cc", st.cc)
	header("Subject", st.subject)
	header("Date", date.Format(time.RFC1123Z))
	header("Message-ID", again(st.id, round, i))
	if len(st.refs) > 0 {
		header("References", again(st.refs, round, -1))
	}
	if st.attached {
		header("Content-Type", `multipart/mixed; boundary="part"`)
		b.WriteString("\r\n--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + st.text +
			"\r\n--part\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"report.pdf\"\r\n\r\n%PDF\r\n--part--\r\n")
	} else {
		header("Content-Type", "text/plain; charset=utf-8")
		b.WriteString("\r\n" + st.text + "\r\n")
	}
	flags := st.flags
	if round%8 != 7 { // most of what is old was read
		flags = flags.Union(mail.Bits(mail.Seen))
	}
	return told{[]byte(b.String()), date, flags}
}

// place spreads message i over the years, 0 to 1, so that neighbours of a
// conversation stay near each other and every mailbox has all years.
func (t *tellers) place(i int) float64 {
	n := len(t.stories)
	h := fnv.New32a()
	fmt.Fprint(h, i)
	rounds := float64(t.of)/float64(n) + 1
	round, at := float64(i/n), float64(i%n)/float64(n)
	noise := float64(h.Sum32()) / (1 << 32) / float64(n)
	shift := round / rounds
	whole := at + shift
	if whole >= 1 {
		whole--
	}
	return min(whole+noise, 1)
}

// again tells message ids apart by the round.
func again(ids []string, round, i int) string {
	var all []string
	for _, id := range ids {
		if id == "" {
			if i < 0 {
				continue
			}
			id = fmt.Sprintf("none-%d@hoard.example", i)
		}
		all = append(all, fmt.Sprintf("<%d.%s>", round, id))
	}
	return strings.Join(all, " ")
}

func uidl(uid mail.UID) mail.UIDL { return mail.UIDL(fmt.Sprintf("hoard-%08d", uid)) }
