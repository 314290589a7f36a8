package vm

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
	"postrider/mail/store"
)

// Beginning is what a composition begins with.
type Beginning struct {
	Kind    BeginningKind
	Of      mail.PlacementID  // the message that is answered, passed on, or written on
	Link    string            // BeginLink: mailto:…; anybody may have written it
	Account mail.AccountID    // whose sender to take for a new message; "": the first that can send
	To      []message.Address // of a new message
	Subject string
	Text    string   // above the signature
	Files   []string // paths, to be attached
}

// BeginningKind is how a message comes to be written.
type BeginningKind uint8

// The kinds.
const (
	BeginNew BeginningKind = iota
	BeginLink
	BeginReply
	BeginReplyAll
	BeginReplyList
	BeginForward
	BeginForwardWhole // as a file
	BeginAsNew        // a message, to be edited and sent once more
	BeginDraft        // a draft, to be written on
	BeginRedirect     // a message goes on to others as it is: nothing is written
)

var beginningTitles = map[BeginningKind]string{
	BeginReply: "Reply", BeginReplyAll: "Reply to all", BeginReplyList: "Reply to the list",
	BeginForward: "Forward", BeginForwardWhole: "Forward", BeginDraft: "Draft", BeginRedirect: "Redirect",
}

// begun is what a composition begins with, once it was read.
type begun struct {
	draft   *message.Draft
	account mail.AccountID
	answers mail.PlacementID
	mark    mail.System
	files   []Enclosure
	ignored []string // of a link
	kept    bool     // it is a draft, whose place what is written takes

	redirects mail.MessageID // BeginRedirect
	passes    mail.PlacementID
	author    string
}

// Begin reads what the composition begins with. Until that is there its State is
// ComposeLoading. Title and sender are there at once.
func (w *Composition) Begin(b Beginning) {
	if title := beginningTitles[b.Kind]; title != "" {
		w.Title = title
	}
	w.State = ComposeLoading
	w.choose(b.Account, "")
	if (b.Kind == BeginNew || b.Kind == BeginLink) && !w.Sender().Able {
		w.choose("", "")
	}
	if b.Kind == BeginDraft {
		w.opening = b.Of
	}
	if b.Kind == BeginNew {
		w.unwritten = b.Text == ""
		w.begin(&begun{draft: w.fresh(b), account: w.Sender().Account})
		w.Attach(b.Files...)
		return
	}
	owns, sender := w.owns(), w.Sender()
	Ask(w.desk, &w.turn, func(ctx context.Context) (*begun, error) { return w.read(ctx, b, owns, sender) },
		func(got *begun, err error) {
			if err != nil {
				w.State = ComposeFailed
				w.Why, w.Detail = Explain(err)
				w.tell()
				return
			}
			if got.kept {
				w.keeping.id, w.kept.id, w.kept.account = b.Of, b.Of, got.account
				if w.Open != nil {
					w.Open.note(w, b.Of)
				}
			}
			w.begin(got)
			if len(got.ignored) > 0 && w.Failed != nil {
				w.Failed("The link asked for more than it may: "+strings.Join(got.ignored, ", ")+" left out.", "")
			}
		})
}

// fresh is a new message.
func (w *Composition) fresh(b Beginning) *message.Draft {
	d := &message.Draft{From: w.Sender().Address, To: b.To, Subject: b.Subject, Plain: w.opts.Plain, Text: message.NewText(w.Sender().Self)}
	if b.Text != "" {
		d.Text = strings.TrimRight(b.Text, "\n") + "\n" + d.Text
	}
	return d
}

// begin shows what was read.
func (w *Composition) begin(b *begun) {
	d := b.draft
	w.draft = *d
	w.redirects, w.passes, w.Author = b.redirects, b.passes, b.author
	if b.answers != 0 {
		w.answers, w.mark = b.answers, b.mark
	}
	w.choose(b.account, d.From.Addr)
	w.To, w.Cc, w.Bcc = recipientsOf(d.To), recipientsOf(d.Cc), recipientsOf(d.Bcc)
	w.Subject, w.Plain, w.Receipt, w.Files = d.Subject, d.Plain, d.Receipt, b.files
	w.draft.Files, w.draft.Text = nil, ""
	w.started = d.Text
	w.State = ComposeReady
	w.takeOver()
	w.regroup(d.Groups)
	w.retitle()
	if w.SetText != nil {
		w.SetText(d.Text)
	}
	w.tell()
}

// choose takes the account's sender with an address, else the account's first: one
// that cannot send is said so, and not replaced by somebody whom the person did
// not choose. Without an account it takes the first that can send.
func (w *Composition) choose(account mail.AccountID, address string) {
	best := -1
	for i, s := range w.Senders {
		if account != "" && s.Account != account {
			continue
		}
		if address != "" && strings.EqualFold(s.Addr, address) {
			best = i
			break
		}
		if best < 0 {
			best = i
		}
	}
	w.From = max(best, 0)
}

