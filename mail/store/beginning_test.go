package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"postrider/mail"
	"postrider/mail/query"
)

// lexicon are words of many scripts, with accents and in any case.
var lexicon = strings.Fields(`invoice Invoices inbox in I a an and Ärger arg École eclair Łódź Ångström resume résumé 日本語 日曜日 가나다 Привет при
	ежедневно Ёлка σίσυφος ΣΊΓΜΑ مرحبا כתב किताब x1 x-ray 42 421 don't o'clock naïve NAÏVE ﬁle file µ Μ ſharp ß SS`)

// scribble makes a message of words drawn from the lexicon.
func scribble(rng *rand.Rand, n int) []byte {
	some := func(k int) string {
		var words []string
		for range 1 + rng.IntN(k) {
			words = append(words, lexicon[rng.IntN(len(lexicon))])
		}
		return strings.Join(words, " ")
	}
	return fmt.Appendf(nil, "From: %s <%c%d@example.org>\r\nTo: %s <b@example.org>\r\nCc: %s <c@example.net>\r\nSubject: %s\r\nMessage-ID: <%d@test>\r\n"+
		"Date: Tue, 03 Mar 2026 10:%02d:%02d +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
		some(2), 'a'+rune(rng.IntN(26)), n, some(2), some(1), some(4), n, n/60%60, n%60, some(30))
}

// TestBeginningsAreThoseOfTheIndex: for each beginning and field they name the
// messages that the index finds, in blocks and while they wait for one.
func TestBeginningsAreThoseOfTheIndex(t *testing.T) {
	r := newRoom(t)
	rng := rand.New(rand.NewPCG(1, 2))
	box := r.box("INBOX")
	fill := func(from, n int) {
		var list []Seen
		for i := from; i < from+n; i++ {
			list = append(list, r.whole(mail.UID(i+1), scribble(rng, i)))
		}
		r.seen(box, list...)
		r.must(r.Indexed(r.ctx))
	}
	fill(0, 40)
	r.compareBeginnings()
	fill(40, maxBegun)
	r.compareBeginnings()
	fill(40+maxBegun, 3)
	r.compareBeginnings()
}

func (r *room) compareBeginnings() {
	r.t.Helper()
	known := map[query.Beginning]bool{}
	for _, w := range lexicon {
		query.Beginnings(query.Segment(w), func(b query.Beginning) { known[b], known[b.First(1)], known[b.First(2)] = true, true, true })
	}
	index, err := r.indexReader()
	r.must(err)
	s := &searching{s: r.Store, ctx: r.ctx, index: index}
	for word := range known {
		for in, field := range beginningField {
			set, err := s.begins(beginsIn(field, word))
			r.must(err)
			rows, err := index.Query(`SELECT rowid FROM words WHERE words MATCH ?`, matchText(query.Text{Field: in, Value: word.String(), Prefix: true}))
			r.must(err)
			var want []mail.MessageID
			r.must(eachRow(rows, func(scan row) error {
				var at int64
				err := scan(&at)
				want = append(want, messageOf(at))
				return err
			}))
			slices.Sort(want)
			if got := set.list(); !slices.Equal(got, want) {
				r.t.Errorf("%s:%s is in %d messages, the index says %d", in, word, len(got), len(want))
			}
		}
	}
}

