//go:build unix

package faulttest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"
)

// patience is how long the program may take for anything here: on its own each
// command is done in a second.
const patience = time.Minute

// passphrase opens the vault of every data folder.
const passphrase = "vault passphrase of the fault tests"

// program is the program on one data folder.
type program struct {
	path, dir string
}

func (p program) env() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Dir(p.dir), "TZ=UTC",
		"POSTRIDER_DATA=" + p.dir, "POSTRIDER_KEYRING=vault", "POSTRIDER_VAULT_PASSPHRASE=" + passphrase,
	}
}

// ending is how a run of the program ended.
type ending struct {
	code     int // -1: by a signal
	out, err string
	took     time.Duration
}

// start runs a command without waiting for it.
func (p program) start(t *testing.T, stdin string, args ...string) (cmd *exec.Cmd, end func() ending) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd = exec.Command(p.path, args...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = p.env(), strings.NewReader(stdin), &out, &errs
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(patience, func() { cmd.Process.Signal(syscall.SIGQUIT) })
	return cmd, func() ending {
		cmd.Wait()
		hung.Stop()
		return ending{cmd.ProcessState.ExitCode(), out.String(), errs.String(), time.Since(began)}
	}
}

func (p program) run(t *testing.T, args ...string) ending {
	t.Helper()
	_, end := p.start(t, "", args...)
	return end()
}

// must runs a command that has to succeed.
func (p program) must(t *testing.T, args ...string) ending {
	t.Helper()
	e := p.run(t, args...)
	if e.code != 0 {
		t.Fatalf("postrider %s: exit code %d\n%s%s", strings.Join(args, " "), e.code, e.out, e.err)
	}
	return e
}

// failures returns the kinds of the errors that a run with --json told.
func (e ending) failures() (kinds []string) {
	for line := range strings.Lines(e.out) {
		var told struct{ Error *struct{ Kind string } }
		if json.Unmarshal([]byte(line), &told) == nil && told.Error != nil {
			kinds = append(kinds, told.Error.Kind)
		}
	}
	return kinds
}

// crashed reports that the program ended by a bug of its own.
func (e ending) crashed() bool {
	return e.code > 5 || strings.Contains(e.err, "goroutine ") || strings.Contains(e.out, `"kind":"bug"`)
}

// quickVault writes the vault's key under a cheap stretching of the passphrase:
// a good one takes longer than the sync.
func quickVault(t *testing.T, path string) {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	to.SetWorkFactor(5)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(key.String() + "\n"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, sealed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
