package stage_test

import (
	"slices"
	"strings"
	"testing"
)

// A mailing list is left by its key, in the way that the list offers.
func TestLeavingLists(t *testing.T) {
	mail := postWith(t,
		letter("One click", "text/plain", "Leave us.", []string{"List-Unsubscribe: <https://example.com/leave>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"}),
		letter("By a page", "text/plain", "Leave us.", []string{"List-Unsubscribe: <https://example.com/page?of=alice>"}),
		letter("By mail", "text/plain", "Leave us.", []string{"List-Unsubscribe: <mailto:leave@example.com?subject=Enough>"}),
		letter("No list", "text/plain", "Stay.", nil),
	)
	p := mail.open(t, 4)
	p.read("No list")
	p.keys("ctrl+shift+l")
	p.until("nothing to leave to be said", func(s state) bool { return strings.Contains(s.Toast, "by no mailing list") })

	p.read("One click")
	p.keys("ctrl+shift+l")
	p.says("Postrider tells example.com that you want no more of it.")
	p.picture("asked")
	p.press("Leave the list")
	p.until("it to be told", func(s state) bool { return strings.Contains(s.Toast, "example.com was told") })
	if !mail.wasAsked("POST /leave List-Unsubscribe=One-Click") {
		t.Errorf("the list was asked %q", mail.asked)
	}

	p.read("By a page")
	p.press("Unsubscribe")
	p.says("https://example.com/page?of=alice")
	p.press("Open the page")
	p.until("the page", func(state) bool { return slices.Contains(mail.opened(), "https://example.com/page?of=alice") })

	p.read("By mail")
	p.keys("ctrl+shift+l")
	s := p.until("a message to the list", func(s state) bool { return s.Windows == 2 && s.Writing == "ready" })
	if s.Draft != "leave@example.com: Enough" {
		t.Errorf("what leaves the list is %q", s.Draft)
	}
}

// Blocked pictures are fetched once that is wanted, and what only tracks never.
func TestBlockedPictures(t *testing.T) {
	const page = `<p>A lamp:</p><img src="https://example.com/lamp.png" width="240" height="160"><img src="https://example.com/seen.png" width="1" height="1">`
	mail := postWith(t, letter("By key", "text/html", page, nil), letter("By a click", "text/html", strings.ReplaceAll(page, "lamp", "second"), nil))
	p := mail.open(t, 2)
	p.read("By key")
	p.says("1 picture and 1 tracker from example.com are blocked.")
	p.picture("blocked")
	if len(mail.asked) > 0 {
		t.Fatalf("nobody wanted the pictures, and the web was asked %q", mail.asked)
	}
	p.keys("ctrl+shift+i")
	p.until("the picture", func(s state) bool { return mail.wasAsked("GET /lamp.png") && !strings.Contains(s.Says, "blocked") })
	p.picture("shown")
	p.read("By a click")
	p.press("Show pictures")
	p.until("the picture", func(s state) bool { return mail.wasAsked("GET /second.png") && !strings.Contains(s.Says, "blocked") })
	if mail.wasAsked("GET /seen.png") {
		t.Error("the tracker was told")
	}
}
