package vm

import (
	"slices"

	"postrider/mail/phrase"
)

// about says what a conversation is: how long, between how many, and where.
func (r *Reader) about() string {
	var people, boxes []string
	accounts := map[string]bool{}
	name := ""
	for _, c := range r.Cards {
		if !slices.Contains(people, c.Row.FromAddr) {
			people = append(people, c.Row.FromAddr)
		}
		if box := r.roster.folderName(c.Row.Mailbox); !slices.Contains(boxes, box) {
			boxes = append(boxes, box)
		}
		if a, ok := r.roster.Account(c.Row.Account); ok {
			accounts[string(a.ID)] = true
			name = a.Name
		}
	}
	text := phrase.Messages(len(r.Cards)) + " · " + phrase.Things(len(people), "person", "people")
	if len(accounts) > 1 {
		return text + " · " + phrase.Things(len(accounts), "account", "accounts")
	}
	return text + " · " + name + ", " + phrase.Some(boxes, 3)
}
