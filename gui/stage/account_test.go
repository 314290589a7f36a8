package stage_test

import (
	"fmt"
	"strings"
	"testing"

	"postrider/gui/stage"
)

// control names a control for Where, by what it is called.
func control(label string) string { return fmt.Sprintf("control %q", label) }

// press clicks a control, once it is there.
func (p *play) press(label string) {
	p.t.Helper()
	p.says(label)
	p.clickOn(control(label), 1)
}

// fill clicks into the field below a name and types in place of what is there.
func (p *play) fill(name, text string) {
	p.t.Helper()
	p.fillAt(control(name), text)
}

// fillNth is fill for the nth field of a name.
func (p *play) fillNth(name string, nth int, text string) {
	p.t.Helper()
	p.fillAt(fmt.Sprintf("control %q %d", name, nth), text)
}

func (p *play) fillAt(name, text string) {
	p.t.Helper()
	r := p.where(name)
	if err := p.Click(r.X+20, r.Y+r.H+p.scaled(20), 1); err != nil {
		p.t.Fatal(err)
	}
	p.keys("ctrl+a")
	p.types(text)
}

// typeIn types once there is a line to type in.
func (p *play) typeIn(text string) {
	p.t.Helper()
	p.until("a line to type in", func(s state) bool { return s.Focus == "*widgets.LineEdit" })
	p.types(text)
}

// tall gives the window all of a screen that is 1000 high.
func (p *play) tall() {
	p.t.Helper()
	if err := p.Resize(1280, 1000); err != nil {
		p.t.Fatal(err)
	}
}

// scaled is a length in the pixels of the screen.
func (p *play) scaled(n int) int {
	if p.scale > 1 {
		return int(float64(n) * p.scale)
	}
	return n
}

// says waits until the window shows some words, in whatever control.
func (p *play) says(words string) state {
	p.t.Helper()
	return p.until(words, func(s state) bool { return strings.Contains(s.Says, words) })
}

// menu opens the menu of a line of the sidebar and chooses from it; "" leaves it
// open.
func (p *play) menu(place, item string) state {
	p.t.Helper()
	p.clickOn(fmt.Sprintf("place %q", place), 3)
	s := p.until("the menu", func(s state) bool { return s.Overlay })
	if item != "" {
		p.clickOn(fmt.Sprintf("item %q", item), 1)
	}
	return s
}

func TestCustodyPage(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	p.settled()
	p.menu("Home", "Account settings")
	p.until("the page", func(s state) bool { return s.Panel == "account" })
	p.says("What happens to the server’s copy")
	p.says("Nothing leaves the server until you delete it here.")
	p.picture("custody")

	// A policy that takes mail off the server says first what it would take.
	p.press("Remove it once it is stored here")
	p.says("Leave it as it was")
	p.says("With this, ")
	p.picture("considered")
	p.press("Leave it as it was")
	p.says("Nothing leaves the server until you delete it here.")
	p.press("Remove it after")
	p.press("Use this")
	p.until("the policy", func(s state) bool {
		return !strings.Contains(s.Says, "Use this") && strings.Contains(s.Says, "Remove it after, chosen") && strings.Contains(s.Says, "leave the server on ")
	})

	// What is next to leave can be kept.
	r := p.where("table row 1")
	x, y := r.Center()
	if err := p.Move(x, y); err != nil {
		t.Fatal(err)
	}
	p.picture("leaving")
	if err := p.Click(r.X+r.W-30, y, 1); err != nil {
		t.Fatal(err)
	}
	p.says("1 message stays on the server because you want it")
	p.press("Let it leave")
	p.until("nothing to be kept", func(s state) bool { return !strings.Contains(s.Says, "because you want it") })

	// Nothing happens to what is selected behind the page.
	rows := p.state().Rows
	p.keys("numbersign", "e", "Delete")
	p.keys("Escape")
	s := p.until("the list", func(s state) bool { return s.Panel == "" })
	if s.Rows != rows || s.Toast != "" {
		t.Errorf("%d rows of %d; %q", s.Rows, rows, s.Toast)
	}
}

