package message

import (
	"slices"
	"strings"
	"unicode"
)

// messageID returns the first id in a field, without its angle brackets; where
// there are none, as some servers write it, the first word. Folds and blanks
// within it go; one longer than a line can be is none.
func messageID(raw string) string {
	id, _ := nextID(raw)
	if id == "" {
		word, _, _ := strings.Cut(strings.TrimLeft(raw, " \t\r\n<"), " ")
		id = cleanID(word)
	}
	return id
}

// nextID returns the first id in angle brackets, and what follows it; no rest,
// no more ids.
func nextID(s string) (id, rest string) {
	_, s, ok := strings.Cut(s, "<")
	if !ok {
		return "", ""
	}
	id, rest, ok = strings.Cut(s, ">")
	if !ok {
		return "", ""
	}
	if i := strings.LastIndexByte(id, '<'); i >= 0 {
		id = id[i+1:]
	}
	return cleanID(id), rest
}

// cleanID takes out of an id what cannot be in one; one that is longer than a
// line is none.
func cleanID(id string) string {
	plain := true
	for i := range len(id) {
		plain = plain && id[i] > ' ' && id[i] < 0x7f && id[i] != '<' && id[i] != '>'
	}
	if !plain {
		id = strings.Map(func(r rune) rune {
			if r == '<' || r == '>' || unicode.IsSpace(r) {
				return -1
			}
			return r
		}, cleanLine(validText(id)))
	}
	if len(id) > maxID {
		return ""
	}
	return id
}

// references takes over the ids of the first References field. Of too many, the
// first and the latest stay: they hold a thread together.
func (w *walker) references(h *Header, raw string) {
	if h.References != nil {
		return
	}
	ids := make([]string, 0, strings.Count(raw, "<"))
	if !strings.Contains(raw, "<") {
		for word := range strings.FieldsSeq(raw) {
			ids = append(ids, cleanID(word))
		}
	}
	for raw != "" {
		var id string
		if id, raw = nextID(raw); id != "" {
			ids = append(ids, id)
		}
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	if len(ids) > maxReferences {
		w.msg.warn(WarnReferences)
		ids = slices.Delete(ids, 1, 1+len(ids)-maxReferences)
		ids = slices.Clone(ids)
	}
	if len(ids) > 0 {
		h.References = ids
	}
}

// listID returns the id of a List-Id field (RFC 2919): what stands in its last
// angle brackets.
func listID(raw string) string {
	if i := strings.LastIndexByte(raw, '<'); i >= 0 {
		raw, _, _ = strings.Cut(raw[i+1:], ">")
	}
	return truncate(displayValue(raw), maxID)
}

// links returns the links of a field that RFC 2369 defines, those only that
// can be followed safely: https, and mailto.
func links(raw string) []string {
	var found []string
	for raw != "" && len(found) < 10 {
		var link string
		link, raw = nextID(raw)
		scheme, _, _ := strings.Cut(strings.ToLower(link), ":")
		if scheme == "https" || scheme == "mailto" {
			found = append(found, link)
		}
	}
	return found
}

// listPost returns the address of a List-Post field. "NO" says there is none.
func listPost(raw string) string {
	for _, link := range links(raw) {
		if scheme, addr, _ := strings.Cut(link, ":"); strings.EqualFold(scheme, "mailto") {
			addr, _, _ = strings.Cut(addr, "?")
			return cleanAddr(unpercent(addr))
		}
	}
	return ""
}
