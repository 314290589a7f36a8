package secret

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"path/filepath"

	"filippo.io/age"

	"postrider/accounts/internal/durable"
	"postrider/mail"
)

// The vault's two files in the data folder are plain age files: a key that the
// passphrase opens, and the secrets that the key opens. So the slow step is
// done once per process, and with both files at hand
// "age -d -i vault-key.age vault.age" reads them without Postrider.
const (
	keyFile   = "vault-key.age"
	vaultFile = "vault.age"
	lockFile  = "vault.lock"
)

// maxVault bounds what is read; a real vault is some kilobytes.
const maxVault = 4 << 20

// Ask gets the vault's passphrase from the person; create says that the vault
// is new and the passphrase is theirs to choose.
type Ask func(ctx context.Context, create bool) (Secret, error)

// Vault keeps secrets in files behind a passphrase, for machines without a
// keyring. Several processes may use one vault.
type Vault struct {
	dir string
	ask Ask

	turn chan struct{}       // held by the one caller who may be asking
	key  *age.X25519Identity // once the passphrase opened it
	work int                 // scrypt's cost as a power of two
}

// workFactor takes a quarter of a second and 64 MiB: one step below what OWASP
// advises for servers full of strangers' passwords, so that the program stays
// small; maxWork bounds what a tampered file can make us spend.
const (
	workFactor = 16
	maxWork    = 20
)

// NewVault returns the vault in a data folder; nothing is read or asked yet.
func NewVault(dir string, ask Ask) *Vault {
	return &Vault{dir: dir, ask: ask, turn: make(chan struct{}, 1), work: workFactor}
}

// Get implements Keyring. A vault that was never made asks for no passphrase.
func (v *Vault) Get(ctx context.Context, account mail.AccountID, what What) (Secret, error) {
	values, err := v.read(ctx)
	if err != nil {
		return Secret{}, explainVault(account, what, "look up", err)
	}
	value, ok := values[entry(account, what)]
	if !ok {
		return Secret{}, notFound(account, what)
	}
	return New(value), nil
}

// Set implements Keyring. The first one makes the vault.
func (v *Vault) Set(ctx context.Context, account mail.AccountID, what What, s Secret) error {
	err := v.change(ctx, true, func(values map[string]string) {
		values[entry(account, what)] = s.Reveal()
	})
	return explainVault(account, what, "keep", err)
}

// Delete implements Keyring.
func (v *Vault) Delete(ctx context.Context, account mail.AccountID, what What) error {
	err := v.change(ctx, false, func(values map[string]string) {
		delete(values, entry(account, what))
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return explainVault(account, what, "forget", err)
}

func (v *Vault) read(ctx context.Context) (map[string]string, error) {
	unlock, err := v.enter(ctx, false)
	if err != nil {
		return nil, err
	}
	defer unlock()
	return v.load()
}

// change rewrites the secrets from what is in the file at that moment.
func (v *Vault) change(ctx context.Context, create bool, change func(map[string]string)) error {
	leave, err := v.enter(ctx, create)
	if err != nil {
		return err
	}
	defer leave()
	unlock, err := durable.Lock(ctx, v.path(lockFile))
	if err != nil {
		return err
	}
	defer unlock()
	old, err := v.load()
	if err != nil {
		return err
	}
	values := maps.Clone(old)
	change(values)
	if maps.Equal(old, values) {
		return nil
	}
	return v.save(values)
}

// enter waits for the caller's turn and makes sure that the key is there.
func (v *Vault) enter(ctx context.Context, create bool) (leave func(), err error) {
	select {
	case v.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if err := v.open(ctx, create); err != nil {
		<-v.turn
		return nil, err
	}
	return func() { <-v.turn }, nil
}

func (v *Vault) path(name string) string { return filepath.Join(v.dir, name) }

func (v *Vault) load() (map[string]string, error) {
	values := map[string]string{}
	sealed, err := durable.Read(v.path(vaultFile), maxVault)
	if err != nil || sealed == nil {
		return values, err
	}
	plain, err := unseal(sealed, v.key)
	if err != nil {
		v.key = nil // it may be another vault by now, with another key
		return nil, errors.Join(ErrDamaged, err)
	}
	if err := json.Unmarshal(plain, &values); err != nil || values == nil {
		return nil, ErrDamaged // the cause would quote the content
	}
	return values, nil
}

func (v *Vault) save(values map[string]string) error {
	plain, err := json.Marshal(values)
	if err != nil {
		return err
	}
	sealed, err := seal(plain, v.key.Recipient())
	if err != nil {
		return err
	}
	return durable.Write(v.path(vaultFile), sealed)
}

func seal(plain []byte, to age.Recipient) ([]byte, error) {
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

func unseal(sealed []byte, by age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), by)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
