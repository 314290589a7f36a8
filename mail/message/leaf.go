package message

import "bytes"

// leaf reads the body of a part that holds no others: text is decoded and
// kept, of anything else only the first bytes are looked at.
func (w *walker) leaf(p *Part) {
	if !p.textual() {
		w.file(p)
		return
	}
	kind := transferOf(p.Encoding)
	if p.isMultipart() || p.isMessage() {
		kind = identity // RFC 2045 6.4: a container has no encoding of its own
	}
	w.text(p, kind)
}

// file passes over the body of p, and tells its type by its first bytes.
func (w *walker) file(p *Part) {
	t := transfer{kind: transferOf(p.Encoding)}
	head := make([]byte, 0, 2*sniffLen)
	payload, padding := int64(0), 0
	for ln, ok := w.next(); ok; ln, ok = w.next() {
		if n := len(ln.text); n > 0 {
			padding = n - len(bytes.TrimRight(ln.text[max(0, n-2):], "=")) - max(0, n-2)
		}
		if len(head) < sniffLen {
			head = t.write(head, ln.text[:min(len(ln.text), sniffLen)])
			head = t.endLine(head, ln.eol)
		}
		payload += int64(len(ln.text))
	}
	p.SniffedType = sniff(t.finish(head))
	p.Size = t.kind.decodedSize(payload, w.bodyEnd-p.Offset)
	if t.kind == base64Encoding { // RFC 2045 6.8: what fills the end up is no data
		p.Size = max(0, p.Size-int64(padding))
	}
	if p.Disguised() {
		w.msg.warn(WarnExecutable)
	}
}

// text reads the body of p and keeps it, decoded to UTF-8, up to the caps.
func (w *walker) text(p *Part, kind cte) {
	limit := maxText
	if p.isHTML() {
		limit = maxHTML
	}
	limit = min(limit, w.textLeft)
	s := sink{buf: w.body[:0], limit: kind.encodedSize(limit)}
	payload := int64(0)
	for ln, ok := w.next(); ok; ln, ok = w.next() {
		s.add(ln)
		payload += int64(len(ln.text))
	}
	w.body = s.buf
	body := kind.decode(s.buf)
	p.Size = int64(len(body))
	p.Text, p.Truncated = decodeText(body, p.Charset, p.isHTML(), limit)
	if s.over || p.Truncated {
		p.Truncated = true
		p.Size = kind.decodedSize(payload, w.bodyEnd-p.Offset)
		w.msg.warn(WarnText)
	}
	w.textLeft -= len(p.Text)
}

// preamble reads what stands before the first part of the multipart p. If no
// part ever comes, it is all there is, and becomes a part itself.
func (w *walker) preamble(p *Part, prefix string) {
	level := len(w.bounds) - 1
	left := w.textLeft
	text := &Part{Type: "text", Subtype: "plain", HeaderOffset: w.off, Offset: w.off, parent: p}
	w.text(text, identity)
	if w.hit == level && !w.closing || text.Text == "" {
		w.textLeft = left
		return
	}
	text.Path = join(prefix, "1")
	text.Length = max(w.bodyEnd-text.Offset, 0)
	w.parts++
	p.Children = append(p.Children, text)
}

// sink collects the lines of a body into buf, up to limit bytes.
type sink struct {
	buf   []byte
	limit int
	over  bool
	eol   [2]byte // of the last line, which may turn out to belong to a boundary
	width int
}

func (s *sink) add(ln line) {
	if s.over {
		return
	}
	s.buf = append(s.buf, s.eol[:s.width]...)
	text := ln.text
	if room := max(s.limit-len(s.buf), 0); len(text) > room {
		text, s.over = text[:room], true
	}
	s.buf = append(s.buf, text...)
	s.width = copy(s.eol[:], ln.eol)
}
