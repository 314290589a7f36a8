package store_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest/gen"
	"postrider/mail/query"
	"postrider/mail/store"
)

var messages = flag.Int("messages", 100_000, "how many messages the benchmarks search in")

// BenchmarkSearch answers what people type in a large store, and reports how
// long the slow ones of a hundred take.
func BenchmarkSearch(b *testing.B) {
	s := filled(b, *messages)
	texts := []string{
		"quillfern", "brasswick", "zyxollith", `"copper lantern meeting"`, "Übergrößenträger", "прожектор", "特別招待",
		"meeting", "report", "the", "from:anna", "subject:invoice", "is:unread report", "has:attachment meeting", "report -meeting",
		"is:starred", "is:unread", "before:2019 report", "rep*", "mee*", "re*", "me*", "th*", "a*", "invoice OR rechnung", "nosuchwordanywhere",
	}
	for _, text := range texts {
		b.Run(text, func(b *testing.B) {
			var took []time.Duration
			n := 0
			for b.Loop() {
				began := time.Now()
				q := query.Parse(text, query.Options{})
				found, err := s.Search(b.Context(), store.Search{Expr: q.Expr, Limit: 50, Now: time.Now()})
				if err != nil {
					b.Fatal(err)
				}
				n = len(found.Rows)
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(n), "found")
		})
	}
}

// filled is a store with n generated messages, indexed.
func filled(b *testing.B, n int) *store.Store {
	b.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	const id = mail.AccountID("bench")
	if err := s.AddAccount(ctx, id, store.IMAP); err != nil {
		b.Fatal(err)
	}
	m := s.Mirror(id)
	boxes, err := m.Listed(ctx, []mail.Mailbox{{Path: "INBOX", Remote: "INBOX", Role: mail.RoleInbox}})
	if err != nil {
		b.Fatal(err)
	}
	if err := m.Begin(ctx, boxes[0].ID, 1); err != nil {
		b.Fatal(err)
	}
	plan := gen.New(gen.Options{N: n})
	for at := n; at > 0; {
		var list []store.Seen
		for ; at > 0 && len(list) < 200; at-- {
			g := plan.Message(at - 1)
			st, err := s.StageBytes(ctx, gen.CRLF(g.Raw))
			if err != nil {
				b.Fatal(err)
			}
			list = append(list, store.Seen{UID: mail.UID(at), Flags: mail.FlagsOf(letters(g.Letters)...), Received: g.Date, Size: st.Size(), Staged: st})
		}
		if _, err := m.Seen(ctx, boxes[0].ID, list); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Indexed(ctx); err != nil {
		b.Fatal(err)
	}
	fmt.Println("filled")
	return s
}

func letters(s string) (names []string) {
	for _, r := range s {
		names = append(names, map[rune]string{'S': `\Seen`, 'F': `\Flagged`, 'R': `\Answered`, 'D': `\Draft`, 'T': `\Deleted`}[r])
	}
	return names
}
