package stage_test

import (
	"testing"

	"postrider/accounts"
)

// TestASearchGoesOnOnTheServer: of mail whose text is not on this computer, the
// server is asked when the person wants it, and what it finds can be read.
func TestASearchGoesOnOnTheServer(t *testing.T) {
	p := postWith(t, letter("One", "text/plain", "A grey narwhal.", nil), letter("Two", "text/plain", "Nothing.", nil), letter("Three", "text/plain", "A narwhal, too.", nil))
	list, err := accounts.In(p.dir).Load()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := accounts.In(p.dir).Edit(t.Context(), list[0].ID, func(a *accounts.Account) error {
		a.Offline = accounts.Offline{Mode: accounts.OfflineHeaders}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	pl := p.open(t, 3)
	pl.keys("slash")
	pl.types("narwhal")
	pl.until("nothing found", func(s state) bool { return s.Sought == "narwhal" && s.Rows == 0 })
	pl.picture("search-nothing-here")
	pl.press("Search that server too")
	pl.until("what the server found", func(s state) bool { return s.Rows == 2 })
	pl.picture("search-server")
	pl.read("One")
	pl.picture("search-server-read")

	pl.keys("Escape")
	pl.keys("slash")
	pl.types("one")
	pl.until("what is here", func(s state) bool { return s.Sought == "one" && s.Rows == 1 })
	pl.picture("search-offer-below")
}
