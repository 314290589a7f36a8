package gen

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// attachmentSize draws a size in bytes, before base64.
func attachmentSize(r *rand.Rand) int {
	size := int(55000 * math.Exp(r.NormFloat64()*1.4))
	size = max(300, min(size, 2500000))
	if r.IntN(150) == 0 {
		size = 3500000 + r.IntN(400000) // about 5 MB in base64
	}
	return size
}

// attachment makes one of about size bytes.
func (p *Plan) attachment(r *rand.Rand, l *locale, size int) part {
	words := p.words.words
	base := words[r.IntN(3000)] + "-" + words[r.IntN(3000)]
	var data []byte
	var mediaType, ext string
	switch r.IntN(10) {
	case 0, 1, 2, 3:
		mediaType, ext, data = "application/pdf", ".pdf", pdf(r, size)
	case 4, 5, 6:
		mediaType, ext, data = "image/png", ".png", png(r, size)
	case 7, 8:
		mediaType, ext, data = "application/zip", ".zip", archive(r, base, size)
	default:
		mediaType, ext, data = "text/csv; charset=utf-8", ".csv", p.table(r, min(size, 200000))
	}
	name := base + ext
	return part{"Content-Type: " + mediaType + ";\n name=\"" + name + "\"" +
		"\nContent-Disposition: " + p.disposition(r, l, name) +
		"\nContent-Transfer-Encoding: base64", base64Lines(data)}
}

// disposition names the file, in a foreign language half the time by RFC 2231
// and half the time as an encoded word, as many programs really do.
func (p *Plan) disposition(r *rand.Rand, l *locale, name string) string {
	if l.words == nil {
		return `attachment; filename="` + name + `"`
	}
	foreign := p.word(r, l) + "_" + name
	if r.IntN(2) == 0 {
		return "attachment;\n filename*=utf-8''" + percent(foreign)
	}
	return "attachment;\n filename=\"" + l.header(p.word(r, l)) + "\""
}

func percent(s string) string {
	var o strings.Builder
	for _, c := range []byte(s) {
		if c >= 0x80 {
			fmt.Fprintf(&o, "%%%02X", c)
		} else {
			o.WriteByte(c)
		}
	}
	return o.String()
}

// noise does not compress, like the contents of real attachments.
func noise(r *rand.Rand, n int) []byte {
	b := make([]byte, n+8)
	for i := 0; i < n; i += 8 {
		binary.LittleEndian.PutUint64(b[i:], r.Uint64())
	}
	return b[:n]
}

func pdf(r *rand.Rand, n int) []byte {
	var o bytes.Buffer
	o.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n")
	fmt.Fprintf(&o, "4 0 obj<</Length %d>>stream\n", n)
	o.Write(noise(r, n))
	o.WriteString("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
	return o.Bytes()
}

func archive(r *rand.Rand, name string, n int) []byte {
	var o bytes.Buffer
	z := zip.NewWriter(&o)
	w, err := z.CreateHeader(&zip.FileHeader{Name: name + ".dat", Method: zip.Store})
	if err != nil {
		panic(err) // cannot be: it writes to memory
	}
	w.Write(noise(r, n))
	z.Close()
	return o.Bytes()
}

func (p *Plan) table(r *rand.Rand, size int) []byte {
	words := p.words.words
	var o bytes.Buffer
	for o.Len() < size {
		fmt.Fprintf(&o, "%d,%s,%s,%d.%02d\n", r.IntN(1e6), words[r.IntN(5000)], words[r.IntN(5000)], r.IntN(10000), r.IntN(100))
	}
	return o.Bytes()
}
