package vm

import (
	"context"
	"errors"
	"time"

	"postrider/mail"
	"postrider/mail/phrase"
	"postrider/mail/store"
)

// Work is something the person did that has not reached its server, or that the
// server refused.
type Work struct {
	Account mail.AccountID
	Kind    mail.OpKind
	Role    mail.Role // of the folder it goes to, for an icon
	Text    string    // "Archive 14 messages"
	When    time.Time // when it was done
	Tries   int
	Failed  bool
	Why     string // refused, or tried in vain: our sentence
	Detail  string // the server's own words

	ids []mail.OpID
	act int64
}

// works reads what waits.
func (a *Activity) works(ctx context.Context) (list []work, err error) {
	err = a.client.Read(ctx, func(sn *store.Snapshot) error {
		pending, err := sn.Pending("")
		if err != nil {
			return err
		}
		for _, p := range pending {
			w := work{Pending: p, n: len(p.Targets)}
			w.Targets = nil
			if w.n == 1 {
				if row, err := sn.Row(p.Targets[0]); err == nil {
					w.subject = quotable(row.Subject)
				}
			}
			list = append(list, w)
		}
		return nil
	})
	return list, err
}

// work is a waiting operation with what its sentence needs.
type work struct {
	mail.Pending
	n       int
	subject string
}

func quotable(subject string) string {
	if subject == "" {
		return " "
	}
	return subject
}

// arrange makes lines of what waits. What one act did in two ways is one line:
// junk is marked and moved.
func (a *Activity) arrange(list []work) (waiting, failed []Work) {
	for _, p := range list {
		w := Work{
			Account: p.Account, Kind: p.Kind, Role: a.roster.roles[p.To], When: p.Created, Tries: p.Attempts,
			Text: a.roster.intention(p.Pending, what(p.n, p.subject)), Failed: p.State == mail.StateFailed, ids: []mail.OpID{p.ID}, act: p.Act,
		}
		if p.Err != nil {
			w.Why, w.Detail = phrase.Sentence(p.Err.Sentence()), p.Err.Detail
		}
		into := &waiting
		if w.Failed {
			into = &failed
		}
		if n := len(*into); n > 0 && isJunkMove((*into)[n-1], w) {
			w.ids = append((*into)[n-1].ids, w.ids...)
			(*into)[n-1] = w
			continue
		}
		*into = append(*into, w)
	}
	return waiting, failed
}

// isJunkMove reports whether two operations of one act are the mark and the move
// of junk.
func isJunkMove(mark, move Work) bool {
	return mark.act == move.act && mark.Account == move.Account && mark.Kind == mail.OpFlags && move.Kind == mail.OpMove
}

// Cancel calls work off, or takes a failed one off the list.
func (a *Activity) Cancel(w Work, tell func(error)) {
	Run(a.desk, func(ctx context.Context) error {
		var errs []error
		for _, id := range w.ids {
			if err := a.client.Cancel(ctx, id); err != nil && !mail.Is(err, mail.KindGone) {
				errs = append(errs, err)
			}
		}
		return errors.Join(errs...)
	}, tell)
}

// Retry has work tried now.
func (a *Activity) Retry(w Work, tell func(error)) {
	Run(a.desk, func(ctx context.Context) error {
		var errs []error
		for _, id := range w.ids {
			if err := a.client.Retry(ctx, id); err != nil && !mail.Is(err, mail.KindGone) {
				errs = append(errs, err)
			}
		}
		return errors.Join(errs...)
	}, tell)
}
