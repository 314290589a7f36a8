package sample

import (
	"io/fs"
	netmail "net/mail"
	"strings"

	"postrider/mail"
)

// Person is a name and an address.
type Person struct{ Name, Address string }

// domain is what stands after the at sign.
func (p Person) domain() string {
	_, domain, _ := strings.Cut(p.Address, "@")
	return domain
}

// people are those of people.txt, by their short names.
type people map[string]Person

// readPeople reads lines of "short = Name <address>"; "#" starts a remark.
func readPeople(fsys fs.FS) (people, error) {
	text, err := fs.ReadFile(fsys, "people.txt")
	if err != nil {
		return nil, mail.Wrap(mail.KindBug, opRead, err)
	}
	book := people{}
	for _, line := range strings.Split(string(text), "\n") {
		short, full, ok := strings.Cut(line, "=")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if book[strings.TrimSpace(short)], err = parsePerson(full); err != nil {
			return nil, err
		}
	}
	return book, nil
}

func parsePerson(s string) (Person, error) {
	a, err := netmail.ParseAddress(strings.TrimSpace(s))
	if err != nil {
		return Person{}, mail.Errorf(mail.KindBug, opRead, "%q is nobody's address: %w", strings.TrimSpace(s), err)
	}
	return Person{a.Name, a.Address}, nil
}

// find reads a list of short names and addresses, parted by ";".
func (b people) find(value string) (list []Person, err error) {
	for _, one := range strings.Split(value, ";") {
		one = strings.TrimSpace(one)
		if one == "" {
			continue
		}
		p, ok := b[one]
		if !ok {
			if p, err = parsePerson(one); err != nil {
				return nil, err
			}
		}
		list = append(list, p)
	}
	return list, nil
}
