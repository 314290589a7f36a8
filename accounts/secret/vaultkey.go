package secret

import (
	"bytes"
	"context"
	"errors"
	"runtime/debug"

	"filippo.io/age"

	"postrider/accounts/internal/durable"
	"postrider/mail"
)

// open gets the vault's key with the person's passphrase, once. Without a
// vault it makes one if it may, and else says ErrNotFound and asks nobody.
func (v *Vault) open(ctx context.Context, create bool) error {
	if v.key != nil {
		return nil
	}
	sealed, err := durable.Read(v.path(keyFile), maxVault)
	if err != nil {
		return err
	}
	if sealed == nil {
		if err := v.checkNew(create); err != nil {
			return err
		}
	}
	passphrase, err := v.passphrase(ctx, sealed == nil)
	if err != nil {
		return err
	}
	if sealed == nil {
		v.key, err = v.create(ctx, passphrase)
	} else {
		v.key, err = unsealKey(sealed, passphrase)
	}
	return err
}

// checkNew refuses to make a new key while secrets under a lost one are there.
func (v *Vault) checkNew(create bool) error {
	orphan, err := durable.Read(v.path(vaultFile), maxVault)
	switch {
	case err != nil:
		return err
	case orphan != nil:
		return ErrDamaged
	case !create:
		return ErrNotFound
	}
	return nil
}

func (v *Vault) passphrase(ctx context.Context, create bool) (Secret, error) {
	if v.ask == nil {
		return Secret{}, ErrLocked
	}
	s, err := v.ask(ctx, create)
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case err != nil:
		err = mail.Wrap(mail.KindSignIn, "ask for the vault's passphrase", err)
	case s.Empty():
		err = ErrLocked
	}
	return s, err
}

// create writes a new key; where another process was faster, it opens that one.
func (v *Vault) create(ctx context.Context, passphrase Secret) (*age.X25519Identity, error) {
	unlock, err := durable.Lock(ctx, v.path(lockFile))
	if err != nil {
		return nil, err
	}
	defer unlock()
	if sealed, err := durable.Read(v.path(keyFile), maxVault); err != nil {
		return nil, err
	} else if sealed != nil {
		return unsealKey(sealed, passphrase)
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	recipient, err := age.NewScryptRecipient(passphrase.Reveal())
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(v.work)
	sealed, err := seal([]byte(key.String()+"\n"), recipient)
	if err != nil {
		return nil, err
	}
	return key, durable.Write(v.path(keyFile), sealed)
}

func unsealKey(sealed []byte, passphrase Secret) (*age.X25519Identity, error) {
	identity, err := age.NewScryptIdentity(passphrase.Reveal())
	if err != nil {
		return nil, err
	}
	identity.SetMaxWorkFactor(maxWork)
	defer debug.FreeOSMemory() // scrypt's megabytes are not needed again
	plain, err := unseal(sealed, identity)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, ErrPassphrase
	}
	if err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	key, err := age.ParseX25519Identity(string(bytes.TrimSpace(plain)))
	if err != nil {
		return nil, ErrDamaged
	}
	return key, nil
}

// explainVault turns what went wrong into what a person can do.
func explainVault(account mail.AccountID, what What, verb string, err error) error {
	e := &mail.Error{Op: verb + " the " + string(what), Account: account, Kind: mail.KindSignIn, Err: err}
	var own *mail.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own): // from asking for the passphrase
		return err
	case errors.Is(err, ErrNotFound):
		return notFound(account, what)
	case errors.Is(err, context.Canceled):
		e.Kind, e.Message = mail.KindCanceled, "canceled"
	case errors.Is(err, ErrPassphrase):
		e.Message = "that passphrase does not open the vault"
	case errors.Is(err, ErrLocked):
		e.Message = "the vault needs its passphrase; type it when asked, or set POSTRIDER_VAULT_PASSPHRASE"
	case errors.Is(err, ErrDamaged):
		e.Kind = mail.KindDisk
		e.Message = "the vault's files (" + keyFile + " and " + vaultFile + " in the data folder) are damaged or do not belong together; put them back from a backup, or delete both and sign in again"
	case errors.Is(err, durable.ErrBusy), errors.Is(err, context.DeadlineExceeded):
		e.Kind, e.Message = mail.KindBusy, "another Postrider is changing the vault; try again in a moment"
	default:
		e.Kind, e.Message = mail.KindDisk, "the vault's files cannot be read or written"
	}
	if err.Error() != e.Message && e.Kind == mail.KindDisk {
		e.Detail = err.Error()
	}
	return e
}
