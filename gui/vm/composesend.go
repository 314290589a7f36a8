package vm

import (
	"context"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
	"postrider/mail/phrase"
)

// Doubt is something about a message that speaks against sending it as it is.
type Doubt struct {
	Title string
	Text  string
	Stops bool   // it cannot be sent so
	Yes   string // the button that sends it all the same
}

// Doubts are what to tell or ask before the message is sent, the worst first.
func (w *Composition) Doubts() (list []Doubt) {
	stop := func(title, text string) { list = append(list, Doubt{Title: title, Text: text, Stops: true}) }
	ask := func(title, text string) { list = append(list, Doubt{Title: title, Text: text, Yes: "Send anyway"}) }
	switch {
	case w.State != ComposeReady:
		stop("Not ready yet", "The message is still being prepared.")
	case !w.Sender().Able:
		stop("This account cannot send", "It has no outgoing server. Choose another sender, or give it one in the settings.")
	}
	for _, r := range w.everybody() {
		if r.Why != "" {
			stop("One address cannot be right", r.Why)
			break
		}
	}
	if len(w.everybody()) == 0 {
		stop("Nobody to send it to", "Write an address into To, Cc or Bcc.")
	}
	if w.Loading() {
		stop("One moment", "A file is still being read.")
	}
	if len(list) > 0 || w.Redirects() {
		return list
	}
	if text, tooMuch := w.FileText(); tooMuch {
		fate := "The message may come back."
		if _, known := w.room(); known {
			fate = "It will not take the message."
		}
		ask("This is too large", "The files are "+text+". "+fate)
	}
	if words := speaksOfFiles(w.Text()); words != "" && len(w.Files) == 0 {
		ask("Is a file missing?", "You wrote “"+words+"”, but nothing is attached.")
	}
	if strings.TrimSpace(w.Subject) == "" {
		ask("Without a subject?", "The message has no subject.")
	}
	return list
}

// Dispatch is a message in the Outbox.
type Dispatch struct {
	Text string        // "Sending to Ines Moreau"
	At   time.Time     // not before; zero: at once
	Wait time.Duration // how long Undo is offered; 0: it is not

	w      *Composition
	queued client.Queued
	letter *message.Draft
}

// Send puts the message into the Outbox, where it waits for the moment at (zero:
// for as long as it can be undone). then is told when it is there durably; nil: it
// was not, and the composition goes on.
func (w *Composition) Send(at time.Time, then func(*Dispatch)) {
	if w.State != ComposeReady {
		return
	}
	w.State = ComposeSending
	if w.keeping.cancel != nil {
		w.keeping.cancel()
		w.keeping.cancel = nil
	}
	w.tell()
	w.idle(func() { w.send(at, then) })
}

func (w *Composition) send(at time.Time, then func(*Dispatch)) {
	if w.Redirects() {
		w.redirect(then)
		return
	}
	d := &Dispatch{w: w, At: at, letter: w.letter()}
	post := client.Post{
		Account: w.Sender().Account, Draft: d.letter, At: at, Answers: w.answers, Mark: w.mark, Saved: w.keeping.id,
	}
	if at.IsZero() && w.opts.UndoFor > 0 {
		d.Wait, post.Undo = w.opts.UndoFor, w.opts.UndoFor
	}
	d.Text = w.dispatched(d)
	Run(w.desk, func(ctx context.Context) (err error) {
		return w.kept.done(func() error {
			d.queued, err = w.client.Send(ctx, post) // the draft goes, whosever it is
			return err
		})
	}, func(err error) { w.queued(d, err, then) })
}

// redirect passes the message on.
func (w *Composition) redirect(then func(*Dispatch)) {
	d := &Dispatch{w: w, Wait: w.opts.UndoFor}
	d.Text = w.dispatched(d)
	sender := w.Sender()
	rs := message.Resent{From: sender.Address, To: addressesOf(w.To), Cc: addressesOf(w.Cc), Bcc: addressesOf(w.Bcc)}
	Run(w.desk, func(ctx context.Context) (err error) {
		d.queued, err = w.client.Redirect(ctx, sender.Account, w.redirects, rs, d.Wait)
		return err
	}, func(err error) { w.queued(d, err, then) })
}

// queued tells whether the message is in the Outbox.
func (w *Composition) queued(d *Dispatch, err error, then func(*Dispatch)) {
	if err != nil {
		w.State = ComposeReady
		w.dirty()
		w.fail(err)
		w.tell()
		then(nil)
		return
	}
	w.end()
	then(d)
}

