package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
)

// Step is a step of trying an account, when it has ended.
type Step struct {
	Name   string // "connect", "encrypt the connection", "sign in", "look around"
	Detail string // what was found, for people
	Took   time.Duration
	Err    error
}

// surveyor is a driver that can look around before an account is kept.
type surveyor interface {
	Survey(context.Context) (mailboxes, messages int, err error) // messages < 0: not known
}

// Try connects to an account's incoming server, signs in and looks around,
// telling each step as it ends. An empty password means the one in the keyring.
// It changes nothing, here or there.
func (a *Accounts) Try(ctx context.Context, acc accounts.Account, s secret.Secret, each func(Step)) error {
	p := given(s)
	if s.Empty() {
		p = a.kept(acc)
	}
	began := time.Now()
	d, err := a.connect(acc, nil, p)(ctx)
	steps(&acc.Incoming, time.Since(began), err, each)
	if err != nil {
		return err
	}
	defer d.Close()
	look, ok := d.(surveyor)
	if !ok {
		return nil
	}
	began = time.Now()
	boxes, messages, err := look.Survey(ctx)
	each(Step{Name: "look around", Detail: survey(boxes, messages), Took: time.Since(began), Err: err})
	return err
}

// steps tells the steps up to signing in; an error says in its Op at which
// they ended.
func steps(server *accounts.Server, took time.Duration, err error, each func(Step)) {
	steps := []Step{{Name: "connect", Detail: server.Addr()}}
	if server.TLS == accounts.StartTLS {
		steps = append(steps, Step{Name: "encrypt the connection"})
	}
	steps = append(steps, Step{Name: "sign in", Detail: "as " + server.User})
	failedAt := ""
	var e *mail.Error
	if errors.As(err, &e) {
		failedAt = e.Op
	}
	for i, s := range steps {
		if last := i == len(steps)-1; err != nil && (s.Name == failedAt || last) {
			s.Err, s.Took = err, took
			each(s)
			return
		} else if last {
			s.Took = took
		}
		each(s)
	}
}

func survey(boxes, messages int) string {
	text := things(boxes, "mailbox", "mailboxes")
	if messages >= 0 {
		text += ", " + things(messages, "message", "messages")
	}
	return text
}

func things(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
