package stage_test

import (
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// The session ends while somebody types: the last words are in the draft, and the
// draft is open at the next start.
func TestSigningOutLosesNoWords(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"terminated": syscall.SIGTERM, "hung up": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			_, dir := world(t, "Home")
			p := open(t, 1280, 800, "--data", dir)
			p.until("mail", func(s state) bool { return s.Ready && s.Whole && strings.HasPrefix(s.Foot, "Up to date") })
			p.keys("c")
			p.until("the composer", func(s state) bool { return s.Writing == "ready" })
			p.types("ada@example.org")
			p.keys("Return", "Return")
			p.types("Parting")
			p.keys("Return")
			p.types("Words of the last moment")
			p.until("the words", func(s state) bool { return strings.HasPrefix(s.Words, "Words of the last moment") })
			end(t, p, signal)
			if texts := drafts(t, dir, "Parting"); len(texts) != 1 || !strings.HasPrefix(texts[0], "Words of the last moment") {
				t.Fatalf("the drafts are %q", texts)
			}
			p = open(t, 1280, 800, "--data", dir)
			p.until("the composer again", func(s state) bool { return s.Windows == 2 && s.Writing == "ready" })
			p.picture("again-" + name)
		})
	}
}

// end has the system end the program.
func end(t *testing.T, p *play, signal syscall.Signal) {
	t.Helper()
	program, err := os.FindProcess(p.Pid())
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Signal(signal); err != nil {
		t.Fatal(err)
	}
	if ended, err := p.Ended(20 * time.Second); !ended {
		t.Fatalf("it does not end: %v", err)
	}
}

// drafts are the texts of the drafts with a subject.
func drafts(t *testing.T, dir, subject string) (texts []string) {
	t.Helper()
	for _, d := range kept(t, dir, subject) {
		texts = append(texts, d.Text)
	}
	return texts
}

// goesAlong reports whether a file goes along with a draft.
func goesAlong(t *testing.T, dir, subject, name string) bool {
	t.Helper()
	return slices.ContainsFunc(kept(t, dir, subject), func(d *message.Draft) bool {
		return slices.ContainsFunc(d.Files, func(f message.File) bool { return f.Name == name })
	})
}

// kept are the drafts with a subject.
func kept(t *testing.T, dir, subject string) (list []*message.Draft) {
	t.Helper()
	c, err := client.Open(t.Context(), client.Options{Dir: dir, Keyring: &secret.Memory{}, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	tree, err := c.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, box := range tree.Mailboxes {
		if box.Role != mail.RoleDrafts {
			continue
		}
		rows, err := c.List(t.Context(), client.Page{Mailboxes: []mail.MailboxID{box.ID}, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Subject != subject {
				continue
			}
			d, err := c.Resume(t.Context(), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, d)
		}
	}
	return list
}
