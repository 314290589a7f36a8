package pop3

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"postrider/mail"
)

func TestStat(t *testing.T) {
	for answer, ok := range map[string]bool{
		"+OK 0 0":                    true,
		"+OK 5 1234 and more":        true,
		"+OK  5\t1234":               true,
		"+OK 5 9223372036854775807":  true,
		"+OK":                        false,
		"+OK 5":                      false,
		"+OK -1 5":                   false,
		"+OK 5 -1":                   false,
		"+OK +5 +1":                  false,
		"+OK 4294967296 5":           false,
		"+OK 5 18446744073709551616": false,
		"+OK five 5":                 false,
	} {
		c := connect(t, "S: +OK\n C: STAT\n S: "+answer+"\n C: NOOP\n S: +OK")
		_, _, err := c.Stat(t.Context())
		if (err == nil) != ok || err != nil && !mail.Is(err, mail.KindGarbled) {
			t.Errorf("%s: %v", answer, err)
		}
		must(t, c.Noop(t.Context()))
	}
}

// TestListing has one line in three that makes no sense, or is odd: the others
// must come, and the session go on.
func TestListing(t *testing.T) {
	for line, want := range map[string]Scan{
		"2 20":                            {Num: 2, Size: 20},
		"2 20 extra":                      {Num: 2, Size: 20},
		"2\t 20":                          {Num: 2, Size: 20},
		"2 0":                             {Num: 2},
		"2":                               {Num: 2, Err: errAny},
		"2 -20":                           {Num: 2, Err: errAny},
		"2 18446744073709551616":          {Num: 2, Err: errAny},
		"":                                {Err: errAny},
		"0 20":                            {Err: errAny},
		"-2 20":                           {Err: errAny},
		"4294967298 20":                   {Err: errAny},
		"1 20":                            {Err: errAny},
		`\x00\x1b[2J`:                     {Err: errAny},
		"2 " + strings.Repeat("2", 1<<20): {Num: 2, Err: errAny},
	} {
		c := connect(t, "S: +OK\n C: LIST\n S: +OK\n S: 1 10\n S: "+line+"\n S: 3 30\n S: .\n C: NOOP\n S: +OK")
		var got []Scan
		must(t, c.List(t.Context(), func(s Scan) error { got = append(got, s); return nil }))
		if len(got) != 3 || got[0] != (Scan{Num: 1, Size: 10}) || got[2] != (Scan{Num: 3, Size: 30}) {
			t.Fatalf("%.40q: got %v", line, got)
		}
		if g := got[1]; g.Num != want.Num || g.Size != want.Size || (g.Err == nil) != (want.Err == nil) {
			t.Errorf("%.40q: got %v, want %v", line, g, want)
		}
		must(t, c.Noop(t.Context()))
	}
}

var errAny = errors.New("any error")

func TestUIDL(t *testing.T) {
	for line, want := range map[string]Ident{
		"2 x":                             {Num: 2, ID: "x"},
		"2  x ":                           {Num: 2, ID: "x"},
		"2 " + strings.Repeat("x", 70):    {Num: 2, ID: mail.UIDL(strings.Repeat("x", 70))},
		"2 " + strings.Repeat("x", 512):   {Num: 2, ID: mail.UIDL(strings.Repeat("x", 512))},
		"2 " + strings.Repeat("x", 513):   {Num: 2, Err: errAny},
		"2 " + strings.Repeat("x", 1<<20): {Num: 2, Err: errAny},
		"2":                               {Num: 2, Err: errAny},
		"2 ":                              {Num: 2, Err: errAny},
		"2 x y":                           {Num: 2, Err: errAny},
		`2 x\x00`:                         {Num: 2, Err: errAny},
		`2 x\x1b[2J`:                      {Num: 2, Err: errAny},
		`2 \xff`:                          {Num: 2, Err: errAny},
		"2 A":                             {Num: 2, ID: "A", Twin: 1, Err: errAny},
		"1 x":                             {Num: 1, Err: errAny},
		"x 2":                             {Err: errAny},
		"99999999999999999999 x":          {Err: errAny},
		"":                                {Err: errAny},
	} {
		c := connect(t, "S: +OK\n C: UIDL\n S: +OK\n S: 1 A\n S: "+line+"\n S: 3 C\n S: .\n C: NOOP\n S: +OK")
		var got []Ident
		must(t, c.UIDL(t.Context(), func(i Ident) error { got = append(got, i); return nil }))
		if len(got) != 3 || got[0] != (Ident{Num: 1, ID: "A"}) || got[2] != (Ident{Num: 3, ID: "C"}) {
			t.Fatalf("%.40q: got %v", line, got)
		}
		g := got[1]
		if g.Num != want.Num || g.ID != want.ID || g.Twin != want.Twin || (g.Err == nil) != (want.Err == nil) {
			t.Errorf("%.40q: got %v, want %v", line, g, want)
		}
		must(t, c.Noop(t.Context()))
	}
}

