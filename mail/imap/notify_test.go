package imap

import (
	"testing"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
	"postrider/mail/imap/wire"
)

func TestNoticeIsNewsOnce(t *testing.T) {
	say := func(name string, messages int, next mail.UID, modseq mail.ModSeq) wire.Notice {
		return wire.Notice{Mailbox: name, Messages: messages, UIDNext: next, ModSeq: modseq}
	}
	three := uint32(3)
	listed := []folder{{Mailbox: mail.Mailbox{Remote: "A"}, status: &imap.StatusData{NumMessages: &three, UIDNext: 9, HighestModSeq: 70}}}
	for _, c := range []struct {
		name    string
		list    []folder
		first   bool
		notices []wire.Notice
		want    []bool
	}{
		{"as listed", listed, true, []wire.Notice{say("A", 3, 9, 70)}, []bool{false}},
		{"changed since the list", listed, true, []wire.Notice{say("A", 3, 9, 71)}, []bool{true}},
		{"a server whose notices contradict its list is believed once", listed, true,
			[]wire.Notice{say("A", 4, 9, 70), say("A", 4, 9, 70)}, []bool{true, false}},
		{"a folder that the list lacked", listed, true, []wire.Notice{say("B", 0, 1, 1), say("B", 0, 1, 1)}, []bool{true, false}},
		{"no list to compare with", nil, true, []wire.Notice{say("A", 3, 9, 70)}, []bool{false}},
		{"a delivery while waiting", listed, false, []wire.Notice{say("A", 4, 10, 0)}, []bool{true}},
		{"flags while waiting, with CONDSTORE", listed, false, []wire.Notice{say("A", -1, 0, 75)}, []bool{true}},
		{"flags while waiting, without", listed, false, []wire.Notice{say("A", -1, 0, 0), say("A", -1, 0, 0)}, []bool{true, true}},
		{"a folder made", listed, false, []wire.Notice{{Mailbox: "B", Tree: true}}, []bool{true}},
	} {
		o := &others{first: c.first}
		o.listed(c.list)
		for i, n := range c.notices {
			if got := o.news(n); got != c.want[i] {
				t.Errorf("%s: notice %d is news: %v, want %v", c.name, i+1, got, c.want[i])
			}
		}
	}
}
