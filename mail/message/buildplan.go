package message

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"postrider/mail"
)

// wirePlan is what has to change in a message on its way to a server: found by
// one pass over its bytes, done by a second.
type wirePlan struct {
	opts     WireOptions
	start    int64  // where the message begins: what mail stores put in front goes
	edits    []edit // by offset, none overlapping
	EightBit bool
	UTF8     bool
	err      error
}

// edit replaces a range of a message: a header block, or the body of a leaf.
type edit struct {
	from, to int64
	part     *Part
	header   bool
	root     bool   // the message's own header
	encoding string // the part's new Content-Transfer-Encoding; "": as it is
	ascii    bool   // of a header: 8-bit values are encoded
}

func planWire(r io.Reader, opts WireOptions) (*wirePlan, error) {
	var s spots
	m, err := Parse(io.TeeReader(r, &s))
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	s.endLine()
	p := &wirePlan{opts: opts, start: m.Root.HeaderOffset}
	uncertain := slices.Contains(m.Warnings, WarnParts) || slices.Contains(m.Warnings, WarnDepth)
	p.part(m.Root, &s, uncertain)
	return p, p.err
}

// part plans for a part and what is below it. Within something signed nothing
// may change, nor where it is not known what is a part.
func (p *wirePlan) part(n *Part, s *spots, signed bool) {
	header := edit{from: n.HeaderOffset, to: n.Offset, part: n, header: true, root: n.parent == nil}
	trouble := s.in(header.from, header.to)
	if trouble.eightBit {
		p.eightBitHeader(n, &header, signed)
	}
	if len(n.Children) == 0 {
		header.encoding = p.leaf(n, s.in(n.Offset, n.Offset+n.Length), signed)
	}
	if header.root && !p.opts.KeepBcc || header.ascii || header.encoding != "" || trouble.long && !signed {
		p.edits = append(p.edits, header)
	}
	if header.encoding != "" {
		p.edits = append(p.edits, edit{from: n.Offset, to: n.Offset + n.Length, part: n, encoding: header.encoding})
	}
	for _, c := range n.Children {
		p.part(c, s, signed || n.is("multipart", "signed"))
	}
}

func (p *wirePlan) eightBitHeader(n *Part, header *edit, signed bool) {
	switch {
	case header.root && p.opts.UTF8:
		p.UTF8 = true
	case !header.root && (p.opts.EightBit || signed):
		p.EightBit = true
	default:
		header.ascii = true
	}
}

// leaf says how a leaf's body is to be encoded, "" for as it is.
func (p *wirePlan) leaf(n *Part, t trouble, signed bool) string {
	signed = signed || n.isMultipart() || n.isMessage() // RFC 2045 6.4 allows them no encoding
	fine := !t.long && !t.nul && (!t.eightBit || p.opts.EightBit)
	switch {
	case fine || signed && !t.long && !t.nul:
		p.EightBit = p.EightBit || t.eightBit
		return ""
	case signed:
		p.err = mail.Errorf(mail.KindInput, opWrite, "the message has a line that is too long for mail, in a part that is signed or cannot be read, and so cannot be changed")
		return ""
	case n.Type == "text" && n.Length < maxHTML:
		return "quoted-printable"
	}
	return "base64"
}

// trouble is what a range of a message holds that mail does not carry.
type trouble struct{ eightBit, long, nul bool }

// spots finds trouble in a stream, by line.
type spots struct {
	list []spot
	off  int64 // of the line
	n    int64 // octets of the line so far
	now  trouble
}

type spot struct {
	from, to int64
	trouble
}

// Write implements io.Writer.
func (s *spots) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte{'\n'})
		s.now.eightBit = s.now.eightBit || !isASCII(line)
		s.now.nul = s.now.nul || bytes.IndexByte(line, 0) >= 0
		s.n += int64(len(line))
		if ended {
			s.n++
			s.endLine()
		}
		rest = after
	}
	return len(b), nil
}

func (s *spots) endLine() {
	s.now.long = s.n > maxLine+2
	if s.now != (trouble{}) {
		last := len(s.list) - 1
		if last >= 0 && s.list[last].to == s.off && s.list[last].trouble == s.now {
			s.list[last].to += s.n
		} else {
			s.list = append(s.list, spot{s.off, s.off + s.n, s.now})
		}
	}
	s.off, s.n, s.now = s.off+s.n, 0, trouble{}
}

// in joins the trouble of a range.
func (s *spots) in(from, to int64) (t trouble) {
	for _, sp := range s.list {
		if sp.from < to && sp.to > from {
			t.eightBit, t.long, t.nul = t.eightBit || sp.eightBit, t.long || sp.long, t.nul || sp.nul
		}
	}
	return t
}

// write copies the message from r with the edits made.
func (p *wirePlan) write(w io.Writer, r io.Reader) error {
	out := &canonical{w: w}
	if err := p.writeAll(out, r); err != nil {
		return err
	}
	return out.close()
}

func (p *wirePlan) writeAll(out *canonical, r io.Reader) error {
	if _, err := io.CopyN(io.Discard, r, p.start); err != nil && err != io.EOF {
		return mail.Wrap(mail.KindDisk, "read the message", err)
	}
	at := p.start
	for _, e := range p.edits {
		if _, err := io.CopyN(out, r, e.from-at); err != nil {
			return err
		}
		body := io.LimitReader(r, e.to-e.from)
		if err := e.write(out, body); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return err
		}
		at = e.to
	}
	_, err := io.Copy(out, r)
	return err
}

func (e *edit) write(out *canonical, r io.Reader) error {
	if e.header {
		block, err := io.ReadAll(r)
		if err == nil {
			_, err = io.WriteString(out, e.rewrite(string(block)))
		}
		return err
	}
	decoded := e.part.Decode(r)
	if e.encoding == "base64" {
		return writeBase64(out, decoded)
	}
	text, err := io.ReadAll(decoded)
	if err == nil {
		_, err = out.Write(encodeQP(crlfAsIs(text)))
	}
	return err
}

// crlfAsIs makes every line end CRLF, and adds none.
func crlfAsIs(b []byte) []byte {
	out := withCRLF(string(b))
	if len(b) > 0 && b[len(b)-1] != '\n' && b[len(b)-1] != '\r' {
		out = out[:len(out)-2]
	}
	return out
}

// rewrite makes the changes to a header block.
func (e *edit) rewrite(block string) string {
	var h headerWriter
	rest := ""
	for _, f := range rawFields(block) {
		switch key := strings.ToLower(f.name); {
		case f.name == "":
			rest += f.raw
		case e.root && (key == "bcc" || key == "resent-bcc"):
		case e.encoding != "" && key == "content-transfer-encoding":
		case e.ascii && !isASCII([]byte(f.raw)) || tooLong(f.raw):
			h.again(f)
		default:
			h.b.WriteString(f.raw)
		}
	}
	if e.encoding != "" {
		h.field("Content-Transfer-Encoding", e.encoding)
	}
	return h.b.String() + rest
}

func tooLong(raw string) bool {
	for line := range strings.SplitSeq(raw, "\n") {
		if len(line) > maxLine {
			return true
		}
	}
	return false
}
