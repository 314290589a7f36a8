package store

import (
	"slices"
	"testing"

	"postrider/mail"
)

// TestUIDSetHasWhatItsRangesHave, in whatever order a server writes them.
func TestUIDSetHasWhatItsRangesHave(t *testing.T) {
	for _, ranges := range [][]mail.UIDRange{
		nil,
		{{First: 5, Last: 5}},
		{{First: 9, Last: 12}, {First: 1, Last: 3}, {First: 5, Last: 5}},
		{{First: 1, Last: 20}, {First: 3, Last: 4}, {First: 8, Last: 30}},
		{{First: 10}, {First: 2, Last: 3}, {First: 15, Last: 16}},
		{{First: 4, Last: 4}, {First: 4, Last: 4}, {First: 4, Last: 6}},
	} {
		set := newUIDSet(ranges)
		for u := mail.UID(1); u < 40; u++ {
			want := slices.ContainsFunc(ranges, func(r mail.UIDRange) bool { return r.Has(u) })
			if set.has(u) != want {
				t.Errorf("%v has %d: %v", ranges, u, !want)
			}
		}
	}
}
