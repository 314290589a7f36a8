//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"

	"postrider/mail/mailtest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"postrider": func() { os.Exit(Main(os.Args[1:], nil)) }})
}

// passphrase opens the vault of every script.
const passphrase = "vault passphrase for the scripts"

// TestScripts runs the program as people and scripts do, against real servers:
// see testdata and the commands in scriptcmd_test.go.
func TestScripts(t *testing.T) {
	probe, err := mailtest.Start()
	if err != nil {
		if os.Getenv(mailtest.RequireEnv) != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	probe.Stop()
	s := &servers{}
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true, Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"dovecot": s.dovecot, "sink": s.sink, "accepted": s.accepted, "deliver": s.deliver, "doveadm": s.doveadm,
			"runs": runs, "scripted": scripted, "field": field, "absent": absent, "poke": poke, "await": await, "hold": hold, "crlf": crlf,
		},
	})
}

// setup gives a script a data folder with a vault that is quick to open.
func setup(e *testscript.Env) error {
	data := filepath.Join(e.WorkDir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return err
	}
	e.Setenv("POSTRIDER_DATA", data)
	e.Setenv("POSTRIDER_KEYRING", "vault")
	e.Setenv("POSTRIDER_VAULT_PASSPHRASE", passphrase)
	e.Setenv("TZ", "UTC")
	return quickVault(filepath.Join(data, "vault-key.age"))
}

// quickVault writes the vault's key under a cheap stretching of the passphrase:
// a good one takes a second of every command.
func quickVault(path string) error {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return err
	}
	to.SetWorkFactor(5)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(key.String() + "\n")); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, sealed.Bytes(), 0o600)
}
