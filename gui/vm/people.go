package vm

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"postrider/mail/message"
	"postrider/mail/phrase"
)

// Person is somebody in the head of a message.
type Person struct {
	Name string // "" where only an address is known
	Addr string
	Mine bool // it is the person who reads
}

// Label is the shortest thing to call somebody: "me", a name, or an address.
func (p Person) Label() string {
	switch {
	case p.Mine:
		return "me"
	case p.Name != "":
		return p.Name
	}
	return p.Addr
}

// Initials are one or two letters to stand for somebody.
func (p Person) Initials() string {
	words := strings.FieldsFunc(p.Name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if len(words) == 0 {
		words = []string{strings.TrimLeft(p.Addr, `"'.-_+`)}
	}
	if len(words) > 1 {
		words = []string{words[0], words[len(words)-1]}
	}
	out := ""
	for _, w := range words {
		r, size := utf8.DecodeRuneInString(w)
		if size == 0 {
			continue
		}
		out += strings.ToUpper(string(r))
		if r >= 0x2e80 { // scripts in which one character is enough
			break
		}
	}
	return out
}

func (r *Roster) people(list []message.Address) (people []Person) {
	for _, a := range list {
		people = append(people, r.person(a.Name, a.Addr))
	}
	return people
}

func (r *Roster) person(name, addr string) Person {
	return Person{Name: name, Addr: addr, Mine: r.Mine(addr)}
}

// addressees says to whom a message went: "to me, Tomasz Brandt and 3 others".
func addressees(to, cc []Person) string {
	all := append(append([]Person{}, to...), cc...)
	if len(all) == 0 {
		return ""
	}
	var names []string
	for _, p := range all {
		names = append(names, p.Label())
	}
	const most = 3
	if len(names) <= most {
		return "to " + strings.Join(names, ", ")
	}
	return "to " + phrase.Some(names, most)
}
