package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail/demo"
)

// scenery is what a scene is played on: how the program is started, and what
// takes down what it was started for.
type scenery struct {
	args, env []string
	strike    func()
}

// strike takes the servers away.
func strike(p *player) error {
	p.strike()
	return nil
}

const passphrase = "a lantern in the boat shed"

// world is the demo's servers, where nothing happens by itself, without the
// account that cannot sign in.
func world(ctx context.Context, home string) (set scenery, err error) {
	w, err := demo.Start(ctx, demo.Options{Every: -1, Dir: home})
	if err != nil {
		return set, err
	}
	set.strike = w.Close
	dir := filepath.Join(home, "data")
	vault := secret.NewVault(dir, func(context.Context, bool) (secret.Secret, error) { return secret.New(passphrase), nil })
	for _, a := range w.Accounts() {
		if !slices.Contains([]string{"Fernlight", "Home"}, a.Label) {
			continue
		}
		added, err := accounts.In(dir).Add(ctx, a.Account)
		if err == nil {
			err = vault.Set(ctx, added.ID, secret.Password, secret.New(a.Password))
		}
		if err != nil {
			w.Close()
			return set, err
		}
	}
	set.args = []string{"--data", dir}
	set.env = []string{"POSTRIDER_VAULT_PASSPHRASE=" + passphrase}
	return set, nil
}

// hoard is a data folder with a hundred thousand messages.
func hoard(ctx context.Context, home string) (scenery, error) {
	dir := filepath.Join(home, "data")
	fill := exec.CommandContext(ctx, "go", "run", "-tags", "sqlite_fts5", "postrider/mail/mailtest/cmd/mailhoard", "-n", "100000", dir)
	if out, err := fill.CombinedOutput(); err != nil {
		return scenery{}, fmt.Errorf("make a hoard: %w\n%s", err, out)
	}
	return scenery{args: []string{"--data", dir}, env: []string{"POSTRIDER_VAULT_PASSPHRASE=" + passphrase}, strike: func() {}}, nil
}
