package message

import (
	"io"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/thread"
)

// Forward passes the message on: what it says, under its header, with its
// files.
func (m *Message) Forward(a Answer) *Draft {
	d := m.forward(&a)
	var b strings.Builder
	b.WriteString("---------- " + a.Words.Forwarded + " ----------\n")
	for _, f := range []struct{ name, value string }{
		{a.Words.From, joinShown(m.From)}, {a.Words.Date, m.dateShown(&a)}, {a.Words.Subject, m.Subject},
		{a.Words.To, joinShown(m.To)}, {a.Words.Cc, joinShown(m.Cc)},
	} {
		if f.value != "" {
			b.WriteString(f.name + ": " + f.value + "\n")
		}
	}
	b.WriteString("\n" + m.written() + "\n")
	d.Text = joinBlocks("\n", signatureOf(m.addressee(a.Own)), b.String())
	d.Files = m.partFiles(a.Open, append(m.Inline(), m.Attachments()...))
	for i := range d.Files {
		d.Files[i].ContentID = "" // no HTML shows it any more
	}
	return d
}

// ForwardWhole passes the message on as a file: nothing of it is lost but its
// Bcc, which was to be seen by nobody else.
func (m *Message) ForwardWhole(a Answer) *Draft {
	d := m.forward(&a)
	d.Text = NewText(m.addressee(a.Own))
	d.Files = []File{{Name: CleanFilename(truncate(m.Subject, maxFilename-len(".eml")) + ".eml"), Type: "message/rfc822", Open: a.Open}}
	return d
}

func (m *Message) forward(a *Answer) *Draft {
	a.Words.complete()
	self := m.addressee(a.Own)
	return &Draft{
		From: self.Address, ReplyTo: ParseAddresses(self.ReplyTo), Subject: "Fwd: " + thread.Topic(m.Subject),
		Forwards: m.MessageID, References: m.references(),
	}
}

func (m *Message) dateShown(a *Answer) string {
	if m.Date.IsZero() {
		return ""
	}
	return a.date(m)
}

func joinShown(list []Address) string {
	var names []string
	for _, a := range list {
		names = append(names, a.String())
	}
	return strings.Join(names, ", ")
}

// partFiles makes files of parts, read from the message's bytes.
func (m *Message) partFiles(open func() (io.ReadCloser, error), parts []*Part) (files []File) {
	if open == nil {
		return nil
	}
	for _, p := range parts {
		f := File{Name: p.SaveName(), Type: p.MediaType(), ContentID: p.ContentID, Size: p.Size, Open: p.opener(open)}
		if p.Message == nil && p.Type == "message" || p.isMultipart() {
			f.Type = "application/octet-stream"
		}
		files = append(files, f)
	}
	return files
}

// opener opens the decoded bytes of a part.
func (p *Part) opener(open func() (io.ReadCloser, error)) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		r, err := open()
		if err != nil {
			return nil, err
		}
		if _, err := io.CopyN(io.Discard, r, p.Offset); err != nil {
			r.Close()
			return nil, mail.Wrap(mail.KindDisk, "read the message", err)
		}
		body := io.Reader(io.LimitReader(r, p.Length))
		if p.Message == nil {
			body = p.Decode(body)
		}
		return struct {
			io.Reader
			io.Closer
		}{body, r}, nil
	}
}

// Resume makes the draft again of one that was kept (Unfinished).
func (m *Message) Resume(open func() (io.ReadCloser, error)) *Draft {
	d := m.EditAsNew(open)
	d.InReplyTo, d.References, d.Groups = m.InReplyTo, m.References, m.grouped()
	d.To, d.Cc, d.Bcc = append(d.To, m.unfinished("To")...), append(d.Cc, m.unfinished("Cc")...), append(d.Bcc, m.unfinished("Bcc")...)
	if ids := m.Get("X-Forwarded-Message-Id"); ids != "" {
		d.Forwards = messageID(ids)
	}
	return d
}

// EditAsNew makes a new draft that says what the message does.
func (m *Message) EditAsNew(open func() (io.ReadCloser, error)) *Draft {
	d := &Draft{
		ReplyTo: m.ReplyTo, To: m.To, Cc: m.Cc, Bcc: m.Bcc, Subject: m.Subject,
		Text: m.written(), Receipt: m.Get("Disposition-Notification-To") != "",
		Pictures: m.partFiles(open, m.Inline()), Files: m.partFiles(open, m.Attachments()),
	}
	d.Plain = d.Text != "" && m.HTML() == ""
	if len(m.From) > 0 {
		d.From = m.From[0]
	}
	return d
}

// Resent is a message passed on as it is, to others (RFC 5322 3.6.6): its
// author stays its author.
type Resent struct {
	From      Address
	To        []Address
	Cc        []Address
	Bcc       []Address // written too; Wire leaves it out of what is sent
	Date      time.Time
	MessageID string
}

func (rs *Resent) draft() *Draft { return &Draft{From: rs.From, To: rs.To, Cc: rs.Cc, Bcc: rs.Bcc} }

// Recipients are whom it goes to.
func (rs *Resent) Recipients() []string { return rs.draft().Recipients() }

// Write writes the message r with what tells of its being passed on before it.
func (rs *Resent) Write(w io.Writer, open func() (io.ReadCloser, error)) error {
	if err := rs.draft().Check(); err != nil {
		return err
	}
	var h headerWriter
	h.addresses("Resent-From", []Address{rs.From})
	h.addresses("Resent-To", rs.To)
	h.addresses("Resent-Cc", rs.Cc)
	h.addresses("Resent-Bcc", rs.Bcc)
	h.field("Resent-Date", rs.Date.Format(time.RFC1123Z))
	h.ids("Resent-Message-ID", rs.MessageID)
	if _, err := io.WriteString(w, h.b.String()); err != nil {
		return err
	}
	whole, err := Wire(open, WireOptions{EightBit: true, UTF8: true})
	if err != nil {
		return err
	}
	return whole.Write(w)
}
