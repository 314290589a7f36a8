package host

import (
	"bufio"
	"bytes"
	"io"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	_ "github.com/emersion/go-message/charset" // envelopes hold other charsets than UTF-8, too
	"github.com/emersion/go-message/textproto"

	"postrider/mail"
)

// Fetch implements imapserver.Session. It writes while nobody is locked out: a
// slow client must not hold up the others.
func (s *session) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	read := reads(options)
	s.user.mu.Lock()
	picked := s.view.pick(set)
	flags := make([]mail.Flags, len(picked))
	for i, m := range picked {
		if read && !s.view.readOnly {
			s.view.box.setFlags(m.message, m.Flags.Union(mail.Bits(mail.Seen)), s.view)
		}
		flags[i] = m.Flags
	}
	s.user.mu.Unlock()
	for i, m := range picked {
		r := w.CreateMessage(m.number)
		r.WriteUID(imap.UID(m.uid))
		if options.Flags || read {
			r.WriteFlags(wireFlags(flags[i]))
		}
		if err := writeMessage(r, m.message, options); err != nil {
			return err
		}
	}
	return nil
}

// reads reports whether a FETCH sets \Seen (RFC 9051 6.4.5).
func reads(options *imap.FetchOptions) bool {
	return slices.ContainsFunc(options.BodySection, func(s *imap.FetchItemBodySection) bool { return !s.Peek }) ||
		slices.ContainsFunc(options.BinarySection, func(s *imap.FetchItemBinarySection) bool { return !s.Peek })
}

// writeMessage writes what does not change of a message, and closes r.
func writeMessage(r *imapserver.FetchResponseWriter, m *message, options *imap.FetchOptions) error {
	var raw []byte
	if needsContent(options) {
		raw = m.Content()
	}
	if options.InternalDate {
		r.WriteInternalDate(m.Date)
	}
	if options.RFC822Size {
		r.WriteRFC822Size(int64(len(raw)))
	}
	if options.Envelope {
		r.WriteEnvelope(envelope(raw))
	}
	if options.BodyStructure != nil {
		r.WriteBodyStructure(whole(imapserver.ExtractBodyStructure(bytes.NewReader(raw))))
	}
	err := writeSections(r, raw, options)
	if closeErr := r.Close(); err == nil {
		err = closeErr
	}
	return err
}

func needsContent(o *imap.FetchOptions) bool {
	return o.RFC822Size || o.Envelope || o.BodyStructure != nil ||
		len(o.BodySection)+len(o.BinarySection)+len(o.BinarySectionSize) > 0
}

func writeSections(r *imapserver.FetchResponseWriter, raw []byte, options *imap.FetchOptions) error {
	for _, s := range options.BodySection {
		b := section(raw, s)
		if err := writeLiteral(r.WriteBodySection(s, int64(len(b))), b); err != nil {
			return err
		}
	}
	for _, s := range options.BinarySection {
		b := imapserver.ExtractBinarySection(bytes.NewReader(raw), s)
		if err := writeLiteral(r.WriteBinarySection(s, int64(len(b))), b); err != nil {
			return err
		}
	}
	for _, s := range options.BinarySectionSize {
		r.WriteBinarySectionSize(s, imapserver.ExtractBinarySectionSize(bytes.NewReader(raw), s))
	}
	return nil
}

func writeLiteral(w io.WriteCloser, b []byte) error {
	_, err := w.Write(b)
	if closeErr := w.Close(); err == nil {
		err = closeErr
	}
	return err
}

// section cuts a section out. The whole message is given as it is, even one
// that does not parse: a client APPENDed it, and wants its bytes back.
func section(raw []byte, s *imap.FetchItemBodySection) []byte {
	if len(s.Part) > 0 || s.Specifier != imap.PartSpecifierNone {
		return imapserver.ExtractBodySection(bytes.NewReader(raw), s)
	}
	if s.Partial == nil {
		return raw
	}
	size := int64(len(raw))
	from := min(max(s.Partial.Offset, 0), size)
	return raw[from : from+min(max(s.Partial.Size, 0), size-from)]
}

func envelope(raw []byte) *imap.Envelope {
	h, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		return nil
	}
	return imapserver.ExtractEnvelope(h)
}

// whole gives each multipart without a part an empty one: the library refuses
// to write it otherwise, and no syntax exists for it (RFC 9051 7.5.2).
func whole(b imap.BodyStructure) imap.BodyStructure {
	multi, ok := b.(*imap.BodyStructureMultiPart)
	if !ok {
		return b
	}
	if len(multi.Children) == 0 {
		multi.Children = []imap.BodyStructure{&imap.BodyStructureSinglePart{
			Type: "text", Subtype: "plain", Text: &imap.BodyStructureText{}, Extended: &imap.BodyStructureSinglePartExt{},
		}}
	}
	for i, child := range multi.Children {
		multi.Children[i] = whole(child)
	}
	return multi
}
