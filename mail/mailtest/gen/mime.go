package gen

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"mime/quotedprintable"
)

// part is a MIME part: its header lines, without the blank one, and its body.
type part struct {
	head string
	body []byte
}

func (l *locale) textPart(subtype, text string) part {
	contentType := "Content-Type: text/" + subtype + "; charset=" + l.charset
	if l.charset == "utf-8" && l.cte == "8bit" {
		contentType = "Content-Type: text/" + subtype + `; charset="UTF-8"; format=flowed`
	}
	return part{contentType + "\nContent-Transfer-Encoding: " + l.cte, transferEncode(l.cte, l.encode(text))}
}

func transferEncode(cte string, b []byte) []byte {
	switch cte {
	case "quoted-printable":
		return quotedPrintable(b)
	case "base64":
		return base64Lines(b)
	}
	return b
}

func quotedPrintable(b []byte) []byte {
	var o bytes.Buffer
	w := quotedprintable.NewWriter(&o)
	w.Write(b)
	w.Close()
	return bytes.ReplaceAll(o.Bytes(), []byte("\r\n"), []byte("\n"))
}

// base64Lines makes lines of 76 characters, which are 57 bytes.
func base64Lines(b []byte) []byte {
	o := make([]byte, 0, len(b)*4/3+len(b)/57+80)
	for len(b) > 0 {
		n := min(57, len(b))
		o = base64.StdEncoding.AppendEncode(o, b[:n])
		o = append(o, '\n')
		b = b[n:]
	}
	return o
}

func multipart(r *rand.Rand, subtype string, parts ...part) part {
	boundary := fmt.Sprintf("=_%016x%04x", r.Uint64(), r.IntN(1<<16))
	var o bytes.Buffer
	if r.IntN(2) == 0 {
		o.WriteString("This is a multi-part message in MIME format.\n")
	}
	for _, p := range parts {
		o.WriteString("--" + boundary + "\n" + p.head + "\n\n")
		o.Write(p.body)
		o.WriteByte('\n')
	}
	o.WriteString("--" + boundary + "--\n")
	return part{"Content-Type: multipart/" + subtype + ";\n boundary=\"" + boundary + "\"", o.Bytes()}
}
