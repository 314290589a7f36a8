package secret

import (
	"context"
	"errors"
	"sync"
	"time"

	"postrider/mail"
)

// What names one of the secrets of an account.
type What string

// The secrets that an account may have.
const (
	Password         What = "password"          // of the incoming server, and of the outgoing one that has none of its own
	OutgoingPassword What = "outgoing-password" // of an outgoing server that differs
	Token            What = "token"             // OAuth: the refresh token
)

var all = []What{Password, OutgoingPassword, Token}

// Keyring keeps secrets by account. All methods may be called from anywhere,
// end within a deadline of their own or with ctx, and never print a secret.
type Keyring interface {
	// Get returns a secret; ErrNotFound is in the error's chain where none is kept.
	Get(ctx context.Context, account mail.AccountID, what What) (Secret, error)
	// Set keeps a secret in the place of an older one.
	Set(ctx context.Context, account mail.AccountID, what What, s Secret) error
	// Delete forgets a secret; that there is none is no error.
	Delete(ctx context.Context, account mail.AccountID, what What) error
}

// The reasons why a secret cannot be had, for errors.Is.
var (
	ErrNotFound    = errors.New("no such secret is kept")
	ErrUnavailable = errors.New("no keyring service")
	ErrLocked      = errors.New("the keyring is locked")
	ErrSilent      = errors.New("the keyring does not answer")
	ErrFailed      = errors.New("the keyring failed")
	ErrPassphrase  = errors.New("wrong passphrase")
	ErrDamaged     = errors.New("the vault is damaged")
)

// The kinds of keyring that a person can choose.
const (
	KindOS    = "os"
	KindVault = "vault"
)

// Open returns the keyring of a kind, "os" (or "") or "vault", without
// touching it yet: a vault in dir asks for its passphrase when it is needed.
func Open(kind, dir string, ask Ask) (Keyring, error) {
	switch kind {
	case "", KindOS:
		return &OS{}, nil
	case KindVault:
		return NewVault(dir, ask), nil
	}
	return nil, mail.Errorf(mail.KindInput, "open the keyring", "%q is no kind of keyring: use os or vault", kind)
}

// Forget deletes all secrets of an account.
func Forget(ctx context.Context, k Keyring, account mail.AccountID) error {
	var errs []error
	for _, what := range all {
		errs = append(errs, k.Delete(ctx, account, what))
	}
	return errors.Join(errs...)
}

type attendedKey struct{}

// Attended says that a person looks on and may have to answer the keyring's
// own prompt: calls with this context wait for minutes, not seconds.
func Attended(ctx context.Context) context.Context {
	return context.WithValue(ctx, attendedKey{}, true)
}

func attended(ctx context.Context) bool { return ctx.Value(attendedKey{}) != nil }

// How long the operating system's keyring may take.
const (
	backgroundWait = 10 * time.Second
	attendedWait   = 3 * time.Minute
)

// entry names a secret within its keyring.
func entry(account mail.AccountID, what What) string { return string(account) + "/" + string(what) }

func notFound(account mail.AccountID, what What) error {
	return &mail.Error{
		Op: "look up the " + string(what), Account: account, Kind: mail.KindSignIn, Err: ErrNotFound,
		Message: "no " + string(what) + " is kept for this account; sign in to it again",
	}
}

// Memory keeps secrets until the program ends: for the demo and for tests.
// The zero value is empty and ready.
type Memory struct {
	mu     sync.Mutex
	values map[string]Secret
}

// Get implements Keyring.
func (m *Memory) Get(ctx context.Context, account mail.AccountID, what What) (Secret, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.values[entry(account, what)]
	if !ok {
		return Secret{}, notFound(account, what)
	}
	return s, nil
}

// Set implements Keyring.
func (m *Memory) Set(ctx context.Context, account mail.AccountID, what What, s Secret) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[string]Secret{}
	}
	m.values[entry(account, what)] = s
	return nil
}

// Delete implements Keyring.
func (m *Memory) Delete(ctx context.Context, account mail.AccountID, what What) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values, entry(account, what))
	return nil
}
