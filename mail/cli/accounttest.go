package cli

import (
	"context"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail/client"
)

// stepJSON is one step of trying an account.
type stepJSON struct {
	Step   string     `json:"step"`
	OK     bool       `json:"ok"`
	Detail string     `json:"detail"`
	Error  *errorJSON `json:"error"`
}

// tryAccount connects and signs in with a password that is not kept yet, and
// tells people how far it comes.
func (a *app) tryAccount(ctx context.Context, all *client.Accounts, acc accounts.Account, password secret.Secret) error {
	_, err := all.Try(ctx, acc, password)
	return err
}

// tellHolder lets the process that has the store know that the accounts are
// others now. If there is none, there is nobody to tell.
func (a *app) tellHolder(ctx context.Context) {}
