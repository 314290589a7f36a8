package message

import (
	"io"
	"strings"
)

// cte is a content transfer encoding (RFC 2045 6).
type cte uint8

const (
	identity cte = iota // 7bit, 8bit, binary and whatever nobody knows
	base64Encoding
	quotedPrintable
	uuencode
)

// transferOf reads a Content-Transfer-Encoding as it is written in the field:
// "Quoted Printable", "base64;", "7-bit".
func transferOf(name string) cte {
	switch squash(name) {
	case "base64", "b64", "b":
		return base64Encoding
	case "quotedprintable", "qp", "q":
		return quotedPrintable
	case "xuuencode", "uuencode", "xuue", "uue", "xuu":
		return uuencode
	}
	return identity
}

// squash keeps the letters and digits of s, in lower case, so that spellings
// compare.
func squash(s string) string {
	ok := true
	for i := range len(s) {
		ok = ok && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'z')
	}
	if ok {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z':
			return r
		}
		return -1
	}, s)
}

// decodedSize estimates the size of a body when decoded; payload is its bytes
// without the line ends.
func (c cte) decodedSize(payload, raw int64) int64 {
	switch c {
	case base64Encoding:
		return payload * 3 / 4
	case uuencode:
		return payload * 3 * 60 / (4 * 61)
	}
	return max(raw, 0)
}

// encodedSize is about the most that n decoded bytes take.
func (c cte) encodedSize(n int) int {
	switch c {
	case base64Encoding, uuencode:
		return n/2*3 + bufferSize
	case quotedPrintable:
		return 3 * n
	}
	return n
}

// transfer decodes a body piece by piece. It takes anything: what is not of
// the encoding is left out of base64 and left as it is in quoted-printable.
type transfer struct {
	kind cte
	b64  base64Decoder
	qp   qpDecoder
	uu   uuDecoder
}

// write decodes a line or a piece of one, without its end, onto dst. It never
// appends more bytes than it was given since the last line end.
func (t *transfer) write(dst, text []byte) []byte {
	switch t.kind {
	case base64Encoding:
		return t.b64.write(dst, text)
	case quotedPrintable:
		return t.qp.write(dst, text)
	case uuencode:
		return t.uu.write(dst, text)
	}
	return append(dst, text...)
}

// endLine ends the line that was written; no eol, no end.
func (t *transfer) endLine(dst, eol []byte) []byte {
	if len(eol) == 0 {
		return dst
	}
	switch t.kind {
	case base64Encoding:
		return dst
	case quotedPrintable:
		return t.qp.endLine(dst, eol)
	case uuencode:
		return t.uu.endLine(dst)
	}
	return append(dst, eol...)
}

// finish decodes what is left at the end of the body.
func (t *transfer) finish(dst []byte) []byte {
	switch t.kind {
	case base64Encoding:
		return t.b64.finish(dst)
	case quotedPrintable:
		return t.qp.finish(dst)
	case uuencode:
		return t.uu.endLine(dst)
	}
	return dst
}

// Decode returns the decoded bytes of the part; raw must be its raw body, the
// range [Offset, Offset+Length) of the message. It streams, and reports only
// errors of raw.
func (p *Part) Decode(raw io.Reader) io.Reader {
	kind := transferOf(p.Encoding)
	if kind == identity || p.isMultipart() {
		return raw
	}
	return &decodeReader{lines: newLines(raw, make([]byte, bufferSize)), transfer: transfer{kind: kind}}
}

type decodeReader struct {
	*lines
	transfer
	buf  []byte // decoded
	out  []byte // the rest of buf that was not read yet
	done bool
}

func (d *decodeReader) Read(b []byte) (int, error) {
	for len(d.out) == 0 && !d.done {
		d.decodeLine()
	}
	if len(d.out) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		return 0, io.EOF
	}
	n := copy(b, d.out)
	d.out = d.out[n:]
	return n, nil
}

func (d *decodeReader) decodeLine() {
	ln, ok := d.next()
	d.buf = d.buf[:0]
	if ok {
		d.buf = d.endLine(d.write(d.buf, ln.text), ln.eol)
	} else {
		d.buf = d.finish(d.buf)
		d.done = true
	}
	d.out = d.buf
}

// ReadText decodes raw, the raw body of the part, to UTF-8 text as Text would
// hold it, but up to limit bytes: for a part that was truncated, or fetched
// alone. It reports whether more was there, and errors of raw.
func (p *Part) ReadText(raw io.Reader, limit int) (text string, truncated bool, err error) {
	kind := transferOf(p.Encoding)
	most := kind.encodedSize(limit)
	b, err := io.ReadAll(io.LimitReader(raw, int64(most)+1))
	if len(b) > most {
		b, truncated = b[:most], true
	}
	text, cut := decodeText(kind.decode(b), p.Charset, p.isHTML(), limit)
	return text, truncated || cut, err
}
