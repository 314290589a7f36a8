package client

import (
	"context"
	"time"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/smtp"
)

// TryOut connects to an account's outgoing server and signs in, telling each
// step as it ends. An empty password means the one in the keyring. Nothing is
// sent. Of an account that does not send there is nothing to try.
func (a *Accounts) TryOut(ctx context.Context, acc accounts.Account, s secret.Secret, each func(Step)) error {
	if acc.Outgoing == nil {
		return nil
	}
	p := given(s)
	if s.Empty() {
		p = a.keptOut(acc)
	}
	began := time.Now()
	c, err := smtp.Open(ctx, a.courier(acc, nil, p))
	steps(acc.Outgoing, time.Since(began), mail.Wrap(mail.KindOf(err), "sign in", err), func(s Step) {
		s.Name += " for sending"
		each(s)
	})
	if err == nil {
		c.Close()
	}
	return err
}
