package contact

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/emersion/go-vcard"

	"postrider/mail"
	"postrider/mail/message"
)

// What is read of a file at most.
const (
	maxFile      = 256 << 20 // octets: pictures make cards large
	maxContacts  = 100_000
	maxAddresses = 100    // of one
	maxMembers   = 10_000 // of a group
	maxName      = 500    // octets
)

// Read reads vCards to the end of r, one after the other. left counts those that
// have no address and no members, or cannot be read. Kind input where there is no
// card at all.
func Read(r io.Reader) (list []Contact, left int, err error) {
	cards := &cards{lines: newLines(io.LimitReader(r, maxFile))}
	circles := map[string]*Contact{} // of the categories, by name
	for len(list) < maxContacts {
		text, ok := cards.next()
		if !ok {
			break
		}
		card, err := vcard.NewDecoder(strings.NewReader(text)).Decode()
		if err != nil {
			left++
			continue
		}
		c := contactOf(card)
		if len(c.Addresses) == 0 && (!c.Group || len(c.Members) == 0) {
			left++
			continue
		}
		list = append(list, c)
		categorise(circles, card, c)
	}
	if err := cards.lines.err; err != nil {
		return nil, 0, mail.Wrap(mail.KindDisk, opRead, err)
	}
	if len(list)+left == 0 {
		return nil, 0, mail.Errorf(mail.KindInput, opRead, "this is no vCard: no contact is in it")
	}
	return append(list, ordered(circles)...), left, nil
}

const opRead = "read the contacts"

// contactOf takes out of a card what mail needs.
func contactOf(card vcard.Card) Contact {
	c := Contact{UID: uid(value(card, "UID")), Name: name(card)}
	kind := strings.ToLower(cmp.Or(value(card, "KIND"), value(card, "X-ADDRESSBOOKSERVER-KIND")))
	if c.Group = kind == "group"; c.Group {
		for _, f := range slices.Concat(card["MEMBER"], card["X-ADDRESSBOOKSERVER-MEMBER"]) {
			if m := member(f.Value); m != "" && len(c.Members) < maxMembers {
				c.Members = append(c.Members, m)
			}
		}
		return c
	}
	fields := slices.Clone(card["EMAIL"])
	slices.SortStableFunc(fields, func(a, b *vcard.Field) int { return rank(a) - rank(b) })
	for _, f := range fields {
		addr := clean(strings.TrimPrefix(f.Value, "mailto:"))
		if message.CheckAddress(addr) == nil && len(c.Addresses) < maxAddresses && !slices.ContainsFunc(c.Addresses, func(b string) bool { return Key(b) == Key(addr) }) {
			c.Addresses = append(c.Addresses, addr)
		}
	}
	return c
}

// rank is how far behind the preferred address one comes: by PREF of RFC 6350, and
// TYPE=PREF of the versions before.
func rank(f *vcard.Field) int {
	if n, err := strconv.Atoi(f.Params.Get("PREF")); err == nil && n >= 1 && n <= 100 {
		return n
	}
	if f.Params.HasType("pref") {
		return 1
	}
	return 101
}

// name is what the person is called: as the card shows it, or made of its parts.
func name(card vcard.Card) string {
	if fn := value(card, "FN"); fn != "" {
		return fn
	}
	parts := strings.Split(value(card, "N"), ";") // family; given; middle; before; after
	var words []string
	for _, i := range []int{3, 1, 2, 0, 4} {
		if i < len(parts) && strings.TrimSpace(parts[i]) != "" {
			words = append(words, strings.TrimSpace(parts[i]))
		}
	}
	if len(words) > 0 {
		return strings.Join(words, " ")
	}
	org, _, _ := strings.Cut(value(card, "ORG"), ";")
	return cmp.Or(value(card, "NICKNAME"), org)
}

func value(card vcard.Card, key string) string {
	if f := card.Get(key); f != nil {
		return clean(f.Value)
	}
	return ""
}

// clean makes one line of a value, with nothing in it that cannot be seen.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ReplaceAll(s, `\;`, ";"))
	s = strings.Join(strings.Fields(s), " ")
	for len(s) > maxName {
		s = strings.ToValidUTF8(s[:maxName], "")
	}
	return s
}

// uid is a UID without what may stand before it, as members name it.
func uid(s string) string { return strings.TrimPrefix(strings.ToLower(s), "urn:uuid:") }

// member is a UID or an address.
func member(s string) string {
	s = clean(s)
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		return s[7:]
	}
	return uid(s)
}

// categorise notes in which groups a card puts somebody. Those that every contact
// of a service is in, or that are marks, are none.
func categorise(circles map[string]*Contact, card vcard.Card, c Contact) {
	if c.Group {
		return
	}
	for _, f := range card["CATEGORIES"] {
		for category := range strings.SplitSeq(f.Value, ",") {
			name := clean(category)
			switch key := strings.ToLower(name); {
			case key == "", key == "mycontacts", key == "starred", key == "friends of friends":
			case circles[key] == nil && len(circles) < maxMembers:
				circles[key] = &Contact{Name: name, Group: true, Members: []string{c.Addresses[0]}}
			case circles[key] != nil && len(circles[key].Members) < maxMembers:
				circles[key].Members = append(circles[key].Members, c.Addresses[0])
			}
		}
	}
}

func ordered(circles map[string]*Contact) (list []Contact) {
	for _, c := range circles {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Contact) int { return strings.Compare(a.Name, b.Name) })
	return list
}
