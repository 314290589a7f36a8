package message

import "strings"

// Address is one mailbox of an address field. Addr is the addr-spec as it
// stands in the header, what mail would really go to; "" if there is none.
// Name is for showing: it holds no address other than Addr, so that it cannot
// pose as one, and is "" if it would only repeat it.
type Address struct{ Name, Addr string }

// String returns "Name <addr>" for showing; it is no header syntax.
func (a Address) String() string {
	switch {
	case a.Addr == "":
		return a.Name
	case a.Name == "":
		return a.Addr
	}
	return a.Name + " <" + a.Addr + ">"
}

// Label returns the shortest thing to call the mailbox by: its name, or else
// its address.
func (a Address) Label() string {
	if a.Name != "" {
		return a.Name
	}
	return a.Addr
}

// addresses adds those of a raw field to list.
func (w *walker) addresses(list []Address, raw string) []Address {
	p := addressScanner{s: raw, list: list, left: w.addrLeft}
	p.scan()
	w.addrLeft = p.left
	if p.left <= 0 {
		w.msg.warn(WarnAddresses)
	}
	if p.spoof {
		w.msg.warn(WarnSpoof)
	}
	return p.list
}

// addressScanner reads an address list (RFC 5322 3.4) in one go, with all that
// is seen in the field: commas in bare names, semicolons for commas, several
// addresses without any, brackets and quotes that never end. Encoded words are
// decoded only once names and addresses have been told apart.
type addressScanner struct {
	s string
	i int

	phrase  []byte   // words before the address: the name, raw
	bare    []string // words with "@" in them, outside of angle brackets
	angle   string   // the last text in angle brackets
	hasAddr bool     // angle was seen
	comment string

	groups             int  // where the last group ends, -1 if there is none; 0 before anyone asked
	noQuote, noComment bool // one never ended: look for no more

	list  []Address
	left  int
	spoof bool

	group string    // the one that it is in
	named *[]string // the group of each of list, if that is asked for
}

func (p *addressScanner) scan() {
	for p.i < len(p.s) && p.left > 0 {
		switch c := p.s[p.i]; c {
		case '"':
			p.quoted()
		case '(':
			p.commented()
		case '<':
			p.bracketed()
		case ',', ';':
			p.i++
			p.finish(c == ',')
			if c == ';' {
				p.group = ""
			}
		case ':':
			p.i++
			p.begin()
		case ' ', '\t', '\r', '\n', '>', ')':
			p.i++
		default:
			p.atom(p.i)
		}
	}
	p.finish(false)
}

// quoted reads a quoted string: part of a name, or of an address if "@"
// follows.
func (p *addressScanner) quoted() {
	v, n := "", 0
	if !p.noQuote {
		v, n = unquote(p.s[p.i:])
	}
	if n == 0 {
		p.noQuote = true
		p.i++
		return
	}
	start := p.i
	p.i += n
	if p.i < len(p.s) && p.s[p.i] == '@' {
		p.atom(start)
		return
	}
	p.addWord(v)
}

func (p *addressScanner) commented() {
	n := 0
	if !p.noComment {
		n = commentLen(p.s[p.i:])
	}
	if n == 0 {
		p.noComment = true
		p.i++
		return
	}
	p.comment = p.s[p.i+1 : p.i+n-1]
	p.i += n
}

// bracketed reads <addr>. Of several the last counts, which is the one that
// mail servers go by; what stands in the others is no name either.
func (p *addressScanner) bracketed() {
	rest := p.s[p.i+1:]
	end := strings.IndexAny(rest, "<>")
	for end >= 0 && rest[end] == '<' { // <<addr>>
		p.i += end + 1
		rest = rest[end+1:]
		end = strings.IndexAny(rest, "<>")
	}
	if end < 0 {
		end = len(rest)
		if comma := strings.IndexByte(rest, ','); comma >= 0 {
			end = comma
		}
	}
	if p.hasAddr {
		p.spoof = true
	}
	p.angle, p.hasAddr = rest[:end], true
	p.i += 1 + end
}

// begin takes the name of a group off and goes on with its members (RFC 5322
// 3.4). A colon in a list where no semicolon ends a group is a slip of the pen.
func (p *addressScanner) begin() {
	if p.groups == 0 {
		p.groups = strings.LastIndexByte(p.s, ';')
	}
	if !p.hasAddr && p.i <= p.groups {
		p.spoof = p.spoof || len(p.bare) > 0
		if p.named != nil {
			p.group, _ = displayName(string(p.phrase), "")
		}
		p.phrase, p.bare, p.comment = p.phrase[:0], p.bare[:0], ""
	}
}

// atom reads a word that started at start.
func (p *addressScanner) atom(start int) {
	for p.i < len(p.s) && strings.IndexByte(" \t\r\n,;:<>()\"", p.s[p.i]) < 0 {
		if p.s[p.i] == '[' { // a domain literal may hold colons
			if n := strings.IndexByte(p.s[p.i:min(len(p.s), p.i+64)], ']'); n > 0 {
				p.i += n
			}
		}
		p.i++
	}
	word := p.s[start:p.i]
	encoded := strings.HasPrefix(word, "=?") && strings.HasSuffix(word, "?=")
	if at := strings.IndexByte(word, '@'); at > 0 && at < len(word)-1 && !encoded {
		p.bare = append(p.bare, word)
	}
	p.addWord(word)
}

func (p *addressScanner) addWord(word string) {
	if len(p.phrase) > 0 {
		p.phrase = append(p.phrase, ' ')
	}
	p.phrase = append(p.phrase, word...)
}

// finish ends one mailbox. A bare name before a comma may be the first half of
// one: "Doe, Jane <jane@x.test>".
func (p *addressScanner) finish(comma bool) {
	if comma && !p.hasAddr && len(p.bare) == 0 && len(p.phrase) > 0 && p.namedNext() {
		p.phrase = append(p.phrase, ',')
		return
	}
	switch {
	case p.hasAddr:
		p.add(string(p.phrase), bracketAddr(p.angle))
	case len(p.bare) == 1:
		p.add(strings.Replace(string(p.phrase), p.bare[0], "", 1), cleanAddr(p.bare[0]))
	case len(p.bare) > 1:
		for _, addr := range p.bare {
			p.add("", cleanAddr(addr))
		}
	default:
		p.addBroken(string(p.phrase))
	}
	p.phrase, p.bare = p.phrase[:0], p.bare[:0]
	p.angle, p.hasAddr, p.comment = "", false, ""
}

// namedNext reports whether the next entry has angle brackets.
func (p *addressScanner) namedNext() bool {
	rest := p.s[p.i:min(len(p.s), p.i+maxName)]
	end := strings.IndexAny(rest, ",;<@")
	return end >= 0 && rest[end] == '<'
}

// addBroken adds what has no address that can be told: a name alone, or
// "jane @ x.test".
func (p *addressScanner) addBroken(phrase string) {
	if strings.Count(phrase, "@") == 1 && !strings.Contains(phrase, "=?") {
		p.add("", cleanAddr(phrase))
		return
	}
	p.add(phrase, "")
}

func (p *addressScanner) add(phrase, addr string) {
	if phrase == "" || phrase == " " {
		phrase = p.comment
	}
	name, spoof := displayName(phrase, addr)
	p.spoof = p.spoof || spoof
	if name == "" && addr == "" || p.left <= 0 {
		return
	}
	p.left--
	p.list = append(p.list, Address{Name: name, Addr: addr})
	if p.named != nil {
		*p.named = append(*p.named, p.group)
	}
}
