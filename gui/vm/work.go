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
	Verb    Verb      // of one that changes marks alone; "": it does something else
	Role    mail.Role // of the folder it goes to, for an icon
	Text    string    // "Archive 14 messages"
	When    time.Time // when it was done
	Tries   int
	Failed  bool
	Unsure  bool   // to be sent, and nobody knows whether it was: the person has to say
	Later   string // to be sent at a time of the person's: "tomorrow, 09:00"
	Why     string // refused, or tried in vain: our sentence
	Detail  string // the server's own words

	ids   []mail.OpID
	act   int64
	state mail.OpState
	due   time.Time
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
			Account: p.Account, Kind: p.Kind, Verb: verbOf(p.Patch), Role: a.roster.roles[p.To], When: p.Created, Tries: p.Attempts,
			Text: a.roster.intention(p.Pending, what(p.n, p.subject)), Failed: p.State == mail.StateFailed, ids: []mail.OpID{p.ID}, act: p.Act,
			state: p.State, due: p.NotBefore,
		}
		if p.Err != nil {
			w.Why, w.Detail = phrase.Sentence(p.Err.Sentence()), p.Err.Detail
		}
		a.sending(&w, p)
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

// sending says what there is to say of a message to be sent.
func (a *Activity) sending(w *Work, p work) {
	if p.Kind != mail.OpSend {
		return
	}
	now := a.desk.Now()
	if p.Scheduled.After(now) {
		w.Later = a.desk.Style.Coming(p.Scheduled, now) + ", " + a.desk.Style.Clock(p.Scheduled.In(now.Location()))
	}
	if p.State == mail.StateUnknown {
		w.Unsure = true
		w.Why = "The connection ended before the server said whether it took the message. Look into the mailbox of somebody it was for, or say what is to be done."
	}
	for _, to := range p.Recipients {
		if to.State == mail.RecipientRefused && to.Err != nil && w.Detail == "" {
			w.Why, w.Detail = "The server does not take it for "+to.Address+".", to.Err.Detail
		}
	}
}

// WasSent is the person's word that a message of which nobody knew was sent: it
// is not sent again.
func (a *Activity) WasSent(w Work, tell func(error)) {
	Run(a.desk, func(ctx context.Context) error { return a.client.WasSent(ctx, w.ids[0]) }, tell)
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