// owns are the person's own addresses by account: goroutines read them.
func (w *Composition) owns() map[mail.AccountID][]message.Self {
	owns := map[mail.AccountID][]message.Self{}
	for _, a := range w.roster.Accounts {
		owns[a.ID] = client.Selves(a.Settings)
	}
	return owns
}

// read makes the draft that a composition begins with.
func (w *Composition) read(ctx context.Context, b Beginning, owns map[mail.AccountID][]message.Self, sender Sender) (*begun, error) {
	if b.Kind == BeginLink {
		d, ignored, err := message.ParseMailto(b.Link)
		if err != nil {
			return nil, err
		}
		d.From, d.Plain = sender.Address, w.opts.Plain
		d.Text = strings.TrimRight(d.Text, "\n") + message.NewText(sender.Self)
		return &begun{draft: d, account: sender.Account, ignored: ignored}, nil
	}
	row, m, err := w.message(ctx, b.Of)
	if err != nil {
		return nil, err
	}
	got := &begun{account: row.Account}
	if b.Kind == BeginRedirect {
		got.redirects, got.passes, got.author = row.Message, row.ID, m.FromLabel()
		got.draft = &message.Draft{Subject: m.Subject}
		return got, nil
	}
	open := w.client.Opener(row.Message)
	how := message.Answer{Own: owns[row.Account], Place: w.opts.Quote, Zone: time.Local, Words: w.opts.Words, Open: open}
	if b.Kind == BeginDraft {
		got.draft, err = w.client.Resume(ctx, b.Of)
	} else {
		err = got.make(b.Kind, m, how, open)
	}
	if err != nil {
		return nil, err
	}
	switch b.Kind {
	case BeginAsNew:
	case BeginDraft:
		got.kept = row.Flags.Has(mail.Draft) // else it was sent meanwhile, and stays what it is
		got.answers, got.mark = w.answered(ctx, row, got.draft)
	case BeginForward, BeginForwardWhole:
		got.answers, got.mark = row.ID, mail.Forwarded
	default:
		got.answers, got.mark = row.ID, mail.Answered
	}
	if w.opts.Plain && b.Kind != BeginDraft && b.Kind != BeginAsNew {
		got.draft.Plain = true
	}
	if got.files, err = w.spool.take(got.draft.Files); err != nil {
		return got, err
	}
	pictures, err := w.spool.take(got.draft.Pictures)
	got.draft.Pictures = nil
	for _, p := range pictures {
		got.draft.Pictures = append(got.draft.Pictures, p.file)
	}
	return got, err
}

// make makes the draft of a kind.
func (b *begun) make(kind BeginningKind, m *message.Message, how message.Answer, open func() (io.ReadCloser, error)) error {
	switch kind {
	case BeginReply:
		b.draft = m.Reply(how)
	case BeginReplyAll:
		b.draft = m.ReplyAll(how)
	case BeginReplyList:
		d, ok := m.ReplyList(how)
		if !ok {
			return mail.Errorf(mail.KindInput, "reply to the list", "this message came from no list that takes mail")
		}
		b.draft = d
	case BeginForward:
		b.draft = m.Forward(how)
	case BeginForwardWhole:
		b.draft = m.ForwardWhole(how)
	default:
		b.draft = m.EditAsNew(open)
	}
	return nil
}

// message reads a message, from its server if need be.
func (w *Composition) message(ctx context.Context, id mail.PlacementID) (row client.Row, m *message.Message, err error) {
	if row, err = w.client.Row(ctx, id); err != nil {
		return row, nil, err
	}
	if !row.Here {
		if err = w.client.Fetch(ctx, id); err != nil {
			return row, nil, err
		}
		if row, err = w.client.Row(ctx, id); err != nil {
			return row, nil, err
		}
	}
	m, err = w.client.Message(ctx, row.Message)
	return row, m, err
}

// answered finds the message that a draft answers or passes on, 0 if it is not
// here.
func (w *Composition) answered(ctx context.Context, row client.Row, d *message.Draft) (id mail.PlacementID, mark mail.System) {
	want, mark := d.InReplyTo, mail.Answered
	if d.Forwards != "" {
		want, mark = d.Forwards, mail.Forwarded
	}
	if want == "" {
		return 0, 0
	}
	var rows []store.Row
	err := w.client.Read(ctx, func(sn *store.Snapshot) (err error) {
		rows, err = sn.Thread(row.Thread)
		return err
	})
	i := slices.IndexFunc(rows, func(r store.Row) bool { return r.MessageID == want })
	if err != nil || i < 0 {
		return 0, 0
	}
	return rows[i].ID, mark
}
