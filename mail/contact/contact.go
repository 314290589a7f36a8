// Package contact reads and writes address books: people and groups of people that
// mail can go to, as vCards of any version (RFC 6350, RFC 2426, vCard 2.1).
//
// It keeps names and mail addresses and nothing else of a card. Cards come from
// strangers: what cannot be read is left out, and everything is bounded.
package contact

import (
	"slices"
	"strings"

	"postrider/mail/message"
)

// Contact is somebody, or a group.
type Contact struct {
	UID       string   // "" where the card has none
	Name      string   // "" where it has none
	Addresses []string // whom mail goes to, the preferred first
	Group     bool     // it has members, and no addresses of its own
	Members   []string // of a group: UIDs, or addresses
}

// Merge puts more contacts to those that are there. One with the UID of another
// takes its place; of two people who share an address one is made, with the later
// name; of two groups of a name one is made. added and changed count them.
func Merge(have, more []Contact) (all []Contact, added, changed int) {
	all = slices.Clone(have)
	index := map[string]int{}
	for i, c := range all {
		note(index, c, i)
	}
	for _, c := range more {
		i := find(index, c)
		switch {
		case i < 0:
			i = len(all)
			all = append(all, c)
			added++
		default:
			next := join(all[i], c)
			if !same(next, all[i]) {
				changed++
			}
			all[i] = next
		}
		note(index, all[i], i)
	}
	return all, added, changed
}

// keys are what a contact is known by.
func keys(c Contact) (list []string) {
	if c.UID != "" {
		list = append(list, "uid "+c.UID)
	}
	if c.Group {
		return append(list, "group "+strings.ToLower(c.Name))
	}
	for _, a := range c.Addresses {
		list = append(list, "address "+Key(a))
	}
	return list
}

func note(index map[string]int, c Contact, at int) {
	for _, k := range keys(c) {
		if _, taken := index[k]; !taken {
			index[k] = at
		}
	}
}

func find(index map[string]int, c Contact) int {
	for _, k := range keys(c) {
		if i, ok := index[k]; ok {
			return i
		}
	}
	return -1
}

// join makes one of two that are the same.
func join(old, new Contact) Contact {
	if new.UID == "" || old.UID != "" && new.UID != old.UID {
		new.UID = old.UID
	}
	if new.Name == "" {
		new.Name = old.Name
	}
	for _, a := range old.Addresses {
		if !slices.ContainsFunc(new.Addresses, func(b string) bool { return Key(a) == Key(b) }) {
			new.Addresses = append(slices.Clone(new.Addresses), a)
		}
	}
	return new
}

func same(a, b Contact) bool {
	return a.UID == b.UID && a.Name == b.Name && a.Group == b.Group && slices.Equal(a.Addresses, b.Addresses) && slices.Equal(a.Members, b.Members)
}

// Key is what an address is told apart by.
func Key(address string) string { return strings.ToLower(message.WireAddress(address)) }

// Circle is a group with the people whom it means.
type Circle struct {
	Name   string
	People []message.Address
}

// People are all addresses of an address book, and the groups with at least one
// member who has one. Members are looked for by UID; each is in a group once, by
// the address that the card prefers.
func People(book []Contact) (people []message.Address, groups []Circle) {
	byUID := map[string]Contact{}
	byAddress := map[string]string{}
	for _, c := range book {
		if c.Group {
			continue
		}
		if _, taken := byUID[c.UID]; c.UID != "" && !taken {
			byUID[c.UID] = c
		}
		for _, a := range c.Addresses {
			people = append(people, message.Address{Name: c.Name, Addr: a})
			byAddress[Key(a)] = c.Name
		}
	}
	for _, c := range book {
		if !c.Group {
			continue
		}
		if list := members(c, byUID, byAddress); len(list) > 0 {
			groups = append(groups, Circle{c.Name, list})
		}
	}
	return people, groups
}

func members(group Contact, byUID map[string]Contact, names map[string]string) (list []message.Address) {
	there := map[string]bool{}
	for _, m := range group.Members {
		a := message.Address{Addr: m, Name: names[Key(m)]}
		if c, ok := byUID[m]; ok {
			if len(c.Addresses) == 0 {
				continue
			}
			a = message.Address{Name: c.Name, Addr: c.Addresses[0]}
		}
		if key := Key(a.Addr); !there[key] && message.CheckAddress(a.Addr) == nil {
			there[key] = true
			list = append(list, a)
		}
	}
	return list
}
