package secret

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/zalando/go-keyring"

	"postrider/mail"
)

// service is the name under which the system's keyring shows our entries.
const service = "Postrider"

// OS is the operating system's keyring: the Secret Service on Linux, the
// Keychain on macOS, the Credential Manager on Windows. The zero value is ready.
type OS struct {
	wait time.Duration // for tests; 0: the usual
}

// Get implements Keyring.
func (k *OS) Get(ctx context.Context, account mail.AccountID, what What) (Secret, error) {
	value, err := k.run(ctx, func() (string, error) { return getParts(entry(account, what)) })
	if err != nil {
		return Secret{}, explain(account, what, "look up", err)
	}
	return New(value), nil
}

// Set implements Keyring. It reads back what it wrote: a keyring that takes a
// password and has none later is found out while the person still looks.
func (k *OS) Set(ctx context.Context, account mail.AccountID, what What, s Secret) error {
	name := entry(account, what)
	_, err := k.run(ctx, func() (string, error) {
		if err := setParts(name, s.Reveal()); err != nil {
			return "", err
		}
		if back, err := getParts(name); err != nil || back != s.Reveal() {
			return "", fmt.Errorf("it did not keep what it was given: %w", errors.Join(err, ErrFailed))
		}
		return "", nil
	})
	return explain(account, what, "keep", err)
}

// Delete implements Keyring.
func (k *OS) Delete(ctx context.Context, account mail.AccountID, what What) error {
	_, err := k.run(ctx, func() (string, error) { return "", deleteParts(entry(account, what)) })
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return explain(account, what, "forget", err)
}

// turn lets one call at a time into the system's keyring: its client mixes up
// the answers to prompts of concurrent calls, and a keyring that hangs would
// collect a goroutine per question.
var turn = make(chan struct{}, 1)

type answer struct {
	value string
	err   error
}

// run calls the keyring on a goroutine of its own and stops waiting at the
// deadline. That goroutine, and the turn, end when the keyring answers.
func (k *OS) run(ctx context.Context, call func() (string, error)) (string, error) {
	if err := available(); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, k.patience(ctx), ErrSilent)
	defer cancel()
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	done := make(chan answer, 1)
	go func() {
		defer func() { <-turn }()
		value, err := recovered(call)
		done <- answer{value, err}
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

func (k *OS) patience(ctx context.Context) time.Duration {
	switch {
	case k.wait > 0:
		return k.wait
	case attended(ctx):
		return attendedWait
	}
	return backgroundWait
}

// recovered guards against the client library, which trusts the form of what
// the bus sends.
func recovered(call func() (string, error)) (value string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v\n%s", p, debug.Stack())
		}
	}()
	return call()
}

// absent reports whether nothing is there that could keep secrets. D-Bus's own
// word for it comes as text.
func absent(err error) bool {
	return errors.Is(err, ErrUnavailable) || errors.Is(err, keyring.ErrUnsupportedPlatform) ||
		errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, fs.ErrNotExist) ||
		strings.Contains(err.Error(), "not provided by any .service files")
}

const useVault = "or use Postrider's own vault: --keyring vault"

// explain turns what a keyring said into what a person can do.
func explain(account mail.AccountID, what What, verb string, err error) error {
	e := &mail.Error{Op: verb + " the " + string(what), Account: account, Kind: mail.KindSignIn, Err: err}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		e.Kind, e.Message = mail.KindCanceled, "canceled"
	case errors.Is(err, keyring.ErrNotFound):
		return notFound(account, what)
	case absent(err):
		e.Err, e.Message = ErrUnavailable, "this session has no keyring service; start one (GNOME Keyring, KWallet, KeePassXC), "+useVault
	case errors.Is(err, ErrSilent), errors.Is(err, context.DeadlineExceeded):
		e.Err, e.Message = ErrSilent, "the keyring does not answer; it may be waiting for you to unlock it; answer its prompt and try again, "+useVault
	case strings.Contains(err.Error(), "failed to unlock"), strings.Contains(err.Error(), "IsLocked"):
		e.Err, e.Message = ErrLocked, "the keyring is locked; unlock it and try again, "+useVault
	default:
		e.Err, e.Message = ErrFailed, "the keyring does not work; repair it, "+useVault
	}
	if err.Error() != e.Err.Error() {
		e.Detail = err.Error()
	}
	return e
}
