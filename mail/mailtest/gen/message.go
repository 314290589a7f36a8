package gen

import (
	"bytes"
	"math"
	"math/rand/v2"
	"time"
)

// Message is one finished message.
type Message struct {
	Raw     []byte // with LF line ends; see CRLF
	Mailbox string
	Letters string // Maildir flag letters, sorted
	Date    time.Time
	Probes  []string // the probe words that its text contains
}

// probeWords are put into every mod-th message, the rest-th of them, where the
// charset can say them.
var probeWords = []struct {
	text string
	mod  int
	rest int
}{
	{"quillfern", 10, 3},
	{"brasswick", 100, 41},
	{"tamarrlock", 1000, 707},
	{"zyxollith", 10000, 4242},
	{"copper lantern meeting", 250, 9},
	{"Übergrößenträger", 50, 17},
	{"прожектор", 20, 5},
	{"特別招待", 20, 6},
}

func (p *Plan) probes(i int) []string {
	var out []string
	l := p.locale(i)
	for _, w := range probeWords {
		if i%w.mod == w.rest && l.canSay(w.text) {
			out = append(out, w.text)
		}
	}
	return out
}

// Message makes message i.
func (p *Plan) Message(i int) Message { return p.make(i, p.probes(i)) }

// make draws everything about message i in a fixed order from one stream: a
// draw more or less anywhere changes all that follows.
func (p *Plan) make(i int, probes []string) Message {
	d := &draft{Plan: p, slot: p.slots[i], i: i, r: p.random(i, saltMessage), l: p.locale(i), probes: probes}
	d.address()
	body := d.attach(d.content())
	raw := spoil(d.r, append(d.header(body), body.body...))
	m := Message{Raw: raw, Mailbox: p.folderOf(i), Date: time.Unix(d.date, 0), Probes: probes}
	if p.opts.Flat {
		m.Mailbox = "INBOX"
	}
	if m.Letters = d.letters(); p.opts.Fresh {
		m.Letters = ""
	}
	return m
}

// draft is a message in the making.
type draft struct {
	*Plan
	slot
	i        int
	r        *rand.Rand
	l        *locale
	from, to person
	probes   []string
}

func (d *draft) address() {
	d.from, d.to = d.sender(d.i), d.me
	if d.from != d.me {
		return
	}
	d.to = d.people[d.r.IntN(len(d.people))]
	if d.parent >= 0 {
		d.to = d.sender(int(d.parent))
	}
}

// letters are the flags: old mail is mostly read.
func (d *draft) letters() string {
	switch d.folderOf(d.i) {
	case "Drafts":
		return "DS"
	case "Sent":
		return "S"
	}
	letters := ""
	if d.r.IntN(40) == 0 {
		letters += "F"
	}
	age := float64(d.opts.N-d.i) / float64(d.opts.N)
	if d.r.Float64() >= 0.93-0.5*math.Exp(-age*60) {
		return letters
	}
	if d.kind == talk && d.r.IntN(4) == 0 {
		letters += "R"
	}
	return letters + "S"
}

// spoil breaks about one message in 150 the way real mail is broken. The probe
// words stay readable.
func spoil(r *rand.Rand, raw []byte) []byte {
	date := bytes.Index(raw, []byte("\nDate: "))
	switch r.IntN(600) {
	case 0: // the last boundary got lost
		if i := bytes.LastIndex(raw, []byte("\n--=_")); i > 0 && bytes.HasSuffix(raw, []byte("--\n")) {
			return raw[:i+1]
		}
	case 1: // no Date
		if date > 0 {
			end := date + 1 + bytes.IndexByte(raw[date+1:], '\n')
			return append(raw[:date:date], raw[end:]...)
		}
	case 2: // raw 8-bit bytes in the header
		return append([]byte("X-Comment: caf\xe9 gr\xfc\xdfe\n"), raw...)
	case 3: // a Date nobody can read
		if date > 0 {
			copy(raw[date+7:], "Xxx")
		}
	}
	return raw
}
