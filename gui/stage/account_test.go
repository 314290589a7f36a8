package stage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
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
	p.says(name)
	r, err := p.Where(control(name))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.Click(r.X+20, r.Y+r.H+p.scaled(20), 1); err != nil {
		p.t.Fatal(err)
	}
	p.keys("ctrl+a")
	p.types(text)
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
func (p *play) menu(place, item string) {
	p.t.Helper()
	p.clickOn(fmt.Sprintf("place %q", place), 3)
	p.until("the menu", func(s state) bool { return s.Overlay })
	if item == "" {
		return
	}
	p.clickOn(fmt.Sprintf("item %q", item), 1)
}

func TestAccountPages(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	p.settled()

	p.menu("Home", "Account settings")
	p.until("the page", func(s state) bool { return s.Panel == "account" })
	p.says("What happens to the server’s copy")
	p.says("Nothing leaves the server until you delete it here.")
	p.picture("custody")

	// A policy that takes mail off the server says first what it would take.
	p.press("Remove it once it is stored here")
	s := p.says("Leave it as it was")
	if !strings.Contains(s.Says, "With this, ") {
		t.Errorf("it says %s", s.Says)
	}
	p.picture("considered")
	p.press("Leave it as it was")
	p.says("Nothing leaves the server until you delete it here.")
	p.press("Remove it after")
	p.says("Do so")
	p.press("Do so")
	p.until("the policy", func(s state) bool {
		return !strings.Contains(s.Says, "Do so") && strings.Contains(s.Says, "Remove it after, chosen") && strings.Contains(s.Says, "leave the server")
	})
	p.picture("leaving")

	for _, part := range []string{"Servers", "Identity", "Removal"} {
		p.clickOn(fmt.Sprintf("tab %q", part), 1)
		p.until(part, func(s state) bool { return slices.Contains(strings.Split(s.Says, "\n"), part) })
		p.picture(part)
	}
	p.keys("Escape")
	p.until("the list", func(s state) bool { return s.Panel == "" })
}
