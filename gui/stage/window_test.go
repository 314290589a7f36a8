package stage_test

import (
	"slices"
	"strings"
	"testing"
)

func TestReadingByMouse(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	if s.Place != "All inboxes" || s.Mode != "three" {
		t.Errorf("the window begins with %q in %s", s.Place, s.Mode)
	}
	first := s.Shown[0]
	p.clickOn(rowPart(first), 1)
	s = p.until("the message", func(s state) bool { return s.Text && s.Cards > 0 })
	if s.Selected != 1 || s.Subject != first.Subject || s.Focus != "list" {
		t.Errorf("clicked %q: %d selected, at %q, the focus in %q", first.Subject, s.Selected, s.Subject, s.Focus)
	}
	p.until("it to count as read", func(s state) bool {
		return slices.ContainsFunc(s.Shown, func(r row) bool { return r.ID == first.ID && !r.Unread })
	})
	p.picture("message")

	p.clickOn(`place "Sent"`, 1)
	p.until("the folder", func(s state) bool { return s.Place == "Sent" && s.Whole && s.Rows > 0 })
	p.clickOn(`place "All inboxes"`, 1)
	p.until("all inboxes", func(s state) bool { return s.Place == "All inboxes" && s.Rows > 50 })
}

func TestSelectingAndDragging(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	p.clickOn(rowPart(s.Shown[1]), 1)
	p.keys("shift+Down", "shift+Down")
	s = p.until("three rows", func(s state) bool { return s.Selected == 3 })
	rows, dragged := s.Rows, s.Shown[2]
	x0, y0 := p.middle(rowPart(dragged))
	x1, y1 := p.middle(`place "Archive"`)
	if err := p.Drag(x0, y0, x1, y1); err != nil {
		t.Fatal(err)
	}
	s = p.until("them to be gone", func(s state) bool { return s.Rows <= rows-3 && strings.Contains(s.Toast, "moved to Archive") })
	p.picture("dropped")
	p.keys("z")
	p.until("them to be back", func(s state) bool {
		return slices.ContainsFunc(s.Shown, func(r row) bool { return r.ID == dragged.ID }) && s.Toast == ""
	})

	p.clickOn(rowPart(dragged), 3)
	p.until("the menu", func(s state) bool { return s.Overlay })
	p.picture("menu")
	p.keys("Escape")
	p.until("no menu", func(s state) bool { return !s.Overlay })
}

