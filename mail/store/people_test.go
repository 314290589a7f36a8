package store

import (
	"fmt"
	"testing"
)

func TestCorrespondentsAreEachOnceAndTheFrequentFirst(t *testing.T) {
	r := newRoom(t)
	r.seen(r.box("INBOX"), r.whole(1, scribbleFrom("Ada <ada@example.org>", 1)), r.whole(2, scribbleFrom("ADA@example.org", 2)), r.whole(3, scribbleFrom("Bo <bo@example.org>", 3)), head(4, scribbleFrom("Cy <cy@example.org>", 4)))
	r.must(r.Read(r.ctx, func(sn *Snapshot) error {
		list, err := sn.Correspondents(100)
		r.must(err)
		if len(list) != 3 || list[0].Name != "Ada" || list[0].Messages != 2 {
			t.Errorf("got %+v", list)
		}
		cover, err := sn.Coverage()
		r.must(err)
		for _, c := range cover {
			if want := (Coverage{acct, 4, 1}); c.Account == acct && c != want {
				t.Errorf("covered: %+v, want %+v", c, want)
			}
		}
		return nil
	}))
}

func scribbleFrom(from string, n int) []byte {
	return fmt.Appendf(nil, "From: %s\r\nSubject: s\r\nMessage-ID: <%d@people>\r\nDate: Tue, 03 Mar 2026 10:00:%02d +0000\r\n\r\ntext\r\n", from, n, n)
}
