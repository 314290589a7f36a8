package secret

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"postrider/mail"
)

func with(passphrase string) Ask {
	return func(context.Context, bool) (Secret, error) { return New(passphrase), nil }
}

// quick is a vault with a cheap key, for tests of something else.
func quick(dir string, ask Ask) *Vault {
	v := NewVault(dir, ask)
	v.work = 4
	return v
}

func TestVaultKeepsSecrets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	keepsSecrets(t, NewVault(dir, with("correct horse")))
}

func TestVaultIsOpenedOnceAndByItsPassphraseOnly(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	var created, asked atomic.Int32
	ask := func(_ context.Context, create bool) (Secret, error) {
		if create {
			created.Add(1)
		}
		asked.Add(1)
		return New("correct horse"), nil
	}
	v := quick(dir, ask)
	if _, err := v.Get(ctx, "aaaaaaaa", Password); !errors.Is(err, ErrNotFound) || asked.Load() != 0 {
		t.Errorf("no vault: %v, asked %d times", err, asked.Load())
	}
	for _, id := range []mail.AccountID{"aaaaaaaa", "bbbbbbbb"} {
		if err := v.Set(ctx, id, Password, New(canary)); err != nil {
			t.Fatal(err)
		}
	}
	if created.Load() != 1 || asked.Load() != 1 {
		t.Errorf("asked %d times, %d of them to create; want 1 and 1", asked.Load(), created.Load())
	}
	again := quick(dir, ask)
	if s, err := again.Get(ctx, "bbbbbbbb", Password); err != nil || s.Reveal() != canary {
		t.Errorf("another process: %v", err)
	}
	if created.Load() != 1 {
		t.Error("asked to create a vault that exists")
	}
	_, err := quick(dir, with("wrong")).Get(ctx, "aaaaaaaa", Password)
	if !mail.Is(err, mail.KindSignIn) || !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	for name, ask := range map[string]Ask{"none": nil, "empty": with("")} {
		if _, err := quick(dir, ask).Get(ctx, "aaaaaaaa", Password); !mail.Is(err, mail.KindSignIn) || !errors.Is(err, ErrLocked) {
			t.Errorf("%s passphrase: %v", name, err)
		}
	}
	assertHidden(t, dir)
}

// assertHidden looks for the canary in the files, and at who may read them.
func assertHidden(t *testing.T, dir string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil || bytes.Contains(b, []byte(canary)) {
			t.Errorf("%s: %v, or the secret is in it", f, err)
		}
		if info, _ := os.Stat(f); info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f, info.Mode())
		}
	}
}

func TestDamagedVaultIsSaidAndLeftAlone(t *testing.T) {
	ctx := context.Background()
	damage := map[string]func(dir string) error{
		"vault cut":   func(dir string) error { return os.Truncate(filepath.Join(dir, vaultFile), 150) },
		"vault empty": func(dir string) error { return os.Truncate(filepath.Join(dir, vaultFile), 0) },
		"key cut":     func(dir string) error { return os.Truncate(filepath.Join(dir, keyFile), 100) },
		"key lost":    func(dir string) error { return os.Remove(filepath.Join(dir, keyFile)) },
		"other key": func(dir string) error {
			other := filepath.Join(dir, "other")
			if err := quick(other, with("p")).Set(ctx, "x", Password, New("y")); err != nil {
				return err
			}
			return os.Rename(filepath.Join(other, keyFile), filepath.Join(dir, keyFile))
		},
	}
	for name, hurt := range damage {
		dir := t.TempDir()
		if err := quick(dir, with("p")).Set(ctx, "aaaaaaaa", Password, New(canary)); err != nil {
			t.Fatal(err)
		}
		if err := hurt(dir); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(filepath.Join(dir, vaultFile))
		v := quick(dir, with("p"))
		if _, err := v.Get(ctx, "aaaaaaaa", Password); !mail.Is(err, mail.KindDisk) || !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: get: %v", name, err)
		}
		if err := v.Set(ctx, "aaaaaaaa", Password, New("z")); !mail.Is(err, mail.KindDisk) {
			t.Errorf("%s: set: %v", name, err)
		}
		if after, _ := os.ReadFile(filepath.Join(dir, vaultFile)); !bytes.Equal(before, after) {
			t.Errorf("%s: the vault was changed", name)
		}
	}
}

func TestVaultsOfSeveralProcessesLoseNothing(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			v := quick(dir, with("p")) // each as in a process of its own
			if err := v.Set(ctx, mail.AccountID(fmt.Sprintf("account%d", i)), Password, New(canary)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	v := quick(dir, with("p"))
	for i := range 10 {
		if s, err := v.Get(ctx, mail.AccountID(fmt.Sprintf("account%d", i)), Password); err != nil || s.Reveal() != canary {
			t.Errorf("account%d: %v", i, err)
		}
	}
}

func TestCanceledQuestionCancels(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	v := quick(t.TempDir(), func(ctx context.Context, _ bool) (Secret, error) {
		cancel()
		<-ctx.Done()
		return Secret{}, errors.New("terminal closed")
	})
	if err := v.Set(ctx, "aaaaaaaa", Password, New("x")); !mail.Is(err, mail.KindCanceled) {
		t.Errorf("error = %v, want canceled", err)
	}
}
