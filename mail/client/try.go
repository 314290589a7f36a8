package client

import (
	"context"

	"postrider/accounts"
	"postrider/accounts/secret"
)

// Try connects to an account's incoming server and signs in with a password, or
// with the kept one if it is empty.
func (a *Accounts) Try(ctx context.Context, acc accounts.Account, s secret.Secret) (string, error) {
	p := given(s)
	if s.Empty() {
		p = a.kept(acc)
	}
	d, err := a.connect(acc, nil, p)(ctx)
	if err != nil {
		return "", err
	}
	return "", d.Close()
}
