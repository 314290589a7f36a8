package cli

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/html"
	"postrider/mail/message"
)

// view is what of a message is shown.
type view struct{ raw, headers, text, html, structure, remote bool }

func (a *app) showCommand() *cobra.Command {
	var v view
	cmd := &cobra.Command{
		Use: "show ID", Short: "Show a message, or its bytes exactly as the server gave them", Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseID(args[0])
			if err != nil {
				return err
			}
			if v.remote && !v.html {
				return usagef("--remote-images goes with --html")
			}
			return a.withBody(cmd.Context(), id, func(ctx context.Context, c *client.Client, r client.Row) error {
				return a.show(ctx, c, r, v)
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&v.raw, "raw", false, "the bytes, exactly")
	f.BoolVar(&v.headers, "headers", false, "the header fields")
	f.BoolVar(&v.text, "text", false, "the text alone")
	f.BoolVar(&v.html, "html", false, "the HTML as the sender wrote it, told to load nothing in a browser")
	f.BoolVar(&v.remote, "remote-images", false, "with --html: let a browser load its pictures, which tells the sender that it was opened")
	f.BoolVar(&v.structure, "structure", false, "the parts")
	cmd.MarkFlagsMutuallyExclusive("raw", "headers", "text", "html", "structure")
	return cmd
}

// withBody runs do with a message whose bytes are here; they are fetched if
// need be, by the process that has the store if there is one.
func (a *app) withBody(ctx context.Context, id mail.PlacementID, do func(context.Context, *client.Client, client.Row) error) error {
	absent := false
	err := a.reading(ctx, func(ctx context.Context, c *client.Client) error {
		r, err := c.Row(ctx, id)
		if err != nil {
			return err
		}
		if absent = !r.Here; absent {
			return nil
		}
		return do(ctx, c, r)
	})
	if err != nil || !absent {
		return err
	}
	return a.changing(ctx, func(ctx context.Context, c *client.Client) error {
		if err := c.Fetch(ctx, id); err != nil {
			return err
		}
		r, err := c.Row(ctx, id)
		if err != nil {
			return err
		}
		return do(ctx, c, r)
	})
}

func (a *app) show(ctx context.Context, c *client.Client, r client.Row, v view) error {
	if v.raw {
		return a.showRaw(ctx, c, r)
	}
	m, err := c.Message(ctx, r.Message)
	if err != nil {
		return err
	}
	switch {
	case a.json:
		a.line(a.messageJSON(r, m))
	case v.headers:
		a.showHeaders(m)
	case v.text:
		a.showText(m.Text())
	case v.html:
		return a.showHTML(m, v.remote)
	case v.structure:
		a.showStructure(m)
	default:
		a.showMessage(r, m)
	}
	return nil
}

// showRaw copies the bytes; on a pipe's end as on a terminal.
func (a *app) showRaw(ctx context.Context, c *client.Client, r client.Row) error {
	raw, err := c.Raw(ctx, r.Message)
	if err != nil {
		return err
	}
	defer raw.Close()
	_, err = io.Copy(a.out, raw)
	return mail.Wrap(mail.KindDisk, "show the message", err)
}

var errNoHTML = errors.New("this message has no HTML; see it with --text")

// showHTML prints the HTML for a browser, which loads nothing unless it is to show
// remote pictures. In the terminal nothing is loaded at all.
func (a *app) showHTML(m *message.Message, remote bool) error {
	source := m.HTML()
	if source == "" {
		return mail.Wrap(mail.KindGone, "show the message", errNoHTML)
	}
	a.showText(html.Confine(source, remote))
	return nil
}

func (a *app) showText(text string) {
	text = plainText(text)
	a.print("%s", text)
	if text != "" && text[len(text)-1] != '\n' {
		a.print("\n")
	}
}

func (a *app) showHeaders(m *message.Message) {
	for _, f := range m.Fields {
		a.print("%s %s\n", a.styled(faint, plain(f.Name)+":"), plain(f.Value))
	}
}

// showMessage is a message as people read it.
func (a *app) showMessage(r client.Row, m *message.Message) {
	for _, f := range []struct{ name, value string }{
		{"From", addresses(m.From)}, {"To", addresses(m.To)}, {"Cc", addresses(m.Cc)}, {"Subject", m.Subject},
		{"Date", date(m, r)}, {"In", a.nameOf(r.Account) + "/" + r.Path},
	} {
		if f.value != "" {
			a.print("%s %s\n", a.styled(faint, fit(f.name+":", 8, false)), plain(f.value))
		}
	}
	for _, p := range m.Attachments() {
		a.print("%s %s\n", a.styled(faint, fit("File:", 8, false)), plain(partLabel(p)))
	}
	for _, w := range m.Warnings {
		a.print("%s %s\n", a.styled(red, fit("Note:", 8, false)), plain(w))
	}
	a.print("\n")
	a.showText(m.Text())
}

func addresses(list []message.Address) (text string) {
	for i, addr := range list {
		if i > 0 {
			text += ", "
		}
		text += addr.String()
	}
	return text
}

func date(m *message.Message, r client.Row) string {
	t := m.Date
	if t.IsZero() {
		t = r.Date
	}
	return t.Local().Format("Mon, 2 Jan 2006 15:04 -0700")
}
