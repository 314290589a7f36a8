package wire

import (
	"strings"
	"testing"
)

// TestNoticesAreNoAnswers: what the server says unasked goes to OnNotify, and
// what was asked for to go-imap, in whatever order a server works.
func TestNoticesAreNoAnswers(t *testing.T) {
	for _, c := range []struct {
		name, under, says string
		want              *Notice
	}{
		{"status while idle", "IDLE", `* STATUS "Archive" (MESSAGES 3 UIDNEXT 9 HIGHESTMODSEQ 70)`, &Notice{"Archive", false, 3, 9, 70}},
		{"flags alone", "IDLE", "* STATUS Archive (HIGHESTMODSEQ 71)", &Notice{"Archive", false, -1, 0, 71}},
		{"a name in modified UTF-7", "NOOP", `* STATUS "Entw&APw-rfe" (MESSAGES 0)`, &Notice{"Entwürfe", false, 0, 0, 0}},
		{"a new mailbox", "UID STORE", `* LIST () "/" "New"`, &Notice{"New", true, 0, 0, 0}},
		{"a list", "LIST", `* LIST () "/" "New"`, nil},
		{"a list before the answer of an older command", "NOOP LIST", "* STATUS Archive (MESSAGES 3)", nil},
		{"a status", "STATUS", "* STATUS Archive (MESSAGES 3)", nil},
	} {
		var got *Notice
		conn := New(nil, Options{OnNotify: func(n Notice) { got = &n }})
		conn.src.r, conn.src.before, conn.src.after = strings.NewReader(c.says+"\r\n"), func() {}, func(int) {}
		for i, verb := range strings.Fields(strings.ReplaceAll(c.under, "UID STORE", "UID_STORE")) {
			conn.commands = append(conn.commands, &command{tag: string(rune('a' + i)), verb: strings.ReplaceAll(verb, "_", " ")})
		}
		if err := conn.response(); err != nil {
			t.Fatal(c.name, err)
		}
		switch {
		case (got == nil) != (c.want == nil) || got != nil && *got != *c.want:
			t.Errorf("%s: told %+v, want %+v", c.name, got, c.want)
		case (len(conn.out) > 0) != (c.want == nil):
			t.Errorf("%s: handed on %q", c.name, conn.out)
		}
	}
}
