package stage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"postrider/accounts"
)

// shows reports whether the list shows a subject.
func (s state) shows(subject string) bool {
	return slices.ContainsFunc(s.Shown, func(r row) bool { return strings.Contains(r.Subject, subject) })
}

// unread counts the rows that show and are unread.
func (s state) unread() (n int) {
	for _, r := range s.Shown {
		if r.Unread {
			n++
		}
	}
	return n
}

// What is deleted for good is asked about, and then is gone on the server, too.
func TestDeletingForGood(t *testing.T) {
	mail := postWith(t, letter("First", "text/plain", "One.", nil), letter("Second", "text/plain", "Two.", nil), letter("Third", "text/plain", "Three.", nil))
	p := mail.open(t, 3)
	p.read("Second")
	p.keys("shift+Delete")
	p.says("Delete this message for good, here and on the server?")
	p.picture("asked")
	p.keys("Return") // does not say yes to what takes something away
	if s := p.state(); !s.shows("Second") {
		t.Error("Return deleted it")
	}
	p.keys("Escape")
	p.until("no question", func(s state) bool { return !s.Overlay && s.shows("Second") })
	p.keys("shift+Delete")
	p.press("Delete")
	p.until("it to be gone", func(s state) bool {
		return !s.shows("Second") && s.Rows == 2 && strings.Contains(s.Toast, "deleted for good")
	})
	p.keys("F5") // does not wait for an undo
	p.until("the server to know", func(state) bool { return mail.left(t) == 2 })

	// The delete key, where messages are that were deleted before.
	p.read("First")
	p.keys("Delete")
	p.until("it in the trash", func(s state) bool { return s.Rows == 1 && strings.Contains(s.Toast, "trash") })
	p.keys("F5")
	p.until("the server to know", func(s state) bool { return mail.left(t) == 1 })
	p.keys("g", "t")
	p.until("the trash", func(s state) bool { return s.Place == "Trash" && s.shows("First") })
	p.read("First")
	p.keys("Delete")
	p.says("for good")
	p.press("Delete")
	p.until("it to be gone", func(s state) bool { return s.Rows == 0 && strings.Contains(s.Toast, "deleted for good") })
	p.until("nothing to be unread", func(s state) bool { return !strings.Contains(s.Says, "1 unread") })
	p.picture("empty")
	p.keys("g", "i")
	p.read("Third")
	p.keys("e")
	p.says("Nothing is waiting in this inbox.")
	p.picture("empty-inbox")
	p.press("Check for new mail")
}

// All of a list is marked as read by its key, and unread again by undo.
func TestMarkingAllRead(t *testing.T) {
	var letters [][]byte
	for i := range 5 {
		letters = append(letters, letter(fmt.Sprint("Letter ", i), "text/plain", "Text.", nil))
	}
	mail := postWith(t, letters...)
	p := mail.open(t, 5)
	p.until("all to be unread", func(s state) bool { return s.unread() == 5 })
	p.keys("ctrl+shift+q")
	p.until("all to be read", func(s state) bool { return s.unread() == 0 && strings.Contains(s.Toast, "5 messages marked as read") })
	p.keys("ctrl+z")
	p.until("all to be unread", func(s state) bool { return s.unread() == 5 && s.Toast == "" })
	p.keys("Escape")
	p.until("one", func(s state) bool { return s.Selected == 1 })
	for _, key := range []string{"u", "ctrl+u"} {
		was := p.state().unread()
		p.keys(key)
		p.until(key, func(s state) bool { return s.unread() != was })
	}
}

// Mail comes when it is asked for, also from servers that do not tell of it.
func TestGettingMailNow(t *testing.T) {
	mail := postBy(t, accounts.POP3, letter("First", "text/plain", "One.", nil))
	p := mail.open(t, 1)
	for i, key := range []string{"F5", "ctrl+shift+n"} {
		subject := fmt.Sprint("Asked for ", i)
		if err := mail.server.Deliver("alice", letter(subject, "text/plain", "New.", nil)); err != nil {
			t.Fatal(err)
		}
		p.keys(key)
		p.until(subject, func(s state) bool { return s.shows(subject) })
	}
}

