package vm

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"strings"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/html"
	"postrider/mail/message"
)

// Body is what a message says, read and made safe. It does not change, and any
// goroutine may use it.
type Body struct {
	Message  mail.MessageID
	Header   message.Header
	Page     *html.Document // the HTML of the message; nil: it has none
	Parts    []TextPart     // its text, for a message without HTML
	Text     string         // all of its words, for copying and for an answer
	Files    []Attachment
	Warnings []string // message.Warn…
	Size     int64    // octets, as it was sent
	// Confirmed says that the account's server found the message to be from whom
	// it says it is from; it is only asked for a message with remote pictures.
	Confirmed bool

	inline map[string]inlined // pictures that came with it, by how the HTML calls them
	cost   int                // roughly, in memory
}

// TextPart is a piece of text of a message.
type TextPart struct {
	Text   string
	Flowed bool // format=flowed (RFC 3676)
	DelSp  bool
}

type inlined struct {
	kind string // media type
	data []byte
}

// Bounds of what is kept of a message in memory, in octets.
const (
	maxWhole  = 16 << 20 // read at one go; larger ones stream
	maxInline = 24 << 20 // pictures that came with it, together
)

// readBody reads a message from the store.
func readBody(ctx context.Context, c *client.Client, id mail.MessageID) (*Body, error) {
	r, err := c.Raw(ctx, id)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head, err := io.ReadAll(io.LimitReader(r, maxWhole))
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	if len(head) < maxWhole {
		return newBody(id, message.ParseBytes(head), func(p *message.Part) []byte { return decodeFrom(head, p) }), nil
	}
	m, err := message.Parse(io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	return newBody(id, m, func(p *message.Part) []byte {
		if p.Offset+p.Length > int64(len(head)) {
			return nil // the picture is shown as missing; it is among the attachments' source still
		}
		return decodeFrom(head, p)
	}), nil
}

func decodeFrom(raw []byte, p *message.Part) []byte {
	if p.Offset < 0 || p.Length < 0 || p.Offset+p.Length > int64(len(raw)) {
		return nil
	}
	data, _ := io.ReadAll(io.LimitReader(p.Decode(bytes.NewReader(raw[p.Offset:p.Offset+p.Length])), maxInline))
	return data
}

func newBody(id mail.MessageID, m *message.Message, decode func(*message.Part) []byte) *Body {
	b := &Body{Message: id, Header: m.Header, Text: m.Text(), Warnings: m.Warnings, Size: m.Size, inline: map[string]inlined{}}
	b.cost = 4096 + 2*len(b.Text)
	if source := m.HTML(); source != "" {
		b.Page = html.Parse(source)
		b.cost += 4 * len(source)
		b.keepInline(m.Inline(), decode)
	} else {
		for _, p := range m.TextParts() {
			b.Parts = append(b.Parts, TextPart{Text: p.Text, Flowed: p.Flowed, DelSp: p.DelSp})
		}
	}
	for _, p := range m.Attachments() {
		b.Files = append(b.Files, attachmentOf(id, p))
	}
	return b
}

func (b *Body) keepInline(parts []*message.Part, decode func(*message.Part) []byte) {
	left := maxInline
	for _, p := range parts {
		data := decode(p)
		if left -= len(data); left < 0 {
			return
		}
		b.cost += len(data)
		in := inlined{p.MediaType(), data}
		if p.ContentID != "" {
			b.inline["cid:"+strings.ToLower(p.ContentID)] = in
		}
		if p.Location != "" {
			b.inline[strings.ToLower(p.Location)] = in
		}
	}
}

// Picture returns a picture that came with the message, as its HTML calls it;
// nil where there is none of that name.
func (b *Body) Picture(ref string) []byte {
	ref = strings.TrimSpace(ref)
	if scheme, rest, ok := strings.Cut(ref, ":"); ok && strings.EqualFold(scheme, "cid") {
		if plain, err := url.PathUnescape(rest); err == nil {
			rest = plain
		}
		return b.inline["cid:"+strings.ToLower(strings.Trim(rest, "<>"))].data
	}
	return b.inline[strings.ToLower(ref)].data
}
