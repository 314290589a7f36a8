package vm

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/query"
	"postrider/mail/store"
)

// Suggestion is something that a search could go on with.
type Suggestion struct {
	Name  string // "from", "in", "is"
	Value string // "Ines Moreau"
	More  string // what tells it apart: an address, an account

	expr query.Expr // what it adds; nil: it begins an operator
}

// peopleFrom is how many of the newest messages tell who is suggested.
const peopleFrom = 20_000

// readPeople reads who there is to suggest, once.
func (s *Search) readPeople() {
	if s.peopled {
		return
	}
	s.peopled = true
	s.desk.Go(func() {
		var list []store.Correspondent
		err := s.client.Read(context.Background(), func(sn *store.Snapshot) (err error) {
			list, err = sn.Correspondents(peopleFrom)
			return err
		})
		s.desk.Post(func() {
			if err != nil {
				s.peopled = false
				return
			}
			s.people = list
			if s.Active {
				s.suggest()
				s.changed()
			}
		})
	})
}

// Take goes on with a suggestion, in the place of the term that is being typed.
func (s *Search) Take(g Suggestion) {
	s.begin()
	head, _, _ := lastTerm(s.Text)
	if g.expr == nil {
		s.Text = head + g.Name + ":"
		s.suggest()
		s.ask(firstFound)
		return
	}
	s.Chips = append(s.Chips, Chip{g.Name, g.Value, g.expr})
	s.Text, s.Suggestions = head, nil
	s.ask(firstFound)
}

// Narrowed is Take for one of Narrow, which stands beside what was typed.
func (s *Search) Narrowed(g Suggestion) {
	s.Chips = append(s.Chips, Chip{g.Name, g.Value, g.expr})
	s.ask(firstFound)
}

// lastTerm parts a text before the term that is being typed; operator is that
// term's, "" for a word.
func lastTerm(text string) (head, operator, value string) {
	at := strings.LastIndexByte(text, ' ') + 1
	if open := strings.LastIndexByte(text, '"'); strings.Count(text, `"`)%2 == 1 { // within a quoted value
		at = strings.LastIndexByte(text[:open], ' ') + 1
	}
	head, value = text[:at], text[at:]
	if name, rest, ok := strings.Cut(value, ":"); ok && name != "" {
		return head, strings.ToLower(strings.TrimPrefix(name, "-")), strings.Trim(rest, `"`)
	}
	return head, "", value
}

// mostSuggested is how many suggestions there are at most.
const mostSuggested = 7

// suggest finds what the term that is being typed may become.
func (s *Search) suggest() {
	s.Suggestions = nil
	_, operator, value := lastTerm(s.Text)
	value = query.Fold(query.Segment(strings.TrimSpace(value)))
	switch operator {
	case "from", "to", "cc":
		s.suggestPeople(operator, value, mostSuggested)
	case "in":
		s.suggestBoxes(value, mostSuggested)
	case "account":
		s.suggestAccounts(value)
	case "":
		if len([]rune(value)) >= 2 {
			s.suggestWords(value)
			s.suggestPeople("from", value, 3)
			s.suggestBoxes(value, 2)
		}
	default:
		s.suggestValues(operator, value)
	}
	s.Suggestions = s.Suggestions[:min(len(s.Suggestions), mostSuggested)]
}

func (s *Search) suggestPeople(operator, value string, most int) {
	for _, p := range s.people {
		if most == 0 {
			return
		}
		if !begins(p.Name, value) && !begins(p.Addr, value) {
			continue
		}
		most--
		g := Suggestion{Name: operator, Value: cmp.Or(p.Name, p.Addr), expr: query.Text{Field: query.Field(operator), Value: p.Addr}}
		if p.Name != "" {
			g.More = p.Addr
		}
		s.Suggestions = append(s.Suggestions, g)
	}
}

// begins reports whether a word of a name begins with folded text.
func begins(name, with string) bool {
	if with == "" {
		return true
	}
	name = query.Fold(query.Segment(name))
	for i := 0; i < len(name); {
		if strings.HasPrefix(name[i:], with) {
			return true
		}
		next := strings.IndexAny(name[i:], " .@-_")
		if next < 0 {
			return false
		}
		i += next + 1
	}
	return false
}

func (s *Search) suggestBoxes(value string, most int) {
	for _, a := range s.roster.Accounts {
		for _, f := range flat(s.roster.foldersOf(a.ID)) {
			if most == 0 {
				return
			}
			if f.box.ID == 0 || f.box.NoSelect || !begins(f.title, value) {
				continue
			}
			most--
			s.Suggestions = append(s.Suggestions, Suggestion{
				Name: "in", Value: f.title, More: a.Name, expr: query.In{Mailbox: s.roster.tree.FullName(f.box)},
			})
		}
	}
}

func flat(list []*folder) (all []*folder) {
	for _, f := range list {
		all = append(append(all, f), flat(f.below)...)
	}
	return all
}

