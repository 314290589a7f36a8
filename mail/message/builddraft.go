package message

import (
	"maps"
	"slices"
	"strings"
)

// unfinishedField has a recipient of a draft as somebody typed it, where no address
// can be read from it: an address list would lose it, or make something else of it.
// It is written into drafts alone.
const unfinishedField = "X-Unfinished-"

// recipients writes the addresses of a field, and in a draft what is none yet.
func (d *Draft) recipients(h *headerWriter, name string, list []Address) {
	if !d.Unfinished {
		h.addresses(name, list)
		return
	}
	var sound []Address
	for _, a := range list {
		if a.check() == nil {
			sound = append(sound, a)
		}
	}
	h.addresses(name, sound)
	for _, a := range list {
		if a.check() != nil {
			h.text(unfinishedField+name, a.String())
		}
	}
}

// unfinished are the recipients of a kept draft that are no addresses yet.
func (m *Message) unfinished(name string) (list []Address) {
	for _, typed := range m.Values(unfinishedField + name) {
		list = append(list, Address{Name: typed})
	}
	return list
}

// groups writes the groups of a draft (RFC 5322 3.4).
func (d *Draft) groups(h *headerWriter) {
	for _, name := range slices.Sorted(maps.Keys(d.Groups)) {
		var members []string
		for _, a := range d.Groups[name] {
			members = append(members, WireAddress(a.Addr))
		}
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(headerText(name))
		h.text(unfinishedField+"Group", `"`+quoted+`": `+strings.Join(members, ", ")+";")
	}
}

// grouped are the groups of a kept draft.
func (m *Message) grouped() map[string][]Address {
	groups := map[string][]Address{}
	for _, value := range m.Values(unfinishedField + "Group") {
		for _, l := range ParseList(value) {
			if l.Group != "" {
				groups[l.Group] = append(groups[l.Group], l.Address)
			}
		}
	}
	if len(groups) == 0 {
		return nil
	}
	return groups
}
