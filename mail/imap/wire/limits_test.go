package wire

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
)

func TestOneNameTooLongDoesNotCostTheOthers(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	say := []string{
		"* LIST () \"/\" \"" + long + "\"\r\n",
		fmt.Sprintf("* LIST () \"/\" {%d}\r\n%s\r\n", len(long), long),
		"* LIST () \"/\" \"kept\"\r\n", "$ OK\r\n",
	}
	inSession(t, "LIST", say, func(t *testing.T, s *session) {
		list, err := s.client.List("", "*", nil).Collect()
		if err != nil || len(list) != 1 || list[0].Mailbox != "kept" {
			t.Error(list, err)
		}
	})
}

func TestEndlessLineEndsTheConnection(t *testing.T) {
	chunk := strings.Repeat("x", 1<<20)
	for _, beginning := range []string{"* OK ", "* 1 FETCH (UID 7 X ", "* SEARCH ", "garbage", "* LIST () \"/\" "} {
		t.Run(beginning, func(t *testing.T) {
			say := []string{beginning}
			for range 17 {
				say = append(say, chunk)
			}
			inSession(t, "NOOP", say, func(t *testing.T, s *session) {
				err := s.conn.Explain("noop", s.client.Noop().Wait())
				if !mail.Is(err, mail.KindGarbled) {
					t.Error("got", err)
				}
			})
		})
	}
}

func TestLongLinesThatEndPass(t *testing.T) {
	var search strings.Builder
	search.WriteString("* SEARCH")
	for uid := 1; uid < 400_000; uid += 2 {
		fmt.Fprintf(&search, " %d", uid)
	}
	inSession(t, "SEARCH", []string{search.String() + "\r\n", "$ OK\r\n"}, func(t *testing.T, s *session) {
		d, err := s.client.UIDSearch(&imap.SearchCriteria{}, nil).Wait()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(d.AllUIDs()); n != 200_000 {
			t.Errorf("%d UIDs", n)
		}
	})
	text := "* OK " + strings.Repeat("y", 100<<10) + "\r\n"
	inSession(t, "NOOP", []string{text, "$ OK\r\n"}, func(t *testing.T, s *session) {
		if err := s.client.Noop().Wait(); err != nil {
			t.Error(err)
		}
	})
}

// TestLargeHeader is a message whose subject has 2 MB.
func TestLargeHeader(t *testing.T) {
	subject := strings.Repeat("s", 2<<20)
	tail := " NIL NIL NIL NIL NIL NIL NIL \"<1@h>\") RFC822.SIZE 5)\r\n"
	for name, text := range map[string]string{
		"quoted":  "* 1 FETCH (UID 7 ENVELOPE (NIL \"" + subject + "\"" + tail,
		"literal": fmt.Sprintf("* 1 FETCH (UID 7 ENVELOPE (NIL {%d}\r\n%s%s", len(subject), subject, tail),
	} {
		t.Run(name, func(t *testing.T) {
			inSession(t, "FETCH", []string{text, "$ OK\r\n"}, func(t *testing.T, s *session) {
				list, err := s.client.Fetch(imap.UIDSetNum(7), nil).Collect()
				if err != nil || len(list) != 1 || list[0].RFC822Size != 5 {
					t.Fatal(list, err)
				}
				e := list[0].Envelope
				if len(e.Subject) != maxString || e.MessageID != "1@h" {
					t.Errorf("subject of %d octets, id %q", len(e.Subject), e.MessageID)
				}
			})
		})
	}
}

// TestDeepStructureIsLeftOut: nesting must cost neither the stack nor the
// message.
func TestDeepStructureIsLeftOut(t *testing.T) {
	leaf := `("text" "plain" NIL NIL NIL "7bit" 1 1)`
	for _, depth := range []int{40, 51, 99, 10_000, 1_000_000} {
		t.Run(fmt.Sprint(depth), func(t *testing.T) {
			deep := strings.Repeat("(", depth) + leaf + strings.Repeat(` "mixed")`, min(depth, 200_000))
			if depth > 200_000 {
				deep = strings.Repeat("(", depth) + strings.Repeat(")", depth)
			}
			text := "* 1 FETCH (UID 7 BODYSTRUCTURE " + deep + " RFC822.SIZE 5)\r\n"
			inSession(t, "FETCH", []string{text, "$ OK\r\n"}, func(t *testing.T, s *session) {
				list, err := s.client.Fetch(imap.UIDSetNum(7), nil).Collect()
				if err != nil || len(list) != 1 || list[0].RFC822Size != 5 {
					t.Fatal(list, err)
				}
				if got, want := list[0].BodyStructure != nil, depth == 40; got != want {
					t.Errorf("structure: %v, want %v", got, want)
				}
			})
		})
	}
}

// TestBigBodyBeforeItsUID: the first attempt learns that it is there, the
// second, for this message alone, gets it.
func TestBigBodyBeforeItsUID(t *testing.T) {
	body := strings.Repeat("b", holdLimit+1)
	say := []string{fmt.Sprintf("* 1 FETCH (BODY[] {%d}\r\n", len(body)), body, " UID 7)\r\n", "$ OK\r\n"}
	section := []*imap.FetchItemBodySection{{Peek: true}}
	for _, set := range []imap.UIDSet{imap.UIDSetNum(7, 8), imap.UIDSetNum(7)} {
		inSession(t, "FETCH", say, func(t *testing.T, s *session) {
			list, err := s.client.Fetch(set, &imap.FetchOptions{BodySection: section}).Collect()
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			got := len(list[0].FindBodySection(section[0]))
			if want := map[bool]int{true: len(body)}[len(set.String()) == 1]; got != want {
				t.Errorf("%v: %d octets, want %d", set, got, want)
			}
		})
	}
}

// TestAnnouncedIsNotAllocated: a literal within the cap costs memory only as
// it arrives.
func TestAnnouncedIsNotAllocated(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = play(t, "LIST", []string{"* LIST () \"/\" {1073741824}\r\nxx"}, true)
	_, _ = play(t, "FETCH", []string{"* 1 FETCH (FLAGS () BODY[] {1073741824}\r\nxx"}, true)
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 8<<20 {
		t.Errorf("%d MB allocated", grown>>20)
	}
}

func TestJunkWithoutEndEndsTheConnection(t *testing.T) {
	say := []string{strings.Repeat("* XYZZY\r\n", maxJunk+1)}
	inSession(t, "NOOP", say, func(t *testing.T, s *session) {
		if err := s.conn.Explain("noop", s.client.Noop().Wait()); !mail.Is(err, mail.KindGarbled) {
			t.Error("got", err)
		}
	})
}