// Filing by keys: to copy leaves the message where it is, to move does not, and a
// tag is on the message.
func TestFilingByKeys(t *testing.T) {
	mail := postWith(t, letter("First", "text/plain", "One.", nil), letter("Second", "text/plain", "Two.", nil))
	if err := mail.server.DeliverTo("alice", "Projects", letter("There before", "text/plain", "Old.", nil)); err != nil {
		t.Fatal(err)
	}
	p := mail.open(t, 2)
	count := func(n int) {
		t.Helper()
		p.until("the server to have it", func(state) bool {
			list, err := mail.server.Messages("alice", "Projects")
			return err == nil && len(list) == n
		})
	}
	choose := func(key string) {
		t.Helper()
		p.keys(key)
		p.until("the chooser", func(s state) bool { return s.Overlay && strings.Contains(s.Focus, "LineEdit") })
		p.types("proj")
		p.keys("Return")
	}
	p.read("First")
	choose("y")
	p.until("it to be copied", func(s state) bool { return s.Rows == 2 && strings.Contains(s.Toast, "copied to Projects") })
	count(2)
	p.read("Second")
	choose("v")
	p.until("it to be moved", func(s state) bool { return s.Rows == 1 && strings.Contains(s.Toast, "moved to Projects") })
	p.keys("F5")
	count(3)
	p.keys("t")
	p.until("the question", func(s state) bool { return s.Overlay && strings.Contains(s.Focus, "LineEdit") })
	p.types("urgent")
	p.says("New tag “urgent”")
	p.picture("new-tag")
	p.keys("Return")
	p.until("its tag", func(s state) bool { return !s.Overlay && strings.Contains(s.Toast, "tagged urgent") })
	p.picture("tagged")
	p.says("to me  ·  urgent")
	choose("ctrl+g")
	p.until("the folder", func(s state) bool { return s.Place == "Projects" && s.shows("There before") && s.Rows == 3 })
	p.keys("g", "i")
	p.until("the inbox", func(s state) bool { return s.Place == "Inbox" })
	p.keys("g", "f")
	p.until("the chooser", func(s state) bool { return s.Overlay && strings.Contains(s.Says, "Go to") })
	p.keys("Escape")
}

// Each way to write, by both of its keys.
func TestWritingByKeys(t *testing.T) {
	mail := postWith(t, letter("Plans", "text/plain", "What do you think?", []string{"Cc: Cy <cy@example.com>"}))
	p := mail.open(t, 1)
	p.read("Plans")
	for _, c := range []struct{ keys, draft string }{
		{"c", ": "}, {"ctrl+n", ": "},
		{"r", "bo@example.com: Re: Plans"}, {"ctrl+r", "bo@example.com: Re: Plans"},
		{"a", "bo@example.com: Re: Plans"}, {"ctrl+shift+r", "bo@example.com: Re: Plans"},
		{"f", ": Fwd: Plans"}, {"ctrl+shift+f", ": Fwd: Plans"},
	} {
		p.keys(c.keys)
		s := p.until("the composer", func(s state) bool { return s.Windows == 2 && s.Writing == "ready" })
		if s.Draft != c.draft {
			t.Errorf("%s writes to %q, want %q", c.keys, s.Draft, c.draft)
		}
		p.keys("ctrl+w") // nothing was written, so nothing is asked
		p.until("no composer", func(s state) bool { return s.Windows == 1 })
		p.until("the list", func(s state) bool { return s.Focus == "list" })
	}
}

// The window fills the screen, and does so no longer; closing it ends the program
// where there is no tray.
func TestWindowKeys(t *testing.T) {
	mail := postWith(t, letter("First", "text/plain", "One.", nil))
	p := mail.open(t, 1)
	p.keys("F11")
	p.until("the full screen", func(s state) bool { return s.FullScreen })
	p.keys("F11")
	p.until("a window", func(s state) bool { return !s.FullScreen })
	p.keys("ctrl+plus")
	p.until("larger text", func(s state) bool { return s.Zoom > 1 })
	p.read("First")
	p.keys("g", "u")
	p.until("what is unread", func(s state) bool { return s.Place == "Unread" })
	p.keys("ctrl+w")
	if ended, err := p.Ended(patience); !ended || err != nil {
		t.Errorf("closing the window ended the program: %v, %v", ended, err)
	}
}