// TestNoUIDL tells a server without UIDL from one that has trouble: for the
// second, a caller must not go by another identity and fetch everything again.
func TestNoUIDL(t *testing.T) {
	refused := func(words, caps string) string { return "S: +OK\n C: UIDL\n S: -ERR " + words + "\n C: CAPA\n " + caps }
	const (
		none   = "S: -ERR what?"
		has    = "S: +OK\n S: UIDL\n S: ."
		hasNot = "S: +OK\n S: TOP\n S: ."
	)
	for _, tt := range []struct {
		script string
		none   bool
		kind   mail.Kind
	}{
		{refused("unknown command", none), true, mail.KindRefused},
		{refused("unknown command", hasNot), true, mail.KindRefused},
		{refused("cannot now", has), false, mail.KindRefused},
		{refused("[SYS/TEMP] cannot now", none), false, mail.KindBusy},
		{refused("unknown command", "CLOSE"), false, mail.KindOffline},
		{"S: +OK\n C: UIDL\n CLOSE", false, mail.KindOffline},
	} {
		c := connect(t, tt.script)
		err := c.UIDL(t.Context(), func(Ident) error { return nil })
		if errors.Is(err, ErrNoUIDL) != tt.none || !mail.Is(err, tt.kind) {
			t.Errorf("%s\ngot %v", tt.script, err)
		}
	}
}

func TestCallerStopsListing(t *testing.T) {
	c := connect(t, "S: +OK\n C: LIST\n S: +OK\n S: 1 1\n S: 2 2\n S: .\n C: NOOP\n S: +OK")
	calls := 0
	err := c.List(t.Context(), func(Scan) error { calls++; return errAny })
	if err != errAny || calls != 1 {
		t.Errorf("got %v after %d calls, want the caller's error after 1", err, calls)
	}
	must(t, c.Noop(t.Context()))
}

func TestListingCut(t *testing.T) {
	c := connect(t, "S: +OK\n C: LIST\n S: +OK\n S: 1 1\n S| .\n CLOSE")
	if err := c.List(t.Context(), func(Scan) error { return nil }); !mail.Is(err, mail.KindOffline) {
		t.Errorf("got %v, want kind offline", err)
	}
}

// TestUnasked has more than one answer to a command: all later ones would belong
// to the wrong commands.
func TestUnasked(t *testing.T) {
	c := connect(t, `S: +OK`+"\n"+`C: NOOP`+"\n"+`S| +OK\r\n+OK\r\n`)
	must(t, c.Noop(t.Context()))
	if _, _, err := c.Stat(t.Context()); !mail.Is(err, mail.KindGarbled) {
		t.Errorf("got %v, want kind garbled", err)
	}
	if err := c.Noop(t.Context()); !mail.Is(err, mail.KindGarbled) {
		t.Errorf("then %v, want the same", err)
	}
}

func TestEndlessStatusLine(t *testing.T) {
	c := over(newAnswers("+OK\r\n", "+OK "+strings.Repeat("x", bufferSize)))
	if err := c.Noop(t.Context()); !mail.Is(err, mail.KindGarbled) {
		t.Errorf("got %v, want kind garbled", err)
	}
}

func TestTranscript(t *testing.T) {
	session := noCaps + "C: LIST\n S: +OK\n S: 1 5\n S: .\n C: RETR 1\n S: +OK\n S: a\\x07b\n S: ..\n S: .\n"
	for bodies, want := range map[bool][]string{
		false: {"S: +OK hello", "C: CAPA", "S: -ERR what?", "C: LIST", "S: +OK", "S: {1 lines}",
			"C: RETR 1", "S: +OK", "S: {8 octets}"},
		true: {"S: +OK hello", "C: CAPA", "S: -ERR what?", "C: LIST", "S: +OK", "S: 1 5",
			"C: RETR 1", "S: +OK", `S| a\x07b\r\n`, `S| .\r\n`},
	} {
		var log strings.Builder
		c := connectWith(t, session, Options{Transcript: &log, TranscriptBodies: bodies})
		_, err := c.Caps(t.Context())
		must(t, err)
		must(t, c.List(t.Context(), func(Scan) error { return nil }))
		must(t, c.Retrieve(t.Context(), Scan{Num: 1}, func(*Message) error { return nil }))
		got := strings.Split(strings.TrimSpace(strings.ReplaceAll(log.String(), `\a`, `\x07`)), "\n")
		if !slices.Equal(got, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
