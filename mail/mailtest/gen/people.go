package gen

import (
	"fmt"
	"strings"
)

type person struct{ name, addr string }

var domains = strings.Fields("example.com example.net mail.example.com corp.example uni.example.edu isp.example.net")

// population returns everybody who writes in English: each first name with
// each last one.
func population() []person {
	var first, last []string
	for _, l := range locales {
		if l.charset != "us-ascii" {
			continue
		}
		for _, name := range l.names {
			f, rest, _ := strings.Cut(name, "_")
			first, last = append(first, f), append(last, rest)
		}
	}
	var all []person
	for _, f := range first {
		for i, l := range last {
			addr := strings.ToLower(f+"."+l) + "@" + domains[i%len(domains)]
			all = append(all, person{f + " " + l, addr})
		}
	}
	return all
}

// sender is who wrote message i.
func (p *Plan) sender(i int) person {
	if f := p.folderOf(i); f == "Sent" || f == "Drafts" {
		return p.me
	}
	r := p.random(i, saltSender)
	if l := p.locale(i); l.words != nil || l.charset == "utf-8" {
		name := l.names[r.IntN(len(l.names))]
		addr := fmt.Sprintf("user%d@%s", r.IntN(40), domains[r.IntN(len(domains))])
		return person{strings.ReplaceAll(name, "_", " "), addr}
	}
	// Some people write far more than others.
	u := r.Float64()
	return p.people[int(u*u*float64(len(p.people)))]
}

func (p *Plan) messageID(i int) string {
	r := p.random(i, saltID)
	return fmt.Sprintf("<%x.%08x@%s>", p.slots[i].date, r.Uint32(), domains[r.IntN(len(domains))])
}

// references are the Message-IDs of up to 20 ancestors, the oldest first.
func (p *Plan) references(i int) []string {
	var ids []string
	for k := int(p.slots[i].parent); k >= 0 && len(ids) < 20; k = int(p.slots[k].parent) {
		ids = append([]string{p.messageID(k)}, ids...)
	}
	return ids
}
