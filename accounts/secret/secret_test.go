package secret

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"postrider/mail"
)

const canary = "c4n4ry-p4ssw0rd"

func TestNothingPrintsASecret(t *testing.T) {
	s := New(canary)
	holder := struct {
		Name string
		S    Secret
		P    *Secret
		M    map[string]Secret
		own  Secret
		ownP *Secret
		ownL []Secret
	}{"x", s, &s, map[string]Secret{"k": s}, s, &s, []Secret{s}}
	var b bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%t"} {
		fmt.Fprintf(&b, verb+"\n", s)
		fmt.Fprintf(&b, verb+"\n", &s)
		fmt.Fprintf(&b, verb+"\n", holder)
	}
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "s", s, "h", holder)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "s", s, "h", holder)
	if err := json.NewEncoder(&b).Encode(holder); err != nil {
		t.Error(err)
	}
	if err := xml.NewEncoder(&b).Encode(s); err != nil {
		t.Error(err)
	}
	fmt.Fprintln(&b, errors.New(s.String()), s.GoString())
	for _, leak := range []string{canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), "99 52 110"} {
		if strings.Contains(b.String(), leak) {
			t.Errorf("%q leaks:\n%s", leak, b.String())
		}
	}
	if s.Reveal() != canary || s.Empty() || !(Secret{}).Empty() {
		t.Error("the secret is lost")
	}
}

// keepsSecrets is what every keyring must do.
func keepsSecrets(t *testing.T, k Keyring) {
	t.Helper()
	ctx := context.Background()
	_, err := k.Get(ctx, "aaaaaaaa", Password)
	var e *mail.Error
	if !errors.Is(err, ErrNotFound) || !errors.As(err, &e) || e.Kind != mail.KindSignIn || e.Account != "aaaaaaaa" {
		t.Errorf("missing: %#v", err)
	}
	if err := k.Delete(ctx, "aaaaaaaa", Password); err != nil {
		t.Errorf("delete nothing: %v", err)
	}
	values := map[What]string{Password: canary + " ü\n\x01'\"$(x)`", OutgoingPassword: "short", Token: strings.Repeat("0123456789ü", 900)}
	for what, value := range values {
		if err := k.Set(ctx, "aaaaaaaa", what, New(value)); err != nil {
			t.Fatalf("set %s: %v", what, err)
		}
	}
	for what, want := range values {
		if got, err := k.Get(ctx, "aaaaaaaa", what); err != nil || got.Reveal() != want {
			t.Errorf("get %s: %v, %d bytes, want %d", what, err, len(got.Reveal()), len(want))
		}
	}
	for _, next := range []string{strings.Repeat("other", 1200), "postrider-parts:x:1:y", "now short", ""} {
		if err := k.Set(ctx, "aaaaaaaa", Token, New(next)); err != nil {
			t.Fatal(err)
		}
		if got, err := k.Get(ctx, "aaaaaaaa", Token); err != nil || got.Reveal() != next {
			t.Errorf("changed: %v, %q, want %q", err, got.Reveal(), next)
		}
	}
	if _, err := k.Get(ctx, "bbbbbbbb", Password); !errors.Is(err, ErrNotFound) {
		t.Errorf("another account: %v", err)
	}
	if err := Forget(ctx, k, "aaaaaaaa"); err != nil {
		t.Error(err)
	}
	for what := range values {
		if _, err := k.Get(ctx, "aaaaaaaa", what); !errors.Is(err, ErrNotFound) {
			t.Errorf("after Forget, %s: %v", what, err)
		}
	}
}

func TestMemoryKeepsSecrets(t *testing.T) { keepsSecrets(t, &Memory{}) }

func TestOpenKnowsItsKinds(t *testing.T) {
	for kind, ok := range map[string]bool{"": true, "os": true, "vault": true, "plain": false} {
		if _, err := Open(kind, t.TempDir(), nil); (err == nil) != ok || !ok && !mail.Is(err, mail.KindInput) {
			t.Errorf("Open(%q): %v", kind, err)
		}
	}
}
