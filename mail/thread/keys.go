package thread

import (
	"slices"
	"strings"
	"unicode"
)

const (
	// MaxRefs is how many references of a message count: of a longer list its
	// beginning, where the conversation began, and its end, the nearest.
	MaxRefs = 100
	// keepFirst of them are from the beginning.
	keepFirst = 10
	// maxID is the longest id in bytes, a line of RFC 5322 2.1.1.
	maxID = 998
)

// Keys reads the three header fields (RFC 5322 3.6.4) that tie a message to
// others: its own id, "" if there is none, and the ids it refers to, oldest
// first, each once, never its own, at most MaxRefs. Ids come without angle
// brackets and with their case, which counts.
//
// What strangers write there is taken as it is meant: ids without brackets,
// folded in the middle, or none at all. An In-Reply-To that is a sentence
// counts only where it ends with an id, as it may hold an address.
func Keys(messageID, inReplyTo, references string) (id string, refs []string) {
	if ids := parseIDs(messageID); len(ids) > 0 {
		id = ids[0]
	}
	found := append(parseIDs(references), parseReply(inReplyTo)...)
	seen := map[string]bool{id: true}
	for _, ref := range found {
		if !seen[ref] {
			seen[ref] = true
			refs = append(refs, ref)
		}
	}
	if over := len(refs) - MaxRefs; over > 0 {
		refs = slices.Delete(refs, keepFirst, keepFirst+over)
	}
	return id, refs
}

// parseIDs returns the ids in angle brackets, or, where there are none, the
// bare words that look like one.
func parseIDs(field string) []string {
	if !strings.Contains(field, "<") {
		return bareIDs(field)
	}
	var ids []string
	for {
		_, rest, found := strings.Cut(field, "<")
		if !found {
			return ids
		}
		inner, after, closed := strings.Cut(rest, ">")
		if !closed {
			return ids
		}
		// "<<id>" and "<cut <id>": the last opening one counts.
		inner = inner[strings.LastIndexByte(inner, '<')+1:]
		if id := cleanID(inner); id != "" {
			ids = append(ids, id)
		}
		field = after
	}
}

func bareIDs(field string) []string {
	var ids []string
	for word := range strings.FieldsFuncSeq(field, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '>' }) {
		if id := cleanID(word); id != "" && strings.Contains(id, "@") {
			ids = append(ids, id)
		}
	}
	return ids
}

// parseReply reads In-Reply-To, which in old mail is a sentence (RFC 822
// 4.6.2): "Your message of Monday <id@host>", but also "Message from Ada
// <ada@host> of Monday".
func parseReply(field string) []string {
	outside := strings.TrimSpace(removeBracketed(field))
	if outside == "" || !strings.Contains(field, "<") {
		return parseIDs(field)
	}
	ids := parseIDs(field)
	if len(ids) != 1 || !strings.HasSuffix(strings.TrimSpace(field), ">") {
		return nil
	}
	return ids
}

func removeBracketed(field string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(field, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, field, _ = strings.Cut(rest, ">")
	}
}

// cleanID takes white space and control characters out, and returns "" for
// what names nothing.
func cleanID(id string) string {
	id = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, id)
	if len(id) > maxID || strings.Trim(id, "@.<>-") == "" {
		return ""
	}
	return id
}
