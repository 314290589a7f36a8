package stage_test

import (
	"strings"
	"testing"
	"time"
)

// patience is how long the program may take to end.
const patience = 15 * time.Second

// The keys of the map that move nothing and file nothing: each from the list and,
// where that makes a difference, from elsewhere.
func TestKeysThatLook(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	p.clickOn(rowPart(s.Shown[1]), 1)
	p.until("the message", func(s state) bool { return s.Text && s.Focus == "list" })

	for _, c := range []struct {
		keys string
		so   func(state) bool
	}{
		{"ctrl+equal", func(s state) bool { return s.Zoom > 1 }},
		{"ctrl+0", func(s state) bool { return s.Zoom == 1 }},
		{"ctrl+minus", func(s state) bool { return s.Zoom < 1 }},
		{"plus", func(s state) bool { return s.Zoom > 0.99 && s.Zoom < 1.01 }},
		{"minus", func(s state) bool { return s.Zoom < 1 }},
		{"ctrl+0", func(s state) bool { return s.Zoom == 1 }},
		{"question", func(s state) bool { return s.Overlay && strings.Contains(s.Says, "Read on, then to the next message") }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"F1", func(s state) bool { return s.Overlay }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"t", func(s state) bool { return s.Overlay && strings.Contains(s.Says, "Name of a tag, or of a new one") }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"ctrl+t", func(s state) bool { return s.Overlay }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"y", func(s state) bool { return s.Overlay && strings.Contains(s.Says, "Copy") }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"ctrl+shift+o", func(s state) bool { return s.Overlay }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"ctrl+shift+m", func(s state) bool { return s.Overlay }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"ctrl+g", func(s state) bool { return s.Overlay }},
		{"Escape", func(s state) bool { return !s.Overlay }},
		{"ctrl+comma", func(s state) bool { return strings.Contains(s.Says, "Be quiet from") }},
		{"Escape", func(s state) bool { return !strings.Contains(s.Says, "Be quiet from") && s.Focus == "list" }},
		{"ctrl+shift+y", func(s state) bool { return s.Panel == "activity" }},
		{"ctrl+shift+y", func(s state) bool { return s.Panel == "" && s.Focus == "list" }},
		{"ctrl+f", func(s state) bool { return s.Focus != "list" }},
		{"Escape", func(s state) bool { return s.Focus == "list" }},
		{"slash", func(s state) bool { return s.Focus != "list" }},
		{"Escape", func(s state) bool { return s.Focus == "list" }},
		{"ctrl+k", func(s state) bool { return s.Focus != "list" }},
		{"Escape", func(s state) bool { return s.Focus == "list" }},
		{"ctrl+shift+u", func(s state) bool { return s.Windows == 2 }},
	} {
		p.keys(c.keys)
		p.until(c.keys, c.so)
	}
}

// The keyboard goes through the panes; keys that no pane wants do the same in
// each of them.
func TestKeysInEachPane(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	p.clickOn(rowPart(s.Shown[0]), 1)
	p.until("the message", func(s state) bool { return s.Text && s.Focus == "list" })
	for _, pane := range []string{"*widgets.Page", "sidebar", "list"} {
		p.keys("F6")
		p.until(pane, func(s state) bool { return s.Focus == pane })
	}
	for _, pane := range []string{"sidebar", "*widgets.Page", "list"} {
		p.keys("shift+F6")
		p.until(pane, func(s state) bool { return s.Focus == pane })
		p.picture(strings.TrimPrefix(pane, "*widgets."))
	}
	for _, pane := range []string{"*widgets.Page", "sidebar", "list"} {
		p.keys("F6")
		before := p.until(pane, func(s state) bool { return s.Focus == pane })
		p.keys("n")
		s := p.until("another message", func(s state) bool { return s.Cursor != before.Cursor && s.Text })
		starred := starredAt(s)
		p.keys("s")
		p.until("its star", func(s state) bool { return starredAt(s) != starred })
		p.keys("s")
		p.until("its star", func(s state) bool { return starredAt(s) == starred })
		p.keys("ctrl+k")
		p.until("the search", func(s state) bool { return s.Focus != pane && s.Focus != "list" })
		p.keys("Escape")
		p.until("the list", func(s state) bool { return s.Focus == "list" })
		for p.state().Focus != pane {
			p.keys("F6")
			p.until("the next pane", func(s state) bool { return s.Focus != "" })
		}
	}
}

// starredAt says whether the selected row has a star.
func starredAt(s state) bool {
	for _, r := range s.Shown {
		if r.Picked {
			return r.Starred
		}
	}
	return false
}

