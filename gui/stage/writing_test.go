package stage_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// A message is answered from the window, goes out by the account's own server,
// and then is in Sent and marked as answered in the list: with IMAP, where the
// server keeps Sent, and with POP, where this computer does.
func TestAnswersGoOut(t *testing.T) {
	for _, c := range []struct{ protocol, subject, words string }{
		{"IMAP", "Proof ready", "Yes, print it."},
		{"POP", "Key for the boat shed", "Found it, thank you."},
	} {
		t.Run(c.protocol, func(t *testing.T) {
			p := open(t, 1280, 800, "demo")
			s := p.settled()
			at := slices.IndexFunc(s.Shown, func(r row) bool { return strings.Contains(r.Subject, c.subject) })
			if at < 0 {
				t.Fatalf("the demo has no message about %s", c.subject)
			}
			of := s.Shown[at]
			p.clickOn(rowPart(of), 1)
			p.until("the message", func(s state) bool { return s.Text && strings.Contains(s.Reading, c.subject) })
			p.keys("r")
			p.until("the composer", func(s state) bool { return s.Writing == "ready" })
			p.types(c.words)
			p.picture("answer")
			p.keys("ctrl+Return")
			s = p.until("the composer to close", func(s state) bool { return s.Windows == 1 && s.Toast != "" })
			if !strings.Contains(s.Toast, "goes out") && !strings.Contains(s.Toast, "ending") {
				t.Errorf("the window says %q", s.Toast)
			}
			p.until("it to be marked as answered", func(s state) bool {
				return slices.ContainsFunc(s.Shown, func(r row) bool { return strings.Contains(r.Subject, c.subject) && r.Answered })
			})
			p.keys("g", "s")
			p.until("it in Sent", func(s state) bool {
				return s.Place == "Sent" && slices.ContainsFunc(s.Shown, func(r row) bool { return strings.Contains(r.Subject, c.subject) })
			})
			p.picture("sent")
		})
	}
}

// What was sent can be taken back for a while, and is open again as it was.
func TestSendingIsTakenBack(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	p.clickOn(rowPart(s.Shown[0]), 1)
	p.until("the message", func(s state) bool { return s.Text })
	p.keys("r")
	p.until("the composer", func(s state) bool { return s.Writing == "ready" })
	p.types("Not like this")
	p.keys("ctrl+Return")
	p.until("the composer to close", func(s state) bool { return s.Windows == 1 && s.Toast != "" })
	p.keys("z")
	p.until("the composer again", func(s state) bool { return s.Windows == 2 && s.Writing == "ready" })
}

// Whoever sends and quits at once has it sent, and then the program ends.
func TestWhatWasSentGoesOutBeforeTheProgramEnds(t *testing.T) {
	p := open(t, 1280, 800, "demo")
	s := p.settled()
	p.clickOn(rowPart(s.Shown[0]), 1)
	p.until("the message", func(s state) bool { return s.Text })
	p.keys("r")
	p.until("the composer", func(s state) bool { return s.Writing == "ready" })
	p.types("Sent at the last moment")
	p.keys("ctrl+Return")
	p.until("the composer to close", func(s state) bool { return s.Windows == 1 && s.Toast != "" })
	p.keys("ctrl+q")
	p.until("the program to wait", func(s state) bool { return strings.Contains(s.Toast, "goes out first") })
	if ended, err := p.Ended(25 * time.Second); !ended || err != nil {
		t.Errorf("ended %v, %v", ended, err)
	}
}