func TestAccountPage(t *testing.T) {
	p := open(t, 1280, 1000, "demo")
	p.settled()
	p.tall()
	x, y := p.middle(`place "Fernlight"`)
	for range 2 {
		if err := p.Click(x, y, 1); err != nil {
			t.Fatal(err)
		}
	}
	p.until("the page by a double click", func(s state) bool {
		return s.Panel == "account" && strings.Contains(s.Says, "What this computer keeps")
	})
	p.says("On the server and here")
	p.picture("imap")

	p.clickOn(`tab "Servers"`, 1)
	p.says("This account can send mail")
	p.picture("servers")
	p.says("This account is IMAP")
	p.press("Add it as POP …")
	p.until("the wizard", func(s state) bool {
		return s.Covered && strings.Contains(s.Says, "Continue with POP")
	})
	p.picture("again")
	p.keys("Escape")
	p.until("the page", func(s state) bool { return !s.Covered && s.Panel == "account" })
	p.fill("Name of the account", "Studio")
	p.press("Test")
	s := p.says("all went well")
	if !strings.Contains(s.Says, "Sign in for sending") {
		t.Errorf("the test was of %s", s.Says)
	}
	p.fill("Password", "wrong")
	p.press("Save")
	p.says("did not go through")
	p.picture("wrong-password")
	p.fill("Password", "lantern-1911")
	p.press("Save")
	p.says("Saved.")
	p.clickOn(`place "Studio"`, 1)
	p.until("the list", func(s state) bool { return s.Panel == "" })

	p.keys("ctrl+comma")
	p.says("Settings of Studio")
	p.picture("settings")
	p.press("Settings of Studio")
	p.until("the page from the settings", func(s state) bool { return s.Panel == "account" })
	p.keys("Escape")
	p.until("the list", func(s state) bool { return s.Panel == "" && !strings.Contains(s.Says, "Settings of Studio") })

	p.menu("Studio", "Account settings")
	p.clickOn(`tab "Identity"`, 1)
	p.says("This account")
	p.press("Add an address")
	p.says("Another address")
	p.picture("identity")

	p.menu("Studio", "Remove account …")
	p.says("Remove this account")
	p.picture("removal")
	p.press("Remove account …")
	p.says("Remove Studio?")
	p.picture("asked")
	p.press("Cancel")
	p.press("Delete the mail that is here")
	p.press("Remove account …")
	p.says("and its mail")
	p.press("Delete")
	p.until("the account to be gone", func(s state) bool { return s.Panel == "" && !strings.Contains(s.Says, "Studio") })
	if _, err := p.Where(`place "Studio"`); err == nil {
		r, _ := p.Where(`place "Studio"`)
		t.Errorf("it is still in the sidebar, at %v", r)
	}
}

func TestSignInAgain(t *testing.T) {
	p := open(t, 1280, 1000, "demo")
	p.settled()
	p.tall()
	p.menu("Sailing club", "Sign in again …")
	p.says("Sign in to Sailing club")
	p.typeIn("wrong")
	p.keys("Return")
	p.says("does not accept")
	p.picture("refused")
	p.keys("ctrl+a")
	p.types("lantern-1911")
	p.keys("Return")
	p.until("it to be well", func(s state) bool { return !s.Overlay && !strings.HasPrefix(s.Foot, "Sailing club") })
}

