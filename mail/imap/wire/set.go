package wire

import (
	"slices"
	"strings"

	"postrider/mail"
)

// parseSet reads a set of UIDs or numbers in its order: "1:3,9". A range may be
// reversed (RFC 9051 9, seq-range); "*", 0 and anything else make it invalid.
func parseSet(s string) ([]mail.UIDRange, bool) {
	var set []mail.UIDRange
	for part := range strings.SplitSeq(s, ",") {
		first, last, isRange := strings.Cut(part, ":")
		if !isRange {
			last = first
		}
		a, ok := digits(first)
		b, ok2 := digits(last)
		if !ok || !ok2 || a == 0 || b == 0 {
			return nil, false
		}
		set = append(set, mail.UIDRange{First: mail.UID(min(a, b)), Last: mail.UID(max(a, b))})
	}
	return set, true
}

// sortSet orders a set and joins what touches. go-imap inserts number by
// number; a set in order costs it linear time.
func sortSet(set []mail.UIDRange) []mail.UIDRange {
	slices.SortFunc(set, func(a, b mail.UIDRange) int {
		if a.First != b.First {
			return int(int64(a.First) - int64(b.First))
		}
		return int(int64(a.Last) - int64(b.Last))
	})
	joined := set[:0]
	for _, r := range set {
		if n := len(joined); n > 0 && uint64(r.First) <= uint64(joined[n-1].Last)+1 {
			joined[n-1].Last = max(joined[n-1].Last, r.Last)
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

// formatSet writes a set as IMAP does.
func formatSet(set []mail.UIDRange) string {
	var b []byte
	for i, r := range set {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendUID(b, r.First)
		if r.Last != r.First {
			b = appendUID(append(b, ':'), r.Last)
		}
	}
	return string(b)
}