// TestSearchByBeginningsFindsTheNewest in every combination: the first page is
// that of a search that looks at everything.
func TestSearchByBeginningsFindsTheNewest(t *testing.T) {
	usual := searchSteps
	t.Cleanup(func() { searchSteps = usual })
	searchSteps = []int{3, 7, 50} // as if there were a thousand times as many
	r := newRoom(t)
	rng := rand.New(rand.NewPCG(3, 4))
	var inbox, other []Seen
	for i := range 700 {
		m := r.whole(mail.UID(i+1), scribble(rng, i), []string{"", `\Seen`, `\Flagged`}[rng.IntN(3)])
		if i%7 == 0 {
			other = append(other, m)
		} else {
			inbox = append(inbox, m)
		}
	}
	r.seen(r.box("INBOX"), inbox...)
	r.seen(r.box("A"), other...)
	r.must(r.Indexed(r.ctx))
	resolve := Resolver{Mailbox: func(name string) []mail.MailboxID {
		if name == "nowhere" {
			return nil
		}
		return []mail.MailboxID{r.box(name)}
	}, Account: func(string) []mail.AccountID { return nil }}
	for _, text := range []string{
		"i", "in", "inv", "subject:e", "from:a", "to:x cc:a", "invoice a", "a in", "i is:unread", "p in:A", "é is:starred in:A", "x in:nowhere",
		"i -invoice", "in after:2026-03-03 before:2026-03-04", "i before:2020", "日", "п", "i has:attachment", "zzz", "z", "is:starred", "in:A is:unread",
		"in:A", "is:starred -in:A", "a OR in", "invoice OR is:starred",
		"invoice is:unread", "invoice in:A ", "invoices -in in:A is:starred ", "subject:invoice is:unread ", `"invoice inbox" in:A `, "(invoice OR arg) in:A ", "body:résumé is:starred ",
	} {
		for _, limit := range []int{3, 50, 5000} {
			q := Search{Expr: query.Parse(text, query.Options{AsYouType: true}).Expr, Limit: limit, Now: r.clock.now(), Resolve: resolve}
			got := r.asks(q)
			q.Limit = 1 << 20
			all := r.withoutBeginnings(q)
			if want := all[:min(limit, len(all))]; !slices.Equal(got, want) {
				t.Errorf("%q, %d: %d found, want %d\n%v\n%v", text, limit, len(got), len(want), got, want)
			}
		}
	}
}

func (r *room) asks(q Search) (ids []mail.PlacementID) {
	r.t.Helper()
	found, err := r.Search(r.ctx, q)
	r.must(err)
	for _, row := range found.Rows {
		ids = append(ids, row.ID)
	}
	return ids
}

// withoutBeginnings asks the words alone, and looks at all messages.
func (r *room) withoutBeginnings(q Search) (ids []mail.PlacementID) {
	r.t.Helper()
	index, err := r.indexReader()
	r.must(err)
	r.must(r.Read(r.ctx, func(sn *Snapshot) error {
		s := &searching{s: &Store{}, ctx: r.ctx, sn: sn, index: index, q: q, seen: map[seenKey]int{}}
		positive, negative, rest := parts(q.Expr)
		if len(positive) == 0 {
			rest = append(rest, negative...)
		}
		where, args, err := s.where(rest)
		if err != nil {
			return err
		}
		if len(positive) == 0 {
			err = s.scan(where, args)
		} else {
			s.before = 1<<63 - 1
			_, err = s.walk(matchOf(positive, negative), nil, len(searchSteps), where, args)
		}
		for _, row := range s.rows {
			ids = append(ids, row.ID)
		}
		return err
	}))
	return ids
}

func TestBlockSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 255, 256, 257, 4096} {
		want := map[mail.MessageID]bool{}
		var set blockSet
		for range 3 {
			var list []uint16
			for range n / 3 * 2 {
				list = append(list, uint16(rng.IntN(4096)))
			}
			if n == 4096 {
				for i := range 4096 {
					list = append(list, uint16(i))
				}
			}
			for _, at := range list {
				want[mail.MessageID(7<<blockBits)+mail.MessageID(at)] = true
			}
			set = set.with(list)
		}
		m := newMessageSet()
		m.addBlock(7, set)
		if m.count() != len(want) || len(set) > blockSize || len(set) == blockSize && len(want) < blockSize/2 {
			t.Errorf("%d of %d, in %d octets", m.count(), len(want), len(set))
		}
		for id := range want {
			if !m.has(id) || m.has(id+4096) {
				t.Errorf("%d is wrong", id)
			}
		}
	}
}