// dispatched says what becomes of the message.
func (w *Composition) dispatched(d *Dispatch) string {
	var names []string
	for _, r := range w.everybody() {
		names = append(names, r.Label())
	}
	to := phrase.Some(names, 2)
	if !d.At.IsZero() {
		now := w.desk.Now()
		return "Goes out " + w.desk.Style.Coming(d.At, now) + " at " + w.desk.Style.Clock(d.At.In(now.Location())) + ", to " + to
	}
	return "Sending to " + to
}

// Undo takes the message out of the Outbox again, and tells a composition to go
// on with; nil and why where it was too late.
func (d *Dispatch) Undo(then func(*Composition, error)) {
	w := d.w
	Run(w.desk, func(ctx context.Context) error { return w.client.Cancel(ctx, d.queued.Op) }, func(err error) {
		if err != nil {
			then(nil, err)
			return
		}
		next := NewComposition(w.desk, w.client, w.roster, w.opts)
		next.resume(w, d)
		then(next, nil)
	})
}

// resume goes on with what another composition sent, which is a draft now. The
// files are read from that draft.
func (w *Composition) resume(was *Composition, d *Dispatch) {
	w.again = was
	if was.Redirects() {
		w.Begin(Beginning{Kind: BeginRedirect, Of: was.passes})
		return
	}
	w.Begin(Beginning{Kind: BeginDraft, Of: d.queued.Message})
	w.answers, w.mark = was.answers, was.mark
}

// takeOver takes over to whom and as whom a message was redirected that was taken
// back.
func (w *Composition) takeOver() {
	switch was := w.again; {
	case was == nil:
	case !was.Redirects():
		w.regroup(was.groups()) // what was sent knew nothing of them
	default:
		w.To, w.Cc, w.Bcc = was.To, was.Cc, was.Bcc
		w.choose(was.Sender().Account, was.Sender().Addr)
	}
}

// Later is a time to send a message at.
type Later struct {
	Label string // "Tomorrow morning"
	Note  string // "Wed 08:00"
	At    time.Time
}

// morning is when mail that was sent for a morning goes out.
const morning = 8

// LaterTimes are the times that are offered.
func (w *Composition) LaterTimes() (list []Later) {
	now := w.desk.Now()
	day := func(days int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+days, morning, 0, 0, 0, now.Location())
	}
	style := w.desk.Style
	if now.Hour() < morning {
		list = append(list, Later{"This morning", style.Clock(day(0)), day(0)})
	}
	tomorrow := day(1)
	list = append(list, Later{"Tomorrow morning", tomorrow.Format("Mon ") + style.Clock(tomorrow), tomorrow})
	ahead := (8 - int(now.Weekday())) % 7
	if ahead == 0 {
		ahead = 7
	}
	if monday := day(ahead); ahead > 1 {
		list = append(list, Later{"Monday morning", style.LongDay(monday, now), monday})
	}
	return list
}

// When reads a time to send at, from a day and a time of day as people type them;
// kind input where it makes no sense or is over.
func (w *Composition) When(day, clock string) (time.Time, error) {
	const op = "read the time"
	now := w.desk.Now()
	d, err := time.ParseInLocation("2006-01-02", strings.TrimSpace(day), now.Location())
	if err != nil {
		return d, mail.Errorf(mail.KindInput, op, "write the day as %s", now.AddDate(0, 0, 1).Format("2006-01-02"))
	}
	for _, layout := range []string{"15:04", "3:04 PM", "3:04PM", "3 PM", "3PM", "15"} {
		t, err := time.Parse(layout, strings.ToUpper(strings.TrimSpace(clock)))
		if err != nil {
			continue
		}
		at := time.Date(d.Year(), d.Month(), d.Day(), t.Hour(), t.Minute(), 0, 0, now.Location())
		if !at.After(now) {
			return at, mail.Errorf(mail.KindInput, op, "that time is over")
		}
		return at, nil
	}
	return d, mail.Errorf(mail.KindInput, op, "write the time as 08:00")
}

// aboutToGo is how far ahead a message counts as being on its way out.
const aboutToGo = time.Minute

// GoingOut counts the messages that go out within moments: that wait to be taken
// back, or are being sent. Those that were tried in vain are not among them.
func GoingOut(d *Desk, c *client.Client, then func(n int)) {
	n := 0
	Run(d, func(ctx context.Context) error {
		list, err := c.Pending(ctx, "")
		for _, p := range list {
			going := p.State == mail.StateInflight || p.State == mail.StatePending && p.Err == nil
			if p.Kind == mail.OpSend && going && p.Scheduled.Sub(c.Now()) < aboutToGo {
				n++
			}
		}
		return err
	}, func(error) { then(n) })
}
