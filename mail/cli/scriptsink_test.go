//go:build unix

package cli

import (
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"postrider/mail/mailtest"
)

// sink starts an outgoing server for the script, which delivers to the users of
// its Dovecot, and tells where by $SMTP (STARTTLS) and $SMTPS.
func (s *servers) sink(ts *testscript.TestScript, neg bool, args []string) {
	sink, err := mailtest.StartSubmission(mailtest.SubmissionOptions{Into: s.get(ts)})
	ts.Check(err)
	ts.Defer(sink.Stop)
	s.mu.Lock()
	if s.sinks == nil {
		s.sinks = map[*testscript.TestScript]*mailtest.Sink{}
	}
	s.sinks[ts] = sink
	s.mu.Unlock()
	ts.Setenv("SMTP", sink.SMTP)
	ts.Setenv("SMTPS", sink.SMTPS)
}

// accepted N prints the messages that the outgoing server has taken, which have
// to be N.
func (s *servers) accepted(ts *testscript.TestScript, neg bool, args []string) {
	s.mu.Lock()
	list := s.sinks[ts].Accepted()
	s.mu.Unlock()
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "MAIL %s\nRCPT %s\n%s\n", e.From, strings.Join(e.To, " "), strings.ReplaceAll(string(e.Raw), "\r\n", "\n"))
	}
	ts.Check(writeStdout(ts, b.String()))
	if got := fmt.Sprint(len(list)); got != args[0] {
		ts.Fatalf("%s messages were accepted, not %s", got, args[0])
	}
}

func writeStdout(ts *testscript.TestScript, text string) error {
	_, err := ts.Stdout().Write([]byte(text))
	return err
}
