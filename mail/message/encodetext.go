package message

import (
	"bytes"
	"encoding/base64"
	"io"
)

// maxLine is what a line of mail may hold without its end (RFC 5322 2.1.1).
const maxLine = 998

// withCRLF makes every line end of s CRLF, and adds one at the end.
func withCRLF(s string) []byte {
	out := make([]byte, 0, len(s)+len(s)/32+2)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\r' && i+1 < len(s) && s[i+1] == '\n':
		case c == '\n' || c == '\r':
			out = append(out, '\r', '\n')
		default:
			out = append(out, c)
		}
	}
	if len(out) > 0 && !bytes.HasSuffix(out, []byte("\r\n")) {
		out = append(out, '\r', '\n')
	}
	return out
}

// textEncoding chooses how text with CRLF line ends goes over the wire: as it
// is where every server passes it on, else in the shorter of the two ways.
func textEncoding(text []byte) string {
	special, long, start := 0, false, 0
	for i, c := range text {
		switch {
		case c == '\n':
			start = i + 1
		case c >= 0x80 || c < ' ' && c != '\r' && c != '\t' || c == 0x7f:
			special++
		}
		long = long || i-start > maxLine-20
	}
	switch {
	case special == 0 && !long && !bytes.HasPrefix(text, []byte("From ")) && !bytes.Contains(text, []byte("\nFrom ")):
		return "7bit"
	case special > len(text)/6:
		return "base64"
	}
	return "quoted-printable"
}

// writeText writes text with CRLF line ends in an encoding.
func writeText(w io.Writer, text []byte, encoding string) error {
	switch encoding {
	case "base64":
		return writeBase64(w, bytes.NewReader(text))
	case "quoted-printable":
		_, err := w.Write(encodeQP(text))
		return err
	}
	_, err := w.Write(text)
	return err
}

const (
	base64Line = 57      // bytes that make a line of 76 characters
	qpLine     = 76      // characters of a line, with its "="
	chunk      = 57 << 9 // bytes encoded at a time
)

// writeBase64 encodes r in lines, in flat memory.
func writeBase64(w io.Writer, r io.Reader) error {
	in := make([]byte, chunk)
	out := make([]byte, 0, chunk/base64Line*78)
	for {
		n, err := io.ReadFull(r, in)
		out = out[:0]
		for rest := in[:n]; len(rest) > 0; {
			line := rest[:min(base64Line, len(rest))]
			rest = rest[len(line):]
			out = base64.StdEncoding.AppendEncode(out, line)
			out = append(out, '\r', '\n')
		}
		if _, werr := w.Write(out); werr != nil {
			return werr
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return nil
		default:
			return err
		}
	}
}

const upperHex = "0123456789ABCDEF"

// encodeQP writes text with CRLF line ends as quoted-printable (RFC 2045 6.7).
// A dot and "From " at the beginning of a line are encoded too: programs on the
// way are known to change them.
func encodeQP(text []byte) []byte {
	out := make([]byte, 0, len(text)+len(text)/8)
	at := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			out, at = append(out, '\r', '\n'), 0
			i++
			continue
		}
		lineEnds := i+1 == len(text) || text[i+1] == '\r'
		safe := c > ' ' && c < 0x7f && c != '=' || (c == ' ' || c == '\t') && !lineEnds
		if at == 0 && (c == '.' || c == 'F' && bytes.HasPrefix(text[i:], []byte("From "))) {
			safe = false
		}
		width := 3
		if safe {
			width = 1
		}
		if at+width >= qpLine { // the "=" of a soft break has to fit
			out, at = append(out, '=', '\r', '\n'), 0
			if c == '.' {
				safe, width = false, 3
			}
		}
		if safe {
			out = append(out, c)
		} else {
			out = append(out, '=', upperHex[c>>4], upperHex[c&15])
		}
		at += width
	}
	return out
}
