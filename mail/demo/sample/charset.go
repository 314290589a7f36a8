package sample

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/ianaindex"
)

const utf8Name = "utf-8"

// encodeText puts text into a charset; where that cannot hold it, or is not
// known, UTF-8 is used, as mail programs do. It returns the one that was used.
func encodeText(text, charset string) (raw []byte, used string) {
	if charset == "" || strings.EqualFold(charset, utf8Name) {
		return []byte(text), utf8Name
	}
	if strings.EqualFold(charset, "us-ascii") && strings.IndexFunc(text, notASCII) < 0 {
		return []byte(text), charset
	}
	enc, err := ianaindex.MIME.Encoding(charset)
	if err != nil || enc == nil {
		return []byte(text), utf8Name
	}
	raw, err = enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return []byte(text), utf8Name
	}
	return raw, charset
}

func notASCII(r rune) bool { return r >= utf8.RuneSelf }

// The transfer encodings (RFC 2045 6).
const (
	cte7bit   = "7bit"
	cte8bit   = "8bit"
	cteQP     = "quoted-printable"
	cteBase64 = "base64"
)

// transferNames are the short names that manuscripts use.
var transferNames = map[string]string{"7bit": cte7bit, "8bit": cte8bit, "qp": cteQP, "base64": cteBase64}

// transferFor chooses an encoding for text the way mail programs do: none for
// ASCII, quoted-printable for mostly ASCII, else base64.
func transferFor(raw []byte, charset string) string {
	high := 0
	for _, b := range raw {
		if b >= 0x80 {
			high++
		}
	}
	switch {
	case longestLine(raw) > 900:
		if high > len(raw)/4 {
			return cteBase64
		}
		return cteQP
	case high == 0: // so is ISO-2022-JP
		return cte7bit
	case high > len(raw)/4:
		return cteBase64
	}
	return cteQP
}

func longestLine(raw []byte) int {
	longest := 0
	for line := range bytes.Lines(raw) {
		longest = max(longest, len(line))
	}
	return longest
}

// transfer encodes raw, and ends it with a line end.
func transfer(raw []byte, encoding string) []byte {
	var out bytes.Buffer
	switch encoding {
	case cteQP:
		w := quotedprintable.NewWriter(&out)
		w.Write(raw) // into memory: cannot fail
		w.Close()
	case cteBase64:
		text := base64.StdEncoding.EncodeToString(raw)
		for len(text) > 76 {
			out.WriteString(text[:76] + "\r\n")
			text = text[76:]
		}
		out.WriteString(text)
	default:
		out.Write(raw)
	}
	if !bytes.HasSuffix(out.Bytes(), []byte("\r\n")) {
		out.WriteString("\r\n")
	}
	return out.Bytes()
}

// crlf gives text the line ends of the wire.
func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}
