package faulttest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail/mailtest"
)

// outbox is a letter on its way out, an account on a bed to write it, and the
// server that takes it.
type outbox struct {
	*bed
	sink   *mailtest.Sink
	letter string // its file
	before int    // messages that the server had taken
}

func newOutbox(t *testing.T, server *mailtest.Server, user, protocol string) *outbox {
	t.Helper()
	sink := mailtest.Submission(t, mailtest.SubmissionOptions{NoTLS: true})
	o := &outbox{bed: newBed(t, server, user, protocol), sink: sink}
	o.must(t, "account", "edit", o.address(), "--smtp-host", sink.SMTP, "--smtp-tls", "none", "--smtp-user", user, "--no-test")
	o.must(t, "sync")
	o.letter = filepath.Join(o.root, "letter.eml")
	text := "From: " + o.address() + "\r\nTo: friend@example.net\r\nSubject: the letter\r\nMessage-ID: <the-letter@example.org>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\nHello\r\n"
	if err := os.WriteFile(o.letter, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o.save(t)
	return o
}

// begin brings all back to before the letter.
func (o *outbox) begin(t *testing.T) {
	t.Helper()
	o.restore(t)
	o.before = len(o.sink.Accepted())
}

// judge says what does not hold when all has come to rest.
func (o *outbox) judge(t *testing.T) (problems []string) {
	t.Helper()
	for range 2 {
		o.must(t, "sync")
	}
	taken := len(o.sink.Accepted()) - o.before
	if taken > 1 {
		problems = append(problems, fmt.Sprintf("it was sent %d times", taken))
	}
	sent, waiting := o.letters(t, "@sent"), o.letters(t, "@outbox")
	switch state := o.state(t); {
	case state == "unknown" && waiting == 1 && sent == 0:
	case state == "" && waiting == 0 && sent == 1 && taken == 1:
	case state == "" && waiting == 0 && sent == 0 && taken == 0: // it had not come into the Outbox
	default:
		problems = append(problems, fmt.Sprintf("it is %q, was sent %d times, and lies %d times in Sent and %d times in the Outbox", state, taken, sent, waiting))
	}
	if e := o.must(t, "check", "--json"); !strings.Contains(e.out, `"ok":true`) {
		problems = append(problems, e.out)
	}
	return problems
}

// letters counts the letter in a mailbox.
func (o *outbox) letters(t *testing.T, role string) int {
	t.Helper()
	_, end := o.start(t, "", "list", o.address()+"/"+role, "--json")
	return strings.Count(end().out, `"subject":"the letter"`)
}

// state is the state of the letter's operation, "" where there is none.
func (o *outbox) state(t *testing.T) string {
	t.Helper()
	for line := range strings.Lines(o.must(t, "ops", "--json").out) {
		var op struct{ Kind, State string }
		if err := json.Unmarshal([]byte(line), &op); err != nil {
			t.Fatal(err)
		}
		if op.Kind == "send" {
			return op.State
		}
	}
	return ""
}

// TestSendCalls kills the program, or breaks its disk, at each system call from
// Send to the copy in Sent.
func TestSendCalls(t *testing.T) {
	server := dovecot(t)
	for user, protocol := range map[string]string{"dave": "imap", "alice": "pop3"} {
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			o := newOutbox(t, server, user, protocol)
			o.begin(t)
			if e := o.must(t, "send", o.letter); !strings.Contains(e.out, "Sent.") {
				t.Fatalf("the letter is not even sent without a fault: %s%s", e.out, e.err)
			}
			if problems := o.judge(t); len(problems) > 0 {
				t.Fatal(problems)
			}
			for _, k := range kinds[:4] {
				t.Run(k.name, func(t *testing.T) { o.befallEach(t, k.of, k.then) })
			}
		})
	}
}

func (o *outbox) befallEach(t *testing.T, of func(call) bool, then fault) {
	total := 0
	o.run(t, func(c call) fault {
		if of(c) {
			total++
		}
		return fault{}
	})
	sum := tally{}
	for _, n := range choose(total) {
		var struck *call
		left := n
		e := o.run(t, func(c call) fault {
			if !of(c) {
				return fault{}
			}
			if left--; left == -1 {
				struck = &c
				return then
			}
			return fault{}
		})
		sum["tried"]++
		sum[outcome(e)]++
		if e.crashed() || e.took >= patience {
			t.Errorf("%v: crashed or hung: %d after %v\n%s%s", struck, e.code, e.took, e.out, e.err)
		}
		if problems := o.judge(t); len(problems) > 0 {
			sum["DISAGREES"]++
			t.Errorf("after a fault at call %d, %v (exit code %d):", n, struck, e.code)
			report(t, problems)
		}
		sum["state "+o.state(t)]++
	}
	t.Logf("%d of about %d calls: %v", sum["tried"], total, sum)
}

// run sends the letter from the beginning, with befall asked for each call.
func (o *outbox) run(t *testing.T, befall func(call) fault) ending {
	t.Helper()
	o.begin(t)
	tr := tracer{program: o.program, befall: befall}
	e, err := tr.run("", "send", o.letter, "--json")
	if err != nil {
		skipUntraced(t, err)
	}
	return e
}
