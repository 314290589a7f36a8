//go:build unix

package faulttest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest/gen"
	"postrider/mail/store"
)

// quickly is how long the store may take to open and to be checked.
const quickly = 5 * time.Second

// state is what one side has: a line "mailbox message flags" for each message
// in each mailbox, sorted.
type state []string

// sides are the states of both.
type sides struct{ there, here state }

func (b *bed) line(mailbox string, raw []byte, flags mail.Flags) string {
	var sum gen.Sum
	sum.Add(raw)
	name := b.names[sum]
	if name == "" {
		name = "damaged:" + sum.String()[:8]
	}
	return strings.TrimSpace(mailbox + " " + name + " " + strings.Join(flags.Names(), " "))
}

// mailboxes are all that the tests use.
var mailboxes = []string{"INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash"}

// there is what the server's disk holds.
func (b *bed) there(t *testing.T) state {
	t.Helper()
	var s state
	for _, box := range mailboxes {
		list, err := b.server.Messages(b.user, box)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			s = append(s, b.line(box, m.Raw, m.Flags))
		}
	}
	slices.Sort(s)
	return s
}

// here is what the store holds, read past the program: it is not to vouch for
// itself.
func (b *bed) here(t *testing.T) state {
	t.Helper()
	ctx := t.Context()
	st, err := store.Open(ctx, b.dir, store.Options{ReadOnly: true})
	if err != nil {
		return state{fmt.Sprintf("nothing: it does not open: %v", err)}
	}
	defer st.Close()
	var rows []store.Row
	err = st.Read(ctx, func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes("")
		if err != nil {
			return err
		}
		ids := make([]mail.MailboxID, len(boxes))
		for i, box := range boxes {
			ids[i] = box.ID
		}
		rows, err = sn.List(store.Page{Mailboxes: ids, Limit: 10_000})
		return err
	})
	if err != nil {
		return state{fmt.Sprintf("nothing: it cannot be read: %v", err)}
	}
	var s state
	for _, r := range rows {
		raw, err := st.Raw(ctx, r.Message)
		if err != nil {
			s = append(s, fmt.Sprintf("%s unreadable: %v", r.Path, err))
			continue
		}
		s = append(s, b.line(r.Path, raw, r.Flags))
	}
	slices.Sort(s)
	return s
}

// check lets the program check its store.
func (b *bed) check(t *testing.T) (problems []string) {
	t.Helper()
	e := b.run(t, "check", "--json")
	var report struct {
		OK       bool
		Problems []struct{ Kind, What string }
	}
	if err := json.Unmarshal([]byte(e.out), &report); err != nil {
		return []string{fmt.Sprintf("check: exit code %d: %s%s", e.code, e.out, e.err)}
	}
	for _, p := range report.Problems {
		problems = append(problems, fmt.Sprintf("check: %s: %s", p.Kind, p.What))
	}
	if !report.OK || e.code != 0 {
		problems = append(problems, fmt.Sprintf("check: exit code %d: %s", e.code, e.out))
	}
	if e.took > quickly {
		problems = append(problems, fmt.Sprintf("check took %v", e.took))
	}
	return problems
}

// difference tells what a side has too little and too much.
func difference(side string, got, want state) (problems []string) {
	count := map[string]int{}
	for _, line := range want {
		count[line]++
	}
	for _, line := range got {
		count[line]--
	}
	for line, n := range count {
		switch {
		case n > 0:
			problems = append(problems, fmt.Sprintf("%s lacks %s", side, line))
		case n < 0:
			problems = append(problems, fmt.Sprintf("%s has, and should not, %s", side, line))
		}
	}
	slices.Sort(problems)
	return problems
}

// settled checks the store as it was left, syncs without any fault, at most
// twice, and tells what is not as it must be then.
func (b *bed) settled(t *testing.T, want sides) (problems []string) {
	t.Helper()
	for _, p := range b.check(t) {
		problems = append(problems, "at once, "+p)
	}
	return append(problems, b.resynced(t, want)...)
}

func (b *bed) resynced(t *testing.T, want sides) (problems []string) {
	t.Helper()
	for range 2 {
		b.quiet(t)
		e := b.run(t, "sync", "--json")
		problems = nil
		if e.code != 0 {
			problems = append(problems, fmt.Sprintf("sync: exit code %d: %s%s", e.code, e.out, e.err))
		}
		problems = append(problems, difference("the server", b.there(t), want.there)...)
		problems = append(problems, difference("the store", b.here(t), want.here)...)
		if len(problems) == 0 {
			break
		}
	}
	return append(problems, b.check(t)...)
}
