package vm_test

import (
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// says hands the models what a worker says of itself.
func (w *world) says(a *vm.Activity, account mail.AccountID, st mail.Status) {
	b := []mail.Batch{{Changes: []mail.Change{mail.AccountStatus{Account: account, Status: st}}}}
	w.roster.Apply(b)
	a.Apply(b)
	w.settle()
}

func (w *world) activity() *vm.Activity {
	a := vm.NewActivity(&w.Desk, w.client, w.roster)
	a.Load()
	w.settle()
	return a
}

// some returns messages of the inbox of an account.
func (w *world) some(account, n int) []client.Row {
	w.t.Helper()
	box, _ := w.roster.Tree().Role(w.roster.Accounts[account].ID, mail.RoleInbox)
	rows, err := w.client.List(w.t.Context(), client.Page{Mailboxes: []mail.MailboxID{box.ID}, Limit: n})
	if err != nil || len(rows) != n {
		w.t.Fatal(len(rows), err)
	}
	return rows
}

func TestActivitySaysWhatWaits(t *testing.T) {
	w := newWorld(t)
	a := w.activity()
	rows := w.some(0, 5)
	star := mail.SetFlags{Targets: []mail.PlacementID{rows[0].ID}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Flagged)}}
	if _, err := w.client.Do(t.Context(), star); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{w.client.Archive(t.Context(), rows[1:3]), w.client.Delete(t.Context(), rows[3:4], false), w.client.Junk(t.Context(), rows[4:5])} {
		if err != nil {
			t.Fatal(err)
		}
	}
	a.Apply(w.catchUp())
	w.settle()
	var got []string
	for _, l := range a.Waiting {
		got = append(got, l.Text)
	}
	want := []string{"Star “" + rows[0].Subject + "”", "Archive 2 messages", "Delete “" + rows[3].Subject + "”", "Move “" + rows[4].Subject + "” to Junk"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("waiting:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	a.Cancel(a.Waiting[3], func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	a.Apply(w.catchUp())
	w.settle()
	if len(a.Waiting) != 3 {
		t.Errorf("%d lines wait after one of 4 was called off", len(a.Waiting))
	}
	back, err := w.client.Row(t.Context(), rows[4].ID)
	if err != nil || back.Mailbox != rows[4].Mailbox || back.Flags != rows[4].Flags {
		t.Errorf("what was called off is %+v, %v", back, err)
	}
}

func TestFootAndBannerFollowTheWorkers(t *testing.T) {
	w := newWorld(t)
	a := w.activity()
	ids := []mail.AccountID{}
	for _, acc := range w.roster.Accounts {
		ids = append(ids, acc.ID)
	}
	at := w.now
	clock := w.Style.Clock(at)
	idle := mail.Status{Phase: mail.PhaseIdle, Since: at, LastSync: at}
	for _, id := range ids {
		w.says(a, id, idle)
	}
	w.pass(time.Second)
	if f := a.Foot; f.Kind != vm.FootDone || f.Text != "Up to date" || f.Time != clock || f.Fraction >= 0 {
		t.Errorf("at rest: %+v", f)
	}
	w.says(a, ids[1], mail.Status{Phase: mail.PhaseSyncing})
	w.pass(300 * time.Millisecond)
	if a.Foot.Text != "Up to date" {
		t.Errorf("a short look shows: %+v", a.Foot)
	}
	w.pass(time.Second)
	if a.Foot.Text != "Home: checking" {
		t.Errorf("a long look does not show: %+v", a.Foot)
	}
	told := 0
	a.Changed = func() { told++ }
	for n := range 100 {
		w.says(a, ids[1], mail.Status{Phase: mail.PhaseSyncing, Done: 1000 + n, Of: 2066, Bytes: int64(n) * 50_000})
		w.pass(20 * time.Millisecond)
	}
	if told > 10 {
		t.Errorf("%d refreshes in two seconds", told)
	}
	w.pass(time.Second)
	if f := a.Foot; f.Text != "Home: 1,099 of 2,066" || f.Fraction < 0.5 || f.Fraction > 0.54 {
		t.Errorf("while mail comes in: %+v", f)
	}
	if len(a.Downloads) != 1 || a.Downloads[0].Text != "1,099 of 2,066 · 2.5 MB/s" {
		t.Errorf("downloads: %+v", a.Downloads)
	}
	for _, id := range ids {
		w.says(a, id, mail.Status{Phase: mail.PhaseOffline, Since: at, LastSync: at, Retry: w.now.Add(24 * time.Second), Err: &mail.Error{Kind: mail.KindOffline, Message: "no route"}})
	}
	w.pass(time.Second)
	if f := a.Foot; f.Kind != vm.FootOffline || f.Text != "Offline since "+clock {
		t.Errorf("offline: %+v", f)
	}
	if !strings.HasPrefix(a.Banner, "You are offline.") {
		t.Errorf("banner %q", a.Banner)
	}
	if l := a.Lines[0]; l.Text != "No connection; last check "+clock || l.Note != "next try in 23 s" || !l.Try {
		t.Errorf("line %+v", l)
	}
	a.Open(true)
	w.pass(3 * time.Second)
	if l := a.Lines[0]; l.Note != "next try in 20 s" {
		t.Errorf("an open panel does not count down: %q", l.Note)
	}
	w.says(a, ids[2], mail.Status{Phase: mail.PhaseStopped, Since: at, Err: &mail.Error{Kind: mail.KindSignIn, Message: "the server refused the password", Detail: "NO [AUTHENTICATIONFAILED] no"}})
	w.says(a, ids[0], idle)
	w.pass(time.Second)
	if a.Banner != "" || a.Foot.Text != "Sailing club: sign-in needed" {
		t.Errorf("one works again: %q, %+v", a.Banner, a.Foot)
	}
	if len(a.Problems) != 1 {
		t.Fatalf("problems: %+v", a.Problems)
	}
	if p := a.Problems[0]; p.Title != "Sailing club did not accept the password." || p.Detail != "NO [AUTHENTICATIONFAILED] no" || p.Text != "Since "+clock+". Mail that is already here can be read." {
		t.Errorf("problem %+v", p)
	}
}

func TestAccountThatWasRefusedBeforeAStart(t *testing.T) {
	w := newWorld(t)
	a := w.activity()
	w.pass(time.Second)
	if len(a.Problems) != 1 || a.Problems[0].Title != "Sailing club did not accept the password." || a.Problems[0].Detail == "" {
		t.Errorf("problems: %+v", a.Problems)
	}
}

func TestActivitySaysWhatIsToBeSent(t *testing.T) {
	w := newWorld(t)
	a := w.activity()
	acc := w.roster.Accounts[0]
	follow := func() {
		a.Apply(w.catchUp())
		w.settle()
		for _, id := range accountIDs(w) { // as if workers ran: the folders were read anew
			w.says(a, id, mail.Status{Phase: mail.PhaseIdle, LastSync: w.now})
		}
		w.pass(time.Second)
	}
	send := func(subject string, at time.Time) {
		d := &message.Draft{From: message.Address{Addr: acc.Address}, To: []message.Address{{Addr: "proofs@hollisprint.example"}}, Subject: subject, Text: "Yes."}
		if _, err := w.client.Send(t.Context(), client.Post{Account: acc.ID, Draft: d, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	tomorrow := w.now.Add(24 * time.Hour).Truncate(time.Minute)
	send("Later", tomorrow)
	follow()
	if len(a.Waiting) != 1 || a.Waiting[0].Text != "Send “Later” to proofs@hollisprint.example" || a.Waiting[0].Later != "tomorrow, "+w.Style.Clock(tomorrow) {
		t.Fatalf("waiting: %+v", a.Waiting)
	}
	if a.Foot.Text != "Up to date" {
		t.Errorf("with a message for tomorrow the foot says %q", a.Foot.Text)
	}
	send("Re: Proof ready", time.Time{})
	w.pass(time.Minute)
	follow()
	if a.Foot.Kind != vm.FootSending || a.Foot.Text != "Sending…" {
		t.Errorf("the foot says %+v with %+v", a.Foot, a.Waiting)
	}
	a.Cancel(a.Waiting[1], func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	follow()
	if n := len(a.Waiting); n != 2 || a.Waiting[1].Text != "Upload “Re: Proof ready” to Drafts" || a.Foot.Text != "1 change waits" {
		t.Errorf("called off: %+v, %+v", a.Foot, a.Waiting)
	}
}

func accountIDs(w *world) (ids []mail.AccountID) {
	for _, acc := range w.roster.Accounts {
		ids = append(ids, acc.ID)
	}
	return ids
}
