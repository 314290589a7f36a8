package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"postrider/mail/query"
	"postrider/mail/store"
)

// typed are what people type into the search field, letter by letter.
var typed = []string{
	"invoice", "meeting notes", "the reading room", "report march", "from:ines lamp", "subject:order", "zebra", "q3 budget",
	"is:unread plan", "re", "has:attachment pdf", "müller", "2026", "xylophone w", "thank you for", "a b c",
}

// BenchmarkTyping is what each keystroke of a search costs.
func BenchmarkTyping(b *testing.B) {
	s := openHoard(b)
	for _, text := range typed {
		for n := range []rune(text) {
			key := string([]rune(text)[:n+1])
			b.Run(fmt.Sprintf("%q", key), func(b *testing.B) {
				found := 0
				for b.Loop() {
					found = keystroke(b, s, key)
				}
				b.ReportMetric(float64(found), "found")
			})
		}
	}
}

// BenchmarkTypingP95 is the time that 95 of 100 keystrokes stay below.
func BenchmarkTypingP95(b *testing.B) {
	s := openHoard(b)
	for b.Loop() {
		var took []time.Duration
		slowest, worst := time.Duration(0), ""
		for _, text := range typed {
			for n := range []rune(text) {
				key := string([]rune(text)[:n+1])
				began := time.Now()
				keystroke(b, s, key)
				t := time.Since(began)
				if took = append(took, t); t > slowest {
					slowest, worst = t, key
				}
			}
		}
		slices.Sort(took)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
		b.ReportMetric(ms(took[len(took)*95/100]), "p95-ms")
		b.ReportMetric(ms(slowest), "max-ms")
		b.Logf("slowest: %q", worst)
	}
}

func keystroke(b *testing.B, s *store.Store, text string) int {
	q := query.Parse(text, query.Options{AsYouType: true})
	found, err := s.Search(context.Background(), store.Search{Expr: q.Expr, Limit: 50, Now: time.Now()})
	if err != nil {
		b.Fatal(err)
	}
	return len(found.Rows)
}
