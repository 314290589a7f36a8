package vm

import (
	"postrider/mail/html"
	"postrider/mail/message"
)

// FileNotices are the bars above the message of a file, whose page is nil where it
// has none. Nothing can be done about them: what is blocked stays so.
func (r *Roster) FileNotices(m *message.Message, page *html.Document) []Notice {
	b := &Body{Header: m.Header, Page: page, Warnings: m.Warnings}
	var from Person
	if people := r.people(m.From); len(people) > 0 {
		from = people[0]
	}
	from.Mine = false // anybody can write the person's name into a file
	return b.notices(from, false)
}
