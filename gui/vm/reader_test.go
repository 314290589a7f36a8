package vm_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/demo"
	"postrider/mail/html"
)

func (w *world) reader() *vm.Reader { return vm.NewReader(&w.Desk, w.client, w.roster) }

// found returns the first message that a search finds.
func (w *world) found(text string) client.Row {
	w.t.Helper()
	f, err := w.client.Search(w.t.Context(), text, nil, 1)
	if err != nil || len(f.Rows) == 0 {
		w.t.Fatalf("%q finds %d: %v", text, len(f.Rows), err)
	}
	return f.Rows[0]
}

func TestReaderShowsAConversation(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	row := w.found(`subject:"Lighting plan for the reading room" from:ines`)
	r.Show(row)
	if len(r.Cards) != 1 || r.Cards[0].From.Name != "Ines Moreau" || r.Subject != row.Subject {
		t.Fatalf("the head is not there at once: %+v", r.Cards)
	}
	w.settle()
	if len(r.Cards) < 3 || !strings.Contains(r.About, "messages · ") || !strings.Contains(r.About, "Fernlight, ") {
		t.Fatalf("%d cards, %q", len(r.Cards), r.About)
	}
	last := r.Cards[len(r.Cards)-1]
	for i, c := range r.Cards {
		if i > 0 && c.Row.Date.Before(r.Cards[i-1].Row.Date) {
			t.Error("the cards are not oldest first")
		}
		if want := c == last || c.Unread; c.Open != want {
			t.Errorf("card %d is open %v, unread %v", i, c.Open, c.Unread)
		}
		if c.Open && (c.State != vm.BodyHere || c.Body.Text == "") {
			t.Errorf("card %d is open without its text: %v %q", i, c.State, c.Err)
		}
	}
	mine := false
	for _, c := range r.Cards {
		mine = mine || c.From.Mine && c.From.Label() == "me"
	}
	if !mine {
		t.Error("none is from me")
	}
	if !strings.HasPrefix(last.To, "to ") || !strings.Contains(last.To, "me") {
		t.Errorf("it is %q", last.To)
	}
	if last.Custody.Server != "On server" || last.Custody.Here != "On this computer" {
		t.Errorf("custody %+v", last.Custody)
	}
}

