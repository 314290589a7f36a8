package mailtest

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
)

func TestScriptPlaysItsPart(t *testing.T) {
	c := ScriptConn(t, `
		# a server of the old days
		S: * OK ready
		C: $tag LOGIN * "secret"
		S: * CAPABILITY IMAP4rev1
		S: $tag OK welcome
		C: ...
		C: $tag LOGOUT
		S= "* BYE\r\n$tag O"
		S= "K\x21\r\n"
	`)
	r := bufio.NewReader(c)
	send := func(format string, args ...any) { fmt.Fprintf(c, format+"\r\n", args...) }
	read := func(want string) {
		t.Helper()
		if got, err := r.ReadString('\n'); got != want+"\r\n" || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	read("* OK ready")
	send(`a1 LOGIN alice "secret"`)
	read("* CAPABILITY IMAP4rev1")
	read("a1 OK welcome")
	send("a2 NOOP")
	send("a3 NOOP")
	send("a4 LOGOUT")
	read("* BYE")
	read("a4 OK!")
	if n, err := r.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("after the end: got %d bytes, %v", n, err)
	}
}

func TestScriptStartsTLSAndResets(t *testing.T) {
	c := ScriptConn(t, "S: +OK\nC: STLS\nS: +OK\n! tls\nC: NOOP\n! reset\n")
	plain := &session{t, c, bufio.NewReader(c)}
	plain.line()
	plain.pop("STLS")
	ca, err := CA()
	if err != nil {
		t.Fatal(err)
	}
	secure := tls.Client(c, &tls.Config{RootCAs: ca.Pool(), ServerName: "localhost"})
	fmt.Fprintf(secure, "NOOP\r\n")
	if _, err := secure.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", err)
	}
}

func TestScriptPlaysOneConversationPerConnection(t *testing.T) {
	addr := Script(t, "S: one\n! close", "S: two\n! hang")
	for _, want := range []string{"one", "two"} {
		if got := dial(t, addr, nil).line(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// recorder takes the failures of a test that must fail.
type recorder struct {
	testing.TB
	failures []string
	cleanups []func()
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *recorder) end() {
	for len(r.cleanups) > 0 {
		last := len(r.cleanups) - 1
		f := r.cleanups[last]
		r.cleanups = r.cleanups[:last]
		f()
	}
}

func TestScriptFailsTheTestOfAWrongClient(t *testing.T) {
	const script = "S: +OK\nC: QUIT\nS: +OK"
	for name, tc := range map[string]struct {
		say, want string
	}{
		"other words": {"NOOP\r\n", `line 2: got "NOOP", want "QUIT"`},
		"no CR":       {"QUIT\n", "line 2: got \"QUIT\\n\", a line without CR"},
		"hangs up":    {"QUI", `line 2: got "QUI" and EOF, want "QUIT"`},
	} {
		r := &recorder{TB: t}
		c := dial(t, Script(r, script), nil)
		c.line()
		io.WriteString(c, tc.say)
		c.Close()
		r.end()
		if got := strings.Join(r.failures, "\n"); got != "script: "+tc.want {
			t.Errorf("%s: got %q, want %q", name, got, tc.want)
		}
	}
	r := &recorder{TB: t}
	Script(r, script)
	r.end()
	if len(r.failures) != 1 {
		t.Errorf("no client: got %q", r.failures)
	}
}

func TestScriptWithMistakesIsRefused(t *testing.T) {
	for _, text := range []string{"X: what", "S= unquoted", "! dance", "S:glued"} {
		if _, err := parseScript(text); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

func TestWildcards(t *testing.T) {
	for _, tc := range []struct {
		pattern, line, tag string
		want               bool
	}{
		{"NOOP", "NOOP", "", true}, {"NOOP", "NOOPS", "", false}, {"*", "", "", true},
		{"A*", "A", "", true}, {"*B", "AB", "", true}, {"A*A", "A", "", false}, {"a*b*c", "a1b2b3c", "", true},
		{"a*b*c", "acb", "", false}, {"FETCH 1:* (*)", "FETCH 1:* (UID)", "", true},
		{"$tag NOOP", "x1 NOOP", "x1", true}, {"$tag NOOP", " NOOP", "", false}, {"$tag *", "x1", "x1", false},
	} {
		if tag, got := fits(tc.pattern, tc.line); got != tc.want || tag != tc.tag {
			t.Errorf("%q, %q: got %q, %v", tc.pattern, tc.line, tag, got)
		}
	}
}
