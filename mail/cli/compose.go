package cli

import (
	"context"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// composeFlags are what a person says of a new message.
type composeFlags struct {
	from, subject, body, at string
	to, cc, bcc, attach     []string
	plain, draft, queueOnly bool
	reply, replyAll, fwd    string
}

func (a *app) composeCommand() *cobra.Command {
	var f composeFlags
	cmd := &cobra.Command{
		Use: "compose [--to ADDRESS] … [mailto:LINK]", Short: "Write a message and send it", Args: words(0, 1),
		Long: `Write a message, put it into the Outbox, and send it now if that is possible. The text is Markdown; it goes
out as plain text and as HTML, or with --plain as plain text alone. A mailto: link fills in what it says.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			link := ""
			if len(args) > 0 {
				link = args[0]
			}
			return a.compose(cmd.Context(), &f, link)
		},
	}
	s := cmd.Flags()
	s.SortFlags = false
	s.StringVar(&f.from, "from", "", "the `ADDRESS` to write as")
	s.StringArrayVar(&f.to, "to", nil, "a recipient, `ADDRESS` or \"Name <address>\"; may be repeated")
	s.StringArrayVar(&f.cc, "cc", nil, "one who gets a copy")
	s.StringArrayVar(&f.bcc, "bcc", nil, "one who gets a copy that the others do not know of")
	s.StringVar(&f.subject, "subject", "", "the subject")
	s.StringVar(&f.body, "body-file", "", "the text, Markdown; - is stdin (`FILE`)")
	s.StringArrayVar(&f.attach, "attach", nil, "a `FILE` to send along; may be repeated")
	s.BoolVar(&f.plain, "plain", false, "send plain text alone")
	s.StringVar(&f.reply, "reply", "", "answer the sender of this message (`ID`)")
	s.StringVar(&f.replyAll, "reply-all", "", "answer everybody who got this message (`ID`)")
	s.StringVar(&f.fwd, "forward", "", "pass this message on, with its files (`ID`)")
	s.StringVar(&f.at, "at", "", "send it not before this time: 2026-03-01T08:00:00Z, or +2h (`TIME`)")
	s.BoolVar(&f.draft, "draft", false, "keep it as a draft, do not send it")
	s.BoolVar(&f.queueOnly, "queue-only", false, "do not send it now; the next sync does")
	cmd.MarkFlagsMutuallyExclusive("reply", "reply-all", "forward")
	return cmd
}

func (a *app) compose(ctx context.Context, f *composeFlags, link string) error {
	open, done := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("")), nil }, func() {}
	if f.body != "" {
		var err error
		if open, done, err = a.file(f.body); err != nil {
			return err
		}
	}
	defer done()
	return a.changing(ctx, func(ctx context.Context, c *client.Client) error {
		post, err := a.draft(ctx, c, f, link)
		if err != nil {
			return err
		}
		if err := a.addText(post.Draft, open); err != nil {
			return err
		}
		if f.draft {
			return a.keepDraft(ctx, c, post)
		}
		q, err := c.Send(ctx, post)
		if err != nil {
			return err
		}
		return a.sendNow(ctx, c, post.Account, q, f.queueOnly)
	})
}

// draft makes the message that the flags describe, without its text.
func (a *app) draft(ctx context.Context, c *client.Client, f *composeFlags, link string) (post client.Post, err error) {
	if post, err = a.begin(ctx, c, f, link); err != nil {
		return post, err
	}
	d := post.Draft
	if post.At, err = parseTime(f.at, c.Now()); err != nil {
		return post, err
	}
	for _, field := range []struct {
		typed []string
		list  *[]message.Address
	}{{f.to, &d.To}, {f.cc, &d.Cc}, {f.bcc, &d.Bcc}} {
		for _, t := range field.typed {
			*field.list = append(*field.list, message.ParseAddresses(t)...)
		}
	}
	if f.subject != "" {
		d.Subject = f.subject
	}
	d.Plain = f.plain
	d.Date = c.Now().Local()
	for _, name := range f.attach {
		file, err := a.attachment(name)
		if err != nil {
			return post, err
		}
		d.Files = append(d.Files, file)
	}
	return post, nil
}

// begin makes a new message, an answer, or what a link says.
func (a *app) begin(ctx context.Context, c *client.Client, f *composeFlags, link string) (post client.Post, err error) {
	if id := f.reply + f.replyAll + f.fwd; id != "" {
		return a.answer(ctx, c, f, id)
	}
	me, err := writer(c, f.from)
	if err != nil {
		return post, err
	}
	post.Account, post.Draft = me.account, &message.Draft{}
	if link != "" {
		var ignored []string
		if post.Draft, ignored, err = message.ParseMailto(link); err != nil {
			return post, err
		}
		if len(ignored) > 0 {
			a.say("Left out of the link: %s.", plain(strings.Join(ignored, ", ")))
		}
	}
	post.Draft.From, post.Draft.ReplyTo = me.Address, message.ParseAddresses(me.ReplyTo)
	return post, nil
}

// answer makes an answer, or a message that passes another on.
func (a *app) answer(ctx context.Context, c *client.Client, f *composeFlags, typed string) (post client.Post, err error) {
	ids, err := parseIDs([]string{typed})
	if err != nil {
		return post, err
	}
	row, err := c.Row(ctx, ids[0])
	if err != nil {
		return post, err
	}
	if err := c.Fetch(ctx, row.ID); err != nil {
		return post, err
	}
	if row, err = c.Row(ctx, ids[0]); err != nil {
		return post, err
	}
	m, err := c.Message(ctx, row.Message)
	if err != nil {
		return post, err
	}
	acc, err := c.Find(string(row.Account))
	if err != nil {
		return post, err
	}
	how := message.Answer{Own: client.Selves(acc), Zone: time.Local, Open: c.Opener(row.Message)}
	post = client.Post{Account: row.Account, Answers: row.ID, Mark: mail.Answered}
	switch {
	case f.reply != "":
		post.Draft = m.Reply(how)
	case f.replyAll != "":
		post.Draft = m.ReplyAll(how)
	default:
		post.Draft, post.Mark = m.Forward(how), mail.Forwarded
	}
	if f.from != "" {
		me, err := writer(c, f.from)
		if err != nil {
			return post, err
		}
		post.Account, post.Draft.From = me.account, me.Address
	}
	return post, nil
}

// maxText is how much text a message may have, octets; more is a file.
const maxText = 16 << 20

// addText puts the person's text above what the message quotes.
func (a *app) addText(d *message.Draft, open func() (io.ReadCloser, error)) error {
	r, err := open()
	if err != nil {
		return err
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return mail.Wrap(mail.KindDisk, "read the text", err)
	}
	if len(text) > maxText {
		return mail.Errorf(mail.KindInput, "read the text", "the text is larger than %s; attach it as a file", size(maxText))
	}
	d.Text = string(text) + d.Text
	return nil
}

func (a *app) attachment(name string) (f message.File, err error) {
	const op = "attach the file"
	path := a.path(name)
	info, err := os.Stat(path)
	if err != nil {
		return f, mail.Wrap(mail.KindInput, op, err)
	}
	if !info.Mode().IsRegular() {
		return f, mail.Errorf(mail.KindInput, op, "%s is no file", name)
	}
	f = message.File{Name: filepath.Base(path), Type: mime.TypeByExtension(filepath.Ext(path)), Size: info.Size(), Open: func() (io.ReadCloser, error) {
		r, err := os.Open(path)
		return r, mail.Wrap(mail.KindInput, op, err)
	}}
	if strings.EqualFold(filepath.Ext(path), ".eml") {
		f.Type = "message/rfc822"
	}
	r, err := f.Open()
	if err != nil {
		return f, err
	}
	defer r.Close()
	if f.Type == "" {
		head := make([]byte, 512)
		n, _ := io.ReadFull(r, head)
		f.Type = http.DetectContentType(head[:n])
	}
	return f, nil
}

func (a *app) keepDraft(ctx context.Context, c *client.Client, post client.Post) error {
	id, err := c.SaveDraft(ctx, post.Account, post.Draft, 0, true)
	if err != nil {
		return err
	}
	a.done("Kept as draft %d.", id)
	return a.showActed(ctx, c, []mail.PlacementID{id})
}

// parseTime is a time that a person typed: a moment, or one from now on.
func parseTime(typed string, now time.Time) (time.Time, error) {
	if typed == "" {
		return time.Time{}, nil
	}
	if d, err := time.ParseDuration(strings.TrimPrefix(typed, "+")); err == nil && d > 0 {
		return now.Add(d), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, typed, time.Local); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usagef("%q is no time: write 2026-03-01T08:00:00Z, 2026-03-01T08:00 or +2h", typed)
}