func (s *Search) suggestAccounts(value string) {
	for _, a := range s.roster.Accounts {
		if begins(a.Name, value) || begins(a.Address, value) {
			s.Suggestions = append(s.Suggestions, Suggestion{Name: "account", Value: a.Name, More: a.Address, expr: query.InAccount{Account: string(a.ID)}})
		}
	}
}

// operatorValues are what operators with few values take.
var operatorValues = []struct {
	name, value string
	expr        query.Expr
}{
	{"is", "unread", query.Is{State: query.Unread}},
	{"is", "starred", query.Is{State: query.Flagged}},
	{"is", "answered", query.Is{State: query.Answered}},
	{"is", "read", query.Is{State: query.Read}},
	{"has", "attachment", query.Has{Thing: query.Attachment}},
	{"after", "7 days ago", query.Dated{Side: query.After, When: query.When{Unit: query.DaysAgo, Count: 7}}},
	{"after", "3 months ago", query.Dated{Side: query.After, When: query.When{Unit: query.MonthsAgo, Count: 3}}},
	{"larger", "5 MB", query.Sized{Larger: true, Bytes: 5_000_000}},
}

// operatorNames begin operators whose values are free.
var operatorNames = []string{"from", "to", "subject", "in", "after", "before", "filename", "larger", "tag"}

func (s *Search) suggestValues(operator, value string) {
	for _, v := range operatorValues {
		if v.name == operator && strings.HasPrefix(v.value, value) {
			s.Suggestions = append(s.Suggestions, Suggestion{Name: v.name, Value: v.value, expr: v.expr})
		}
	}
}

// suggestWords finds operators by their names and values: "att" is has
// attachment.
func (s *Search) suggestWords(value string) {
	for _, v := range operatorValues {
		if strings.HasPrefix(v.value, value) && (v.name == "is" || v.name == "has") || v.name == value {
			s.Suggestions = append(s.Suggestions, Suggestion{Name: v.name, Value: v.value, expr: v.expr})
		}
	}
	for _, name := range operatorNames {
		if strings.HasPrefix(name, value) {
			s.Suggestions = append(s.Suggestions, Suggestion{Name: name})
		}
	}
}

// narrowing finds what would part what was found: an account or a folder that
// holds some of it, a state that some of it has, a kind of file.
func (s *Search) narrowing() {
	s.Narrow = nil
	if len(s.Rows) < 4 {
		return
	}
	add := func(n int, g Suggestion) {
		if n > 0 && n < len(s.Rows) && !s.has(g.expr) {
			s.Narrow = append(s.Narrow, g)
		}
	}
	count := func(fits func(client.Row) bool) (n int) {
		for _, r := range s.Rows {
			if fits(r) {
				n++
			}
		}
		return n
	}
	box, n := most(s.Rows, func(r client.Row) mail.MailboxID { return r.Mailbox })
	if m, ok := s.roster.Mailbox(box); ok {
		a, _ := s.roster.Account(m.Account)
		add(n, Suggestion{Name: "in", Value: s.roster.folderName(box), More: a.Name, expr: query.In{Mailbox: s.roster.tree.FullName(m)}})
	}
	add(count(func(r client.Row) bool { return !r.Flags.Has(mail.Seen) }), Suggestion{Name: "is", Value: "unread", expr: query.Is{State: query.Unread}})
	add(count(func(r client.Row) bool { return r.Flags.Has(mail.Flagged) }), Suggestion{Name: "is", Value: "starred", expr: query.Is{State: query.Flagged}})
	add(count(func(r client.Row) bool { return r.Attachments > 0 }), Suggestion{Name: "has", Value: "attachment", expr: query.Has{Thing: query.Attachment}})
	from, n := most(s.Rows, func(r client.Row) string { return strings.ToLower(r.FromAddr) })
	if n > 1 {
		i := slices.IndexFunc(s.Rows, func(r client.Row) bool { return strings.EqualFold(r.FromAddr, from) })
		add(n, Suggestion{Name: "from", Value: cmp.Or(s.Rows[i].FromName, from), More: from, expr: query.Text{Field: query.From, Value: from}})
	}
	s.Narrow = s.Narrow[:min(len(s.Narrow), 4)]
}

// has reports whether a chip says so already, or is of the same place.
func (s *Search) has(e query.Expr) bool {
	return slices.ContainsFunc(s.Chips, func(c Chip) bool {
		_, in := e.(query.In)
		return query.String(c.expr) == query.String(e) || in && c.Name == "in"
	})
}

// most is what most rows have in common, and how many they are.
func most[K comparable](rows []client.Row, of func(client.Row) K) (best K, n int) {
	counts := map[K]int{}
	for _, r := range rows {
		k := of(r)
		if counts[k]++; counts[k] > n {
			best, n = k, counts[k]
		}
	}
	return best, n
}
