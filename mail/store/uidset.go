package store

import (
	"cmp"
	"slices"

	"postrider/mail"
)

// uidSet is a set of UIDs: ranges in order and apart, as servers mostly write
// them but need not (RFC 9051 6.4.4).
type uidSet []mail.UIDRange

func newUIDSet(ranges []mail.UIDRange) uidSet {
	sorted := slices.Clone(ranges)
	slices.SortFunc(sorted, func(a, b mail.UIDRange) int { return cmp.Compare(a.First, b.First) })
	var set uidSet
	for _, r := range sorted {
		if n := len(set); n > 0 && set[n-1].Has(r.First) {
			if last := &set[n-1]; r.Last == 0 || last.Last != 0 && r.Last > last.Last {
				last.Last = r.Last
			}
			continue
		}
		set = append(set, r)
	}
	return set
}

func (s uidSet) has(u mail.UID) bool {
	i, exact := slices.BinarySearchFunc(s, u, func(r mail.UIDRange, u mail.UID) int { return cmp.Compare(r.First, u) })
	return exact || i > 0 && s[i-1].Has(u)
}
