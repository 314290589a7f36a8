package store_test

import (
	"context"
	"flag"
	"testing"

	"postrider/mail"
	"postrider/mail/mailtest/hoard"
	"postrider/mail/store"
)

var hoarded = flag.Int("hoard", 100_000, "how many messages the benchmarks of lists have; they are made once, in the folder for temporary files")

// openHoard opens a hoard for reading.
func openHoard(b *testing.B) *store.Store {
	b.Helper()
	dir, err := hoard.Folder(b.Context(), hoard.Options{Messages: *hoarded})
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(b.Context(), dir, store.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// hoardViews are what a person looks at.
func hoardViews(b *testing.B, s *store.Store) map[string]store.View {
	b.Helper()
	var archive, inboxes, all store.View
	err := s.Read(b.Context(), func(sn *store.Snapshot) error {
		list, err := sn.Mailboxes("")
		for _, m := range list {
			if m.Role == mail.RoleArchive {
				archive.Mailboxes = append(archive.Mailboxes, m.ID)
			}
			if m.Role == mail.RoleInbox {
				inboxes.Mailboxes = append(inboxes.Mailboxes, m.ID)
			}
			all.Mailboxes = append(all.Mailboxes, m.ID)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	grouped := func(v store.View) store.View { v.Conversations = true; return v }
	filtered := func(v store.View, f store.Filter) store.View { v.Filter = f; return v }
	sorted := func(v store.View, by store.SortKey) store.View { v.Sort.By = by; return v }
	return map[string]store.View{
		"archive": archive, "archive-conversations": grouped(archive), "inboxes-conversations": grouped(inboxes),
		"all": all, "all-conversations": grouped(all), "all-unread-conversations": grouped(filtered(all, store.Unread)),
		"all-starred": filtered(all, store.Starred), "archive-attached": filtered(archive, store.Attached), "inboxes-by-sender": sorted(inboxes, store.BySender),
		"archive-by-size": sorted(archive, store.BySize),
	}
}

func reading(b *testing.B, s *store.Store, fn func(*store.Snapshot) error) {
	b.Helper()
	if err := s.Read(b.Context(), fn); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkListTop reads what a list shows at once when it is opened.
func BenchmarkListTop(b *testing.B) {
	s := openHoard(b)
	for name, v := range hoardViews(b, s) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				reading(b, s, func(sn *store.Snapshot) error {
					top, _, err := sn.Top(v, 100)
					if err == nil {
						_, err = sn.Gather(v, top.IDs)
					}
					return err
				})
			}
		})
	}
}

// BenchmarkListSpine reads the order of a whole list.
func BenchmarkListSpine(b *testing.B) {
	s := openHoard(b)
	for name, v := range hoardViews(b, s) {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				reading(b, s, func(sn *store.Snapshot) error {
					spine, err := sn.Spine(v)
					n = spine.Len()
					return err
				})
			}
			b.ReportMetric(float64(n), "entries")
		})
	}
}

// BenchmarkListJump reads the rows of a window somewhere in a list.
func BenchmarkListJump(b *testing.B) {
	s := openHoard(b)
	for _, name := range []string{"all", "all-conversations"} {
		v := hoardViews(b, s)[name]
		var spine store.Spine
		reading(b, s, func(sn *store.Snapshot) (err error) {
			spine, err = sn.Spine(v)
			return err
		})
		b.Run(name, func(b *testing.B) {
			at := 0
			for b.Loop() {
				at = (at + 7919*50) % (spine.Len() - 50)
				reading(b, s, func(sn *store.Snapshot) error {
					_, err := sn.Gather(v, spine.IDs[at:at+50])
					return err
				})
			}
		})
	}
}

// copyHoard opens a copy of a hoard that may be changed.
func copyHoard(b *testing.B) (*store.Store, string) {
	b.Helper()
	from, err := hoard.Folder(b.Context(), hoard.Options{Messages: *hoarded})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := hoard.Copy(from, dir); err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(context.Background(), dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s, dir
}

// BenchmarkOpen opens a store for writing, with what a start reads first.
func BenchmarkOpen(b *testing.B) {
	s, dir := copyHoard(b)
	s.Close()
	for b.Loop() {
		s, err := store.Open(b.Context(), dir, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/open")
		reading(b, s, func(sn *store.Snapshot) error {
			if _, err := sn.Mailboxes(""); err != nil {
				return err
			}
			_, err := sn.Accounts()
			return err
		})
		s.Close()
	}
}

// BenchmarkMarkMany marks 10,000 messages read, and unread again.
func BenchmarkMarkMany(b *testing.B) {
	s, _ := copyHoard(b)
	v := hoardViews(b, s)["archive"]
	var ids []mail.PlacementID
	reading(b, s, func(sn *store.Snapshot) error {
		spine, err := sn.Spine(v)
		ids = spine.IDs[spine.Len()-10_000:]
		return err
	})
	unread := false
	for b.Loop() {
		patch := mail.FlagPatch{Add: mail.Bits(mail.Seen)}
		if unread = !unread; unread {
			patch = mail.FlagPatch{Remove: mail.Bits(mail.Seen)}
		}
		if _, err := s.Do(b.Context(), mail.SetFlags{Targets: ids, Patch: patch}); err != nil {
			b.Fatal(err)
		}
	}
}
