package stage_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail/demo"
)

const vaultPassphrase = "a lantern in the boat shed"

// world starts the demo's servers in the test, where nothing happens by itself,
// and a data folder with their accounts.
func world(t *testing.T, names ...string) (w *demo.World, dir string) {
	t.Helper()
	if testing.Short() {
		t.Skip("a real window takes long")
	}
	w, err := demo.Start(context.Background(), demo.Options{Every: -1, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	dir = t.TempDir()
	vault := secret.NewVault(dir, func(context.Context, bool) (secret.Secret, error) { return secret.New(vaultPassphrase), nil })
	t.Setenv("POSTRIDER_KEYRING", "vault")
	t.Setenv("POSTRIDER_VAULT_PASSPHRASE", vaultPassphrase)
	for _, a := range w.Accounts() {
		if !slices.Contains(names, a.Label) {
			continue
		}
		added, err := accounts.In(dir).Add(t.Context(), a.Account)
		if err != nil {
			t.Fatal(err)
		}
		if err := vault.Set(t.Context(), added.ID, secret.Password, secret.New(a.Password)); err != nil {
			t.Fatal(err)
		}
	}
	return w, dir
}

// What other clients do and what arrives is shown while somebody reads, and
// what they look at stays where it is.
func TestReadingWhileThingsHappen(t *testing.T) {
	w, dir := world(t, "Fernlight")
	p := open(t, 1280, 800, "--data", dir)
	s := p.until("mail", func(s state) bool {
		return s.Ready && s.Whole && s.Rows > 10 && len(s.Shown) > 6 && !s.Shown[5].Loading
	})
	read := s.Shown[5]
	p.clickOn(rowPart(read), 1)
	p.until("the message", func(s state) bool { return s.Text && s.Reading != "" && s.Cards > 0 })
	p.keys("u") // unread again, so that nothing changes by itself
	p.until("it to be unread", func(s state) bool { return s.Shown[5].Unread })
	x, y := p.middle("list")
	for range 4 { // below the top, where new rows would show
		if err := p.Click(x, y, 5); err != nil {
			t.Fatal(err)
		}
	}
	top := p.state().Shown[0].ID
	s = p.until("the list to come to rest", func(s state) bool {
		rests := s.Shown[0].ID == top && s.Shown[0].ID != read.ID
		top = s.Shown[0].ID
		return rests
	})
	where, err := p.Where(rowPart(read))
	if err != nil {
		t.Fatal(err)
	}
	rows, reading := s.Rows, s.Reading

	kinds := map[demo.EventKind]bool{}
	for range 24 {
		e, ok := w.Step()
		if !ok {
			t.Fatal("nothing happens in the world")
		}
		kinds[e.Kind] = true
	}
	if !kinds[demo.Arrived] || !kinds[demo.Seen] {
		t.Fatalf("what happened was %v", kinds)
	}
	s = p.until("what happened", func(s state) bool { return s.Rows != rows })
	if s.Reading != reading || s.Selected != 1 || s.Subject != read.Subject {
		t.Errorf("while things happened the reader went from %q to %q, the cursor to %q", reading, s.Reading, s.Subject)
	}
	now, err := p.Where(rowPart(read))
	if err != nil {
		t.Fatal(err)
	}
	if now.Y != where.Y {
		t.Errorf("the row that is read went from %d to %d", where.Y, now.Y)
	}
	p.picture("meanwhile")
}

// Without servers the window says so, shows what it has, and goes on when they
// are back.
func TestOffline(t *testing.T) {
	w, dir := world(t, "Fernlight", "Home")
	p := open(t, 1280, 800, "--data", dir)
	s := p.until("mail", func(s state) bool {
		return s.Ready && s.Whole && s.Rows > 50 && strings.HasPrefix(s.Foot, "Up to date")
	})
	w.Close()
	p.keys("F5")
	p.until("it to be told", func(s state) bool { return strings.Contains(s.Says, "You are offline") })
	p.clickOn(rowPart(s.Shown[0]), 1)
	p.until("the message", func(s state) bool { return s.Text })
	p.keys("e")
	p.until("it to be archived", func(s state) bool { return strings.Contains(s.Toast, "archived") })
	p.keys("ctrl+shift+y")
	p.until("what waits", func(s state) bool { return s.Panel == "activity" && strings.Contains(s.Says, "Waiting") })
	p.picture("offline")
}

// An account whose password is refused says so, and asks for another.
func TestSigningInAgain(t *testing.T) {
	_, dir := world(t, "Sailing club")
	p := open(t, 1280, 800, "--data", dir)
	p.until("the problem", func(s state) bool { return strings.Contains(s.Foot, "sign-in needed") })
	p.keys("ctrl+shift+y")
	p.until("the panel", func(s state) bool {
		return s.Panel == "activity" && strings.Contains(s.Says, "did not accept the password")
	})
	p.picture("problem")
	const button = `control "Sign in again"`
	p.until("the button to be in its place", func(state) bool {
		pane, err := p.Where("reader")
		at, err2 := p.Where(button)
		return err == nil && err2 == nil && at.X > pane.X && at.W > 0
	})
	if err := p.ClickOn(button); err != nil {
		t.Fatal(err)
	}
	p.until("the question", func(s state) bool { return s.Overlay && strings.HasSuffix(s.Focus, "LineEdit") })
	p.types("lantern-1911")
	p.picture("password")
	p.keys("Return")
	p.until("it to be accepted", func(s state) bool {
		return !s.Overlay && strings.HasPrefix(s.Foot, "Up to date") && !strings.Contains(s.Says, "did not accept")
	})
}
