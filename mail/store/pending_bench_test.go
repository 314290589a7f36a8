package store_test

import (
	"testing"

	"postrider/mail"
	"postrider/mail/store"
)

// BenchmarkPending reads what waits after a large mailbox was marked offline.
func BenchmarkPending(b *testing.B) {
	s, _ := copyHoard(b)
	v := hoardViews(b, s)["archive"]
	var ids []mail.PlacementID
	reading(b, s, func(sn *store.Snapshot) error {
		spine, err := sn.Spine(v)
		ids = spine.IDs[max(0, spine.Len()-85_000):]
		return err
	})
	if _, err := s.Do(b.Context(), mail.SetFlags{Targets: ids, Patch: mail.FlagPatch{Add: mail.FlagsOf("waiting")}}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		reading(b, s, func(sn *store.Snapshot) error {
			list, err := sn.Pending("")
			if len(list) != 1 || len(list[0].Targets) != len(ids) {
				b.Fatalf("%d lines wait", len(list))
			}
			return err
		})
	}
}