func TestReaderMarksAsReadWhatWasSeen(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	rows, err := w.client.List(t.Context(), client.Page{Mailboxes: w.roster.Mailboxes(vm.Place{Kind: vm.AllInboxes}), Filter: client.Unread, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	unread := func() bool { return !w.row(rows[0].ID).Flags.Has(mail.Seen) }
	follow := func() {
		b := w.catchUp()
		r.Apply(b)
		w.settle()
	}
	r.Focus(false)
	r.Show(rows[0])
	w.pass(5 * time.Second)
	if !unread() {
		t.Fatal("it is read though the window has no focus")
	}
	r.Focus(true)
	w.pass(900 * time.Millisecond)
	if !unread() {
		t.Fatal("it is read too soon")
	}
	w.pass(200 * time.Millisecond)
	if unread() {
		t.Fatal("it is not read after a second")
	}
	follow()
	if c := r.Cards[len(r.Cards)-1]; c.Unread {
		t.Error("the card does not know")
	}
	if _, err := w.client.Do(t.Context(), mail.SetFlags{Targets: ids(rows[0]), Patch: mail.FlagPatch{Remove: mail.Bits(mail.Seen)}}); err != nil {
		t.Fatal(err)
	}
	follow()
	w.pass(5 * time.Second)
	if !unread() {
		t.Error("what the person marked as unread is read again")
	}
}

// TestReaderFetchesWhatIsOnTheServerOnly: the snippet stands in for the text
// until it comes, and a sentence where it cannot.
func TestReaderFetchesWhatIsOnTheServerOnly(t *testing.T) {
	d, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Every: -1, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	w := openWorld(t, d)
	list, err := w.client.All()
	if err != nil {
		t.Fatal(err)
	}
	headers := func(a *accounts.Account) error {
		a.Offline = accounts.Offline{Mode: accounts.OfflineHeaders}
		return nil
	}
	if _, err := w.client.Edit(t.Context(), list[0].ID, headers, client.Secrets{}); err != nil {
		t.Fatal(err)
	}
	list, _ = w.client.All()
	if err := w.client.Sync(t.Context(), list[:1], func(client.Synced) {}); err != nil {
		t.Fatal(err)
	}
	w.roster.Load()
	w.settle()
	rows := w.some(0, 2)
	if rows[0].Here {
		t.Fatal("the text is here already")
	}
	r := w.reader()
	r.Show(rows[0])
	var states []vm.BodyState
	r.CardChanged = func(c *vm.Card) { states = append(states, c.State) }
	w.settle()
	c := r.Cards[len(r.Cards)-1]
	if c.State != vm.BodyHere || c.Body.Text == "" || c.Custody.Here == "" {
		t.Errorf("state %v, %q, %+v", c.State, c.Err, c.Custody)
	}
	if !slices.Contains(states, vm.BodyFetching) {
		t.Errorf("it went through %v", states)
	}
	d.Close()
	r.Show(rows[1])
	w.settle()
	c = r.Cards[len(r.Cards)-1]
	if c.State != vm.BodyAway || c.Err != "The text of this message is still on the server. It comes when there is a connection." {
		t.Errorf("without a server: %v, %q", c.State, c.Err)
	}
}

func TestReaderNamesWhosePicturesAreBlocked(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	row := w.found(`subject:"March letter"`)
	r.Show(row)
	w.settle()
	c := r.Cards[len(r.Cards)-1]
	if c.Body == nil || c.Body.Page == nil {
		t.Fatalf("no HTML: %v", c.State)
	}
	var notice *vm.Notice
	for i := range c.Notices {
		if c.Notices[i].Kind == vm.NoticePictures {
			notice = &c.Notices[i]
		}
	}
	if notice == nil || !strings.Contains(notice.Text, " from ") || !strings.HasSuffix(notice.Text, "blocked.") || len(notice.Hosts) == 0 {
		t.Fatalf("notices: %+v", c.Notices)
	}
	asked := map[string]bool{}
	r.Remote = resolver(func(ref string) ([]byte, html.State) { asked[ref] = true; return nil, html.Waiting })
	r.Clear()
	r.Show(row)
	w.settle()
	c = r.Cards[len(r.Cards)-1]
	for _, res := range c.Body.Page.Remote {
		if _, state := c.Pictures().Resolve(res.URL); state != html.Blocked {
			t.Errorf("%s is not blocked", res.URL)
		}
	}
	r.ShowPictures(c)
	for _, res := range c.Body.Page.Remote {
		if _, state := c.Pictures().Resolve(res.URL); (state == html.Blocked) != res.Tracks {
			t.Errorf("%s, which tracks: %v, is %v", res.URL, res.Tracks, state)
		}
	}
	if len(asked) == 0 {
		t.Error("nothing was asked for")
	}
	if c.List == nil || c.List.Web == "" && c.List.Mail == "" {
		t.Errorf("there is no way to unsubscribe: %+v", c.List)
	}
}

type resolver func(string) ([]byte, html.State)

func (r resolver) Resolve(ref string) ([]byte, html.State) { return r(ref) }

func TestReaderSavesAttachments(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	row := w.found(`has:attachment subject:"March letter"`)
	r.Show(row)
	w.settle()
	c := r.Cards[len(r.Cards)-1]
	if len(c.Body.Files) == 0 {
		t.Fatal("no attachments")
	}
	dir := t.TempDir()
	var first []string
	for range 2 {
		r.SaveInto(dir, c.Body.Files, func(paths []string, err error) {
			if err != nil || len(paths) != len(c.Body.Files) {
				t.Fatal(paths, err)
			}
			if first == nil {
				first = paths
			}
		})
		w.settle()
	}
	list, _ := os.ReadDir(dir)
	if len(list) != 2*len(c.Body.Files) {
		t.Errorf("%d files after saving %d twice", len(list), len(c.Body.Files))
	}
	data, err := os.ReadFile(first[0])
	if err != nil || len(data) == 0 || bytes.Contains(data, []byte("Content-Type")) {
		t.Errorf("%s holds %d bytes, %v", first[0], len(data), err)
	}
	if filepath.Dir(first[0]) != dir {
		t.Errorf("saved at %s", first[0])
	}
	failed := error(nil)
	r.SaveInto(filepath.Join(dir, "missing"), c.Body.Files, func(_ []string, err error) { failed = err })
	w.settle()
	if text, _ := vm.Explain(failed); text != "That folder is not there any more." {
		t.Errorf("saving nowhere says %q", text)
	}
	text := ""
	r.Source(c, func(s string, cut bool, err error) { text = s })
	w.settle()
	if !strings.Contains(text, "Subject: ") || strings.Contains(text, "\r") {
		t.Errorf("the source is %.200q", text)
	}
}

func TestReaderKnowsWhenItsMessageIsGone(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	row := w.some(1, 1)[0]
	r.Show(row)
	w.settle()
	if _, err := w.client.Do(t.Context(), mail.Expunge{Targets: ids(row)}); err != nil {
		t.Fatal(err)
	}
	r.Apply(w.catchUp())
	w.settle()
	if !r.Gone {
		t.Error("it does not know")
	}
}

func TestReaderSaysWhenPOPMailLeavesTheServer(t *testing.T) {
	w := newWorld(t)
	acc := w.roster.Accounts[1]
	for _, tt := range []struct{ keep, want string }{
		{"forever", "On server"}, {"none", "Leaves the server with the next check"}, {"days:14", "On server until " + w.Style.LongDay(w.now.AddDate(0, 0, 14), w.now)},
	} {
		keep := tt.keep
		if _, err := w.client.Edit(t.Context(), acc.ID, func(a *accounts.Account) (err error) { a.Keep, err = accounts.ParseKeep(keep); return err }, client.Secrets{}); err != nil {
			t.Fatal(err)
		}
		w.roster.Load()
		w.settle()
		w.now = w.client.Now()
		r := w.reader()
		r.Show(w.some(1, 1)[0])
		w.settle()
		if got := r.Cards[len(r.Cards)-1].Custody; got.Server != tt.want || got.Here != "On this computer" {
			t.Errorf("%s: %+v, want %q", tt.keep, got, tt.want)
		}
	}
}

// Pictures of a sender who is always shown come only with what is from that
// sender: whoever forges the name learns nothing.
func TestPicturesOfAForgedSenderAreNotFetched(t *testing.T) {
	w := newWorld(t)
	const genuine = "Authentication-Results: mail.postbox.example; dmarc=pass header.from=shop.example\n"
	page := func(head, from, subject string) string {
		return head + strings.Replace(w.news(from, subject, `<p>Look</p><img src="https://shop.example/`+strings.ReplaceAll(subject, " ", "")+`.png" width="300" height="200">`),
			"Message-ID:", "MIME-Version: 1.0\nContent-Type: text/html\nMessage-ID:", 1)
	}
	w.arrive("INBOX",
		page(genuine, "Shop <news@shop.example>", "The real offer"),
		page("", "Shop <news@shop.example>", "An unsigned offer"),
		page("Authentication-Results: mail.postbox.example; dmarc=fail header.from=shop.example\n"+genuine, "Shop <news@shop.example>", "A forged offer"),
		page("Authentication-Results: mail.evil.example; dmarc=pass header.from=shop.example\n", "Shop <news@shop.example>", "A boasting offer"),
		page(genuine, "Shop <news@shop.example>, x@evil.example", "Two offers"))
	r := w.reader()
	r.Allowed = func(address string) bool { return address == "news@shop.example" }
	for subject, want := range map[string]bool{"The real offer": true, "An unsigned offer": false, "A forged offer": false, "A boasting offer": false, "Two offers": false} {
		for range 2 { // the second time it comes from memory
			r.Clear()
			r.Show(w.found(`subject:"` + subject + `"`))
			w.settle()
			c := r.Cards[0]
			said := slices.ContainsFunc(c.Notices, func(n vm.Notice) bool { return n.Kind == vm.NoticePictures })
			if c.Body == nil || c.Shown != want || said == want {
				t.Errorf("%s: shown %v, %+v", subject, c.Shown, c.Notices)
			}
		}
	}
}
