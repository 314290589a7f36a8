package message

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