// What is typed into a field is typed, and does nothing else.
func TestFieldsKeepTheirKeys(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	before := p.settled()
	p.clickOn(rowPart(before.Shown[0]), 1)
	p.until("the message", func(s state) bool { return s.Text })
	p.keys("ctrl+f")
	p.until("the bar", func(s state) bool { return s.Focus != "list" })
	p.types("jke#!sux z?gs")
	s := p.until("it to be sought", func(s state) bool { return s.Find != "" })
	if s.Rows != before.Rows || s.Cursor != 0 || s.Toast != "" || s.Overlay || s.Place != "All inboxes" {
		t.Errorf("typing into a field did something: %+v", s)
	}
	p.keys("Escape")
	p.until("the list", func(s state) bool { return s.Focus == "list" })

	// A dialog keeps what is typed from the mail below.
	p.keys("question")
	p.until("the map", func(s state) bool { return s.Overlay })
	p.keys("e", "numbersign", "s", "x", "Delete", "ctrl+e", "j")
	p.keys("Escape")
	s = p.until("no map", func(s state) bool { return !s.Overlay })
	if s.Rows != before.Rows || s.Toast != "" || s.Cursor != 0 || s.Selected != 1 {
		t.Errorf("typing over a dialog did something: %+v", s)
	}

	p.keys("m")
	p.until("the chooser", func(s state) bool { return s.Overlay })
	p.types("e#sz")
	p.keys("Escape")
	s = p.until("no chooser", func(s state) bool { return !s.Overlay })
	if s.Rows != before.Rows || s.Toast != "" {
		t.Errorf("typing into the chooser did something: %+v", s)
	}
}

// Selecting by keys, and reading on through a conversation and to the next.
func TestSelectingAndReadingByKeys(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	p.clickOn(rowPart(s.Shown[0]), 1)
	p.until("the message", func(s state) bool { return s.Text })
	p.keys("asterisk")
	p.until("all of them", func(s state) bool { return s.Selected == s.Rows })
	p.keys("Escape")
	p.until("one", func(s state) bool { return s.Selected == 1 })
	p.keys("x")
	p.until("none", func(s state) bool { return s.Selected == 0 })
	p.keys("x")
	p.until("one again", func(s state) bool { return s.Selected == 1 })

	for _, r := range p.state().Shown {
		if strings.Contains(r.Subject, "Lighting plan") {
			p.clickOn(rowPart(r), 1)
			break
		}
	}
	s = p.until("the conversation", func(s state) bool { return s.Cards > 2 && s.Text && s.Open < s.Cards })
	p.keys("semicolon")
	p.until("all of it", func(s state) bool { return s.Open == s.Cards })
	p.keys("ctrl+shift+e")
	p.until("the newest alone", func(s state) bool { return s.Open == 1 })
	p.keys("semicolon")
	p.until("all of it", func(s state) bool { return s.Open == s.Cards })
	at := p.state().Cursor
	for n := 0; n < 30 && p.state().Cursor == at; n++ {
		p.keys("space")
		for looks := 0; looks < 20 && p.state().Cursor == at; looks++ { // the key may not have come yet
		}
	}
	p.until("the next message", func(s state) bool { return s.Cursor == at+1 && s.Text })
	p.keys("shift+space")
	p.until("the message before", func(s state) bool { return s.Cursor == at })
}

// The keys for the whole window, and going to accounts.
func TestKeysOfTheWindow(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	p.settled()
	for _, c := range []struct{ key, place string }{{"ctrl+1", "Inbox"}, {"ctrl+3", "Inbox"}, {"ctrl+4", "Inbox"}, {"ctrl+2", "Inbox"}} {
		before := p.state().Says
		p.keys(c.key)
		p.until(c.key, func(s state) bool { return s.Place == c.place && s.Says != before })
	}
	p.keys("g", "g")
	p.until("all inboxes", func(s state) bool { return s.Place == "All inboxes" })
	p.keys("g", "j")
	p.until("junk", func(s state) bool { return s.Place == "Junk" })
	p.keys("ctrl+shift+a")
	p.until("the wizard", func(s state) bool { return s.Covered })
	p.keys("Escape")
	p.until("no wizard", func(s state) bool { return !s.Covered })
	p.keys("ctrl+q")
	if ended, err := p.Ended(patience); !ended || err != nil {
		t.Errorf("Ctrl+Q ended the program: %v (%v)", ended, err)
	}
}
