package query

import (
	"sync"

	"golang.org/x/text/unicode/norm"
)

// settledRunes are the characters of European text that Segment leaves as they
// are, whatever stands beside them: most mail is made of these alone.
var settledRunes = sync.OnceValue(func() *[0x2100]bool {
	var table [0x2100]bool
	for r := rune(0); r < rune(len(table)); r++ {
		s := string(r)
		table[r] = norm.NFKC.String(s) == s && norm.NFKC.PropertiesString(s).BoundaryBefore() && plain(r) == r && !isUnspaced(r)
	}
	return &table
})

// settled reports that Segment(text) is text, at a glance; false says nothing.
func settled(text string) bool {
	table := settledRunes()
	for _, r := range text {
		if r >= rune(len(table)) || !table[r] {
			return false
		}
	}
	return true
}
