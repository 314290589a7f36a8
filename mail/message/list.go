package message

import (
	"regexp"
	"strings"
)

// Listed is an address of a list, with the name of the group that it stands in, ""
// for none (RFC 5322 3.4: "Choir: ada@example.org, bo@example.org;").
type Listed struct {
	Address
	Group string
}

// ParseList reads addresses as people paste them: parted by commas, semicolons or
// lines, in groups, with a header field's name or a bullet before them, or with
// nothing between one in angle brackets and the next.
func ParseList(s string) []Listed {
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, l := range lines {
		l = bullet.ReplaceAllString(strings.TrimSpace(l), "")
		lines[i] = unparted.ReplaceAllString(addressField.ReplaceAllString(l, ""), ">,")
	}
	w := newWalker()
	defer w.release()
	p := addressScanner{s: strings.Join(lines, ","), left: w.addrLeft}
	p.named = &[]string{}
	p.scan()
	list := make([]Listed, len(p.list))
	for i, a := range p.list {
		list[i] = Listed{a, (*p.named)[i]}
	}
	return list
}

var (
	bullet       = regexp.MustCompile(`^(?:[•·‣▪*–—-]|\d{1,3}[.)])\s+`)
	addressField = regexp.MustCompile(`(?i)^(?:from|to|cc|bcc|reply-to|von|an|de|à|para):\s+`)
	unparted     = regexp.MustCompile(`>\s+`)
)