// Each verb by its single key and by the one that always works, with the reader,
// the list or the sidebar in focus.
func TestKeysDoWhatTheMapSays(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	p.clickOn(rowPart(s.Shown[0]), 1)

	at := func(n int) { p.until("the cursor", func(s state) bool { return s.Cursor == n }) }
	at(0)
	p.keys("j", "j")
	at(2)
	p.keys("k")
	at(1)
	p.keys("Down")
	at(2)
	p.keys("n")
	s = p.until("the next unread", func(s state) bool { return s.Cursor > 2 })
	p.keys("ctrl+bracketright")
	p.until("the next unread", func(now state) bool { return now.Cursor > s.Cursor })

	current := func() row {
		s := p.state()
		for _, r := range s.Shown {
			if r.Picked {
				return r
			}
		}
		t.Fatalf("nothing is selected: %+v", s)
		return row{}
	}
	marked := func(what string, so func(row) bool) {
		t.Helper()
		p.until(what, func(s state) bool {
			i := slices.IndexFunc(s.Shown, func(r row) bool { return r.Picked })
			return i >= 0 && so(s.Shown[i])
		})
	}
	star := current().Starred
	p.keys("s")
	marked("the star", func(r row) bool { return r.Starred != star })
	p.keys("ctrl+shift+s")
	marked("no star", func(r row) bool { return r.Starred == star })

	for _, verb := range []struct{ key, said string }{
		{"e", "archived"}, {"ctrl+e", "archived"}, {"numbersign", "trash"}, {"Delete", "trash"}, {"ctrl+d", "trash"}, {"exclam", "junk"}, {"ctrl+j", "junk"},
	} {
		gone := current()
		p.keys(verb.key)
		p.until(verb.key, func(s state) bool {
			return strings.Contains(s.Toast, verb.said) && !slices.ContainsFunc(s.Shown, func(r row) bool { return r.ID == gone.ID }) && s.Selected == 1
		})
		p.keys("z")
		p.until("it is back", func(s state) bool {
			return s.Toast == "" && slices.ContainsFunc(s.Shown, func(r row) bool { return r.ID == gone.ID })
		})
		p.clickOn(rowPart(gone), 1)
	}

	moved := current()
	p.keys("m")
	p.until("the chooser", func(s state) bool { return s.Overlay && strings.Contains(s.Focus, "LineEdit") })
	p.types("reading")
	p.picture("chooser")
	p.keys("Return")
	p.until("it to be moved", func(s state) bool {
		return strings.Contains(s.Toast, "Reading room") && !slices.ContainsFunc(s.Shown, func(r row) bool { return r.ID == moved.ID })
	})

	for _, going := range []struct {
		keys  []string
		place string
	}{
		{[]string{"g", "s"}, "Sent"}, {[]string{"g", "d"}, "Drafts"}, {[]string{"g", "a"}, "Archive"}, {[]string{"g", "t"}, "Trash"},
		{[]string{"g", "i"}, "Inbox"}, {[]string{"g", "u"}, "Unread"}, {[]string{"g", "asterisk"}, "Starred"}, {[]string{"ctrl+2"}, "Inbox"}, {[]string{"g", "g"}, "All inboxes"},
	} {
		p.keys(going.keys...)
		p.until(going.place, func(s state) bool { return s.Place == going.place })
	}
	p.until("all of it", func(s state) bool { return s.Whole && s.Rows > 50 })
	p.keys("ctrl+a")
	p.until("everything selected", func(s state) bool { return s.Selected == s.Rows })
	p.keys("Escape")
}

func TestNarrowWindows(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	if err := p.Resize(900, 700); err != nil {
		t.Fatal(err)
	}
	p.until("two panes", func(s state) bool { return s.Mode == "reader over" && !s.ReaderUp })
	p.clickOn(rowPart(s.Shown[0]), 1)
	for _, key := range []string{"o", "Return"} {
		p.keys(key)
		p.until("the reader", func(s state) bool { return s.ReaderUp && s.Text })
		if key == "o" {
			p.keys("Escape")
			p.until("the list", func(s state) bool { return !s.ReaderUp })
		}
	}
	p.picture("reader-over")
	p.keys("Escape")
	p.until("the list", func(s state) bool { return !s.ReaderUp })
	if err := p.Resize(700, 800); err != nil {
		t.Fatal(err)
	}
	p.until("the list alone", func(s state) bool { return s.Mode == "drawer" && !s.Drawer })
	p.keys("ctrl+b")
	p.until("the drawer", func(s state) bool { return s.Drawer })
	p.picture("drawer")
	p.keys("Escape")
	p.until("no drawer", func(s state) bool { return !s.Drawer })
}

func TestFindingInAMessage(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	at := slices.IndexFunc(s.Shown, func(r row) bool {
		return strings.Contains(r.Subject, "November letter") || strings.Contains(r.Subject, "letter:")
	})
	if at < 0 {
		at = 0
	}
	p.clickOn(rowPart(s.Shown[at]), 1)
	p.until("the message", func(s state) bool { return s.Text })
	p.keys("ctrl+f")
	p.until("the bar", func(s state) bool { return strings.Contains(s.Focus, "LineEdit") })
	p.types("the")
	p.until("hits", func(s state) bool { return strings.HasPrefix(s.Find, "1 of ") })
	p.keys("Return")
	p.until("the second", func(s state) bool { return strings.HasPrefix(s.Find, "2 of ") || s.Find == "1 of 1" })
	p.picture("found")
	p.keys("Escape")
	p.until("the list", func(s state) bool { return s.Focus == "list" && s.Find == "" })
}
