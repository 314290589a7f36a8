//go:build unix

package pop_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"postrider/accounts"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/mailtest"
	"postrider/mail/pop"
	"postrider/mail/store"
)

// A process of this test that has these in its environment is a Postrider that
// syncs once, and kills itself with the n-th line that goes over the wire.
const (
	killAt   = "POSTRIDER_TEST_KILL_AT"
	killDir  = "POSTRIDER_TEST_KILL_DIR"
	killPort = "POSTRIDER_TEST_KILL_PORT"
)

func TestMain(m *testing.M) {
	if at, err := strconv.Atoi(os.Getenv(killAt)); err == nil {
		os.Exit(victim(at))
	}
	os.Exit(m.Run())
}

// dying is a transcript that kills the process with its n-th line.
type dying struct{ left int }

func (d *dying) Write(b []byte) (int, error) {
	for range bytes.Count(b, []byte("\n")) {
		if d.left--; d.left == 0 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	return len(b), nil
}

func victim(at int) int {
	ctx := context.Background()
	s, err := store.Open(ctx, os.Getenv(killDir), store.Options{})
	if err == nil {
		err = s.AddAccount(ctx, id, store.POP3)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer s.Close()
	port, _ := strconv.Atoi(os.Getenv(killPort))
	a := accounts.Account{ID: id, Address: "alice@example.org", Protocol: accounts.POP3, Keep: accounts.Keep{Mode: accounts.KeepNone},
		Incoming: accounts.Server{Host: "127.0.0.1", Port: port, TLS: accounts.NoTLS, User: "alice"}}
	a.Complete()
	_, err = engine.NewWorker(s, id, pop.Connect(pop.Config{
		Account: a, Store: s, Dialer: &dial.Dialer{}, Transcript: &dying{at},
		Credentials: func(context.Context) (pop.Credentials, error) {
			return pop.Credentials{User: "alice", Password: mailtest.Password("alice")}, nil
		},
	})).Once(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKilledAnywhere kills the process (SIGKILL) with every line that goes over
// the wire in turn: nothing is lost or doubled, and the server ends up empty.
func TestKilledAnywhere(t *testing.T) {
	s := newOdd(t)
	c := newClient(t, s.addr, "alice", "none")
	dir := c.store.Dir()
	c.store.Close()
	want, made, killed := "", 0, 0
	for n := 1; n <= 50; n++ {
		if strings.Count(s.left(), " ") < 5 {
			for range 3 {
				name := fmt.Sprintf("m%03d", made)
				s.add("u"+name, letterOf(name, 2000))
				want += " " + name
				made++
			}
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", killAt, n), killDir+"="+dir, fmt.Sprintf("%s=%d", killPort, c.account.Incoming.Port))
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		switch {
		case errors.As(err, &exit) && exit.ExitCode() < 0:
			killed++
		case err != nil:
			t.Fatalf("line %d: %v: %s", n, err, out)
		}
	}
	c.open(dir)
	c.sync()
	c.sync()
	c.want(want[1:])
	if got := s.left(); got != "" || killed < 20 {
		t.Errorf("after %d kills and %d messages the server has %q left", killed, made, got)
	}
}
