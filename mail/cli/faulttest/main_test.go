//go:build unix

package faulttest

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"postrider/mail/mailtest"
)

var (
	kills = flag.Int("kills", 6, "how many random kills for each protocol")
	every = flag.Bool("every", false, "a fault at every system call, not only at a sample")
	seed  = flag.Uint64("seed", 1, "chooses the moments of the kills, and the sample")
)

// shared is where the program under test is built, for all tests.
var shared string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	flag.Parse()
	var err error
	if shared, err = os.MkdirTemp("", "faulttest"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(shared)
	return m.Run()
}

// built is the program as it is shipped: no test code is in it.
var built = sync.OnceValues(func() (string, error) {
	path := filepath.Join(shared, "postrider")
	out, err := exec.Command("go", "build", "-tags", "sqlite_fts5", "-o", path, "postrider").CombinedOutput()
	if err != nil {
		return "", errors.Join(fmt.Errorf("go build: %s", out), err)
	}
	return path, nil
})

// dovecot starts a server for the test; building the program can wait for it.
func dovecot(t *testing.T) *mailtest.Server {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	return mailtest.Dovecot(t)
}
