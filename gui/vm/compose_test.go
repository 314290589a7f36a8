package vm_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// composing begins a composition whose text is a string.
func (w *world) composing(b vm.Beginning, opts vm.ComposeOptions) (c *vm.Composition, text *string) {
	w.t.Helper()
	c = vm.NewComposition(&w.Desk, w.client, w.roster, opts)
	text = new(string)
	c.Text = func() string { return *text }
	c.SetText = func(s string) { *text = s }
	c.Edit = c.SetText
	c.Failed = func(text, detail string) { w.t.Logf("failed: %s %s", text, detail) }
	c.Begin(b)
	w.settle()
	return c, text
}

// inbox is the inbox's row with a subject.
func (w *world) inboxRow(subject string) client.Row {
	w.t.Helper()
	for _, m := range w.roster.Tree().Mailboxes {
		if m.Account != "demowork" || m.Role != mail.RoleInbox {
			continue
		}
		rows, err := w.client.List(w.t.Context(), client.Page{Mailboxes: []mail.MailboxID{m.ID}, Limit: 200})
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range rows {
			if r.Subject == subject {
				return r
			}
		}
	}
	w.t.Fatalf("there is no message %q", subject)
	return client.Row{}
}

func TestEachBeginningFillsIn(t *testing.T) {
	w := newWorld(t)
	row := w.inboxRow("Keys for the sample room")
	for _, c := range []struct {
		name    string
		begin   vm.Beginning
		subject string
		to      string // of the first recipient; "": nobody
		says    string
	}{
		{"new", vm.Beginning{}, "", "", ""},
		{"link", vm.Beginning{Kind: vm.BeginLink, Link: "mailto:ada@example.org?subject=Hi&body=One%0ATwo&attach=/etc/passwd&from=x@y.z"}, "Hi", "ada@example.org", "One\nTwo"},
		{"reply", vm.Beginning{Kind: vm.BeginReply, Of: row.ID}, "Re: " + row.Subject, row.FromAddr, "\n> "},
		{"forward", vm.Beginning{Kind: vm.BeginForward, Of: row.ID}, "Fwd: " + row.Subject, "", "---------- Forwarded message ----------"},
		{"forward whole", vm.Beginning{Kind: vm.BeginForwardWhole, Of: row.ID}, "Fwd: " + row.Subject, "", ""},
		{"edit as new", vm.Beginning{Kind: vm.BeginAsNew, Of: row.ID}, row.Subject, "nora@fernlight.example", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, text := w.composing(c.begin, vm.ComposeOptions{})
			if m.State != vm.ComposeReady {
				t.Fatalf("state %v: %s %s", m.State, m.Why, m.Detail)
			}
			to := ""
			if len(m.To) > 0 {
				to = m.To[0].Addr
			}
			if m.Subject != c.subject || to != c.to || !strings.Contains(*text, c.says) {
				t.Errorf("subject %q, to %q, text %q", m.Subject, to, *text)
			}
			if c.begin.Of != 0 && m.Sender().Addr != "nora@fernlight.example" {
				t.Errorf("as %s", m.Sender().Addr)
			}
			if got, want := len(m.Files), map[bool]int{true: 1}[c.name == "forward whole"]; got != want {
				t.Errorf("%d files, want %d", got, want)
			}
			if m.Touched() {
				t.Error("it counts as written before anybody wrote")
			}
		})
	}
}

func TestWhatIsGoneCannotBeAnswered(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{Kind: vm.BeginReply, Of: 1 << 40}, vm.ComposeOptions{})
	if c.State != vm.ComposeFailed || c.Why == "" {
		t.Errorf("state %v, why %q", c.State, c.Why)
	}
	closed := false
	c.Close(func(ok bool) { closed = ok })
	if !closed {
		t.Error("it cannot be closed")
	}
}

func TestAFolderIsNoAttachment(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{}, vm.ComposeOptions{})
	said := ""
	c.Failed = func(text, _ string) { said = text }
	c.Attach(t.TempDir(), filepath.Join(t.TempDir(), "missing"))
	w.settle()
	if len(c.Files) != 0 || said == "" {
		t.Errorf("files %v, said %q", c.Files, said)
	}
}

