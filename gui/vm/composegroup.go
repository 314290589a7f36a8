package vm

import (
	"slices"
	"strings"

	"postrider/mail/message"
)

// Several are recipients beside each other that one chip stands for: one person, or
// a group that came in together.
type Several struct {
	First int // in the field
	List  []Recipient
	Group string // "" for one person
}

// Runs puts the recipients of a field into what chips stand for.
func Runs(list []Recipient) (runs []Several) {
	for i, r := range list {
		if n := len(runs); r.Group != "" && n > 0 && runs[n-1].Group == r.Group {
			runs[n-1].List = list[runs[n-1].First : i+1]
			continue
		}
		runs = append(runs, Several{First: i, List: list[i : i+1], Group: r.Group})
	}
	return runs
}

// Text is the recipients as they would be typed (RFC 5322 3.4).
func (s Several) Text() string {
	var all []string
	for _, r := range s.List {
		all = append(all, r.Typed())
	}
	if s.Group == "" {
		return strings.Join(all, ", ")
	}
	return s.Group + ": " + strings.Join(all, ", ") + ";"
}

// Typed is a recipient as it would be typed: what separates recipients stands in
// quotes.
func (r Recipient) Typed() string {
	if r.Addr != "" && strings.ContainsAny(r.Name, `,;:<>"`) {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(r.Name) + `" <` + r.Addr + ">"
	}
	return r.String()
}

// AddGroup takes a group in, each of its members once in all fields.
func (w *Composition) AddGroup(f Field, name string, members []message.Address) bool {
	var list []message.Listed
	for _, m := range members {
		list = append(list, message.Listed{Address: m, Group: name})
	}
	return w.addListed(f, list)
}

// Ungroup makes single people of a group's members from first on.
func (w *Composition) Ungroup(f Field, first, n int) {
	field := w.field(f)
	*field = slices.Clone(*field)
	for i := first; i < min(first+n, len(*field)); i++ {
		(*field)[i].Group = ""
	}
	w.touch()
}

// RemoveRun takes n recipients out, and returns them.
func (w *Composition) RemoveRun(f Field, first, n int) []Recipient {
	field := w.field(f)
	if first < 0 || n <= 0 || first+n > len(*field) {
		return nil
	}
	gone := slices.Clone((*field)[first : first+n])
	*field = slices.Delete(slices.Clone(*field), first, first+n)
	w.touch()
	return gone
}

// MoveRun puts n recipients into another field.
func (w *Composition) MoveRun(from Field, first, n int, to Field) {
	list := w.RemoveRun(from, first, n)
	field := w.field(to)
	*field = slices.Concat(*field, list)
	w.touch()
}

// groups are the names of groups, with who came in with them.
func (w *Composition) groups() map[string][]message.Address {
	groups := map[string][]message.Address{}
	for _, r := range w.everybody() {
		if r.Group != "" && r.Why == "" {
			groups[r.Group] = append(groups[r.Group], r.Address)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	return groups
}

// regroup puts recipients into their groups again.
func (w *Composition) regroup(groups map[string][]message.Address) {
	if len(groups) == 0 {
		return
	}
	of := map[string]string{}
	for name, members := range groups {
		for _, m := range members {
			of[addressKey(m)] = name
		}
	}
	for _, field := range []*[]Recipient{&w.To, &w.Cc, &w.Bcc} {
		for i := range *field {
			r := &(*field)[i]
			if name, ok := of[addressKey(r.Address)]; ok && r.Addr != "" {
				r.Group = name
			}
		}
	}
}