func TestFolderMenus(t *testing.T) {
	p := open(t, 1280, 1000, "demo")
	p.settled()
	p.tall()
	p.menu("Fernlight", "New folder …")
	p.says("New folder")
	p.typeIn("a/b")
	p.keys("Return")
	p.says("A name has no / in it")
	p.picture("named-wrong")
	p.keys("ctrl+a")
	p.types("Invoices")
	p.keys("Return")
	place := func(name string) func(state) bool {
		return func(s state) bool {
			_, err := p.Where(fmt.Sprintf("place %q", name))
			return err == nil && !s.Overlay
		}
	}
	p.until("the folder", place("Invoices"))
	p.menu("Invoices", "New folder inside …")
	p.says("Inside Invoices.")
	p.typeIn("2026")
	p.keys("Return")
	p.until("the folder inside", place("2026"))
	p.menu("Invoices", "")
	p.says("Delete folder … there are folders inside")
	p.picture("menu")
	p.keys("Escape")
	p.menu("2026", "Rename …")
	p.says("Rename the folder")
	p.typeIn("Old")
	p.keys("Return")
	p.until("its new name", place("Old"))
	p.menu("Old", "Delete folder …")
	p.says("Delete the folder Old?")
	p.press("Delete")
	p.until("it to be gone", func(s state) bool {
		_, err := p.Where(`place "Old"`)
		return err != nil && strings.Contains(s.Toast, "is deleted")
	})

	s := p.menu("Inbox", "")
	if !strings.Contains(s.Says, "Rename … the inbox keeps its name") || !strings.Contains(s.Says, "Delete folder … the account needs this folder") {
		t.Errorf("the inbox’s menu: %s", s.Says)
	}
	p.picture("inbox-menu")
	p.clickOn(`item "Mark all as read"`, 1)
	p.until("all of it to be read", func(s state) bool { return strings.Contains(s.Toast, "marked as read") })

	p.menu("Junk", "Empty junk …")
	p.says("are deleted for good, here and on the server.")
	p.picture("emptying")
	p.press("Delete")
	p.until("it to be empty", func(s state) bool { return strings.Contains(s.Toast, "deleted for good") })
}

// TestAccountLooks keeps pictures of accounts and of the first run as they look
// in the dark, in narrow windows and on fine screens.
func TestAccountLooks(t *testing.T) {
	if *pictures == "" {
		t.Skip("nobody asked for pictures")
	}
	for _, look := range []struct {
		name          string
		width, height int
		opts          stage.Options
	}{
		{"dark", 1280, 800, stage.Options{Env: []string{"FYNE_THEME=dark"}}},
		{"narrow", 720, 800, stage.Options{}},
		{"fine", 2560, 1600, stage.Options{Scale: 2}},
	} {
		t.Run(look.name, func(t *testing.T) {
			opts := look.opts
			opts.Args = []string{"demo"}
			p := openWith(t, look.width, look.height, opts)
			p.settled()
			if look.name == "narrow" {
				if err := p.Resize(look.width, look.height); err != nil {
					t.Fatal(err)
				}
				p.until("a narrow window", func(s state) bool { return s.Mode == "drawer" })
				p.keys("ctrl+b")
			}
			p.menu("Home", "Account settings")
			p.press("Remove it after")
			p.says("Use this")
			p.picture("custody")
			p.press("Use this")
			p.says("leave the server on ")
			p.clickOn(`tab "Servers"`, 1)
			p.says("Receiving")
			p.picture("servers")
			p.keys("Escape")
			if look.name != "narrow" { // it is in the drawer there
				p.clickOn("foot", 1)
				p.until("the panel", func(s state) bool { return s.Panel == "activity" })
				p.picture("activity")
			}
		})
		t.Run(look.name+" first run", func(t *testing.T) {
			n := &newcomer{data: t.TempDir()}
			opts := look.opts
			opts.Env = append([]string{"POSTRIDER_DATA=" + n.data, "POSTRIDER_KEYRING=vault"}, opts.Env...)
			n.play = openWith(t, look.width, look.height, opts)
			n.says("Welcome to Postrider")
			if err := n.Resize(look.width, look.height); err != nil {
				t.Fatal(err)
			}
			n.picture("welcome")
			protocol := "POP"
			if look.name == "narrow" { // its card is below what shows
				protocol = "IMAP"
			}
			n.address("nora@fernlight.example", protocol)
			n.picture("servers")
		})
	}
}