// Large files do not stay in memory, and their copies go with the composition.
func TestLargeFilesAreSpooled(t *testing.T) {
	w := newWorld(t)
	dir := filepath.Join(w.client.Dir(), "temporary")
	path := filepath.Join(t.TempDir(), "film.mp4")
	if err := os.WriteFile(path, make([]byte, 6<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	c, text := w.composing(vm.Beginning{To: []message.Address{{Addr: "ada@example.org"}}, Subject: "Film"}, vm.ComposeOptions{})
	c.Senders[c.From].Limit = 4 << 20 // as its server says
	*text = "Here it is."
	c.Attach(path)
	if !c.Loading() || len(c.Doubts()) == 0 || !c.Doubts()[0].Stops {
		t.Error("it could be sent while the file is being read")
	}
	w.settle()
	os.Remove(path)
	left := func() int { list, _ := os.ReadDir(dir); return len(list) }
	if left() != 1 || c.Files[0].Size != 6<<20 || c.Files[0].Type != "video/mp4" {
		t.Errorf("%d folders, file %+v", left(), c.Files[0])
	}
	if d := c.Doubts(); len(d) != 1 || d[0].Stops || !strings.Contains(d[0].Text, "that your server takes") {
		t.Errorf("doubts %v", d)
	}
	sent := false
	c.Send(time.Time{}, func(d *vm.Dispatch) { sent = d != nil })
	w.settle()
	if !sent || left() != 0 {
		t.Errorf("sent %v, %d folders left", sent, left())
	}
}

func TestSavesFollowEachOther(t *testing.T) {
	w := newWorld(t)
	c, text := w.composing(vm.Beginning{Subject: "Draft"}, vm.ComposeOptions{})
	drafts := func() (n int) {
		for _, m := range w.roster.Tree().Mailboxes {
			if m.Account == "demowork" && m.Role == mail.RoleDrafts {
				rows, err := w.client.List(t.Context(), client.Page{Mailboxes: []mail.MailboxID{m.ID}, Limit: 100})
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					if r.Subject == "Draft" {
						n++
					}
				}
			}
		}
		return n
	}
	for i := range 5 {
		*text += "more "
		c.Write()
		w.pass(2 * time.Second)
		if n := drafts(); n != 1 {
			t.Fatalf("%d drafts after save %d", n, i+1)
		}
	}
	if c.Saved.Err || c.Saved.Open || !strings.HasPrefix(c.Saved.Text, "Saved on this computer ") {
		t.Errorf("saved %+v", c.Saved)
	}
	// Another account's draft takes its place.
	for i, s := range c.Senders {
		if s.Account == "demohome" {
			c.SetFrom(i)
		}
	}
	w.pass(3 * time.Second)
	if n := drafts(); n != 0 {
		t.Errorf("%d drafts were left in the account before", n)
	}
	c.Discard(func(bool) {})
	w.settle()
}

func TestTimesToSendAt(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{}, vm.ComposeOptions{})
	for _, day := range []struct {
		now  time.Time
		want []string
	}{
		{time.Date(2026, 3, 3, 9, 41, 0, 0, time.Local), []string{"Tomorrow morning Wed 4 08:00", "Monday morning Mon 9 08:00"}},
		{time.Date(2026, 3, 3, 2, 0, 0, 0, time.Local), []string{"This morning Tue 3 08:00", "Tomorrow morning Wed 4 08:00", "Monday morning Mon 9 08:00"}},
		{time.Date(2026, 3, 8, 12, 0, 0, 0, time.Local), []string{"Tomorrow morning Mon 9 08:00"}},
		{time.Date(2026, 3, 9, 12, 0, 0, 0, time.Local), []string{"Tomorrow morning Tue 10 08:00", "Monday morning Mon 16 08:00"}},
	} {
		w.now = day.now
		var got []string
		for _, l := range c.LaterTimes() {
			got = append(got, l.Label+" "+l.At.Format("Mon 2 15:04"))
		}
		if strings.Join(got, ", ") != strings.Join(day.want, ", ") {
			t.Errorf("at %s: %v, want %v", day.now.Format("Mon 15:04"), got, day.want)
		}
	}
	w.now = time.Date(2026, 3, 3, 9, 41, 0, 0, time.Local)
	for _, c2 := range []struct{ day, clock, want string }{
		{"2026-03-04", "08:00", "2026-03-04 08:00"}, {"2026-03-04", "3:30 pm", "2026-03-04 15:30"}, {" 2026-03-03 ", "10", "2026-03-03 10:00"},
		{"2026-03-03", "09:00", ""}, {"tomorrow", "08:00", ""}, {"2026-03-04", "later", ""}, {"2026-02-30", "08:00", ""},
	} {
		at, err := c.When(c2.day, c2.clock)
		got := at.Format("2006-01-02 15:04")
		if err != nil {
			got = ""
		}
		if got != c2.want {
			t.Errorf("%s %s: %q, want %q", c2.day, c2.clock, got, c2.want)
		}
	}
}

func TestAcquaintancesAreFoundByTheirWords(t *testing.T) {
	w := newWorld(t)
	a := vm.NewAcquaintances(&w.Desk, w.client, w.roster)
	a.Refresh()
	w.settle()
	for _, c := range []struct {
		typed string
		want  string // part of the first
	}{
		{"ines", "ines"}, {"INÉS", "ines"}, {"mor", "moreau"}, {"bran tom", "brandt"}, {"citylib", "citylibrary"}, {"", ""}, {"qqqq", ""}, {"nora@fern", ""},
	} {
		got := ""
		if list := a.Find(c.typed, 6, nil); len(list) > 0 {
			got = list[0].String()
		}
		if (c.want == "") != (got == "") || !strings.Contains(strings.ToLower(got), c.want) {
			t.Errorf("%q finds %q, want %q", c.typed, got, c.want)
		}
	}
}
