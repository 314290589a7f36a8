package sample

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// A4 in points, and where the text starts.
const (
	pageWidth, pageHeight = 595, 842
	pageMargin            = 64
)

// pdf makes one page of "title; line; line | scene": the words, and below them
// a picture, if a scene is named.
func (l *Letter) pdf(args []string) ([]byte, error) {
	var picture []byte
	if scene := column(args, 1); scene != "" {
		var err error
		if picture, err = l.set.scenes.jpeg(l.set, scene, pdfPictureWidth, pdfPictureHeight); err != nil {
			return nil, err
		}
	}
	var f pdfFile
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	resources := "/Font << /F1 5 0 R /F2 6 0 R >>"
	if picture != nil {
		resources += " /XObject << /P 7 0 R >>"
	}
	f.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources << %s >> >>", pageWidth, pageHeight, resources))
	f.stream("", pageContent(strings.Split(column(args, 0), ";"), picture != nil))
	f.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	f.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
	if picture != nil {
		f.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode ", pdfPictureWidth, pdfPictureHeight), picture)
	}
	return f.close(), nil
}

const pdfPictureWidth, pdfPictureHeight = 1000, 640

// pageContent draws the first line as a title, the rest below it.
func pageContent(lines []string, picture bool) []byte {
	var b bytes.Buffer
	y := pageHeight - pageMargin - 24
	fmt.Fprintf(&b, "BT /F2 20 Tf %d %d Td (%s) Tj ET\n", pageMargin, y, pdfText(lines[0]))
	y -= 36
	for _, line := range lines[1:] {
		fmt.Fprintf(&b, "BT /F1 11 Tf %d %d Td (%s) Tj ET\n", pageMargin, y, pdfText(line))
		y -= 18
	}
	if picture {
		width := pageWidth - 2*pageMargin
		height := width * pdfPictureHeight / pdfPictureWidth
		fmt.Fprintf(&b, "q %d 0 0 %d %d %d cm /P Do Q\n", width, height, pageMargin, y-height)
	}
	return b.Bytes()
}

// pdfText escapes a string, in the encoding of the fonts.
func pdfText(s string) string {
	s, err := encoding.ReplaceUnsupported(charmap.Windows1252.NewEncoder()).String(strings.TrimSpace(s))
	if err != nil {
		return ""
	}
	return strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(s)
}

// pdfFile collects numbered objects and where they are (ISO 32000-1 7.5).
type pdfFile struct {
	bytes.Buffer
	offsets []int
}

func (f *pdfFile) begin() {
	if f.Len() == 0 {
		f.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	}
	f.offsets = append(f.offsets, f.Len())
	fmt.Fprintf(f, "%d 0 obj\n", len(f.offsets))
}

func (f *pdfFile) object(text string) {
	f.begin()
	f.WriteString(text + "\nendobj\n")
}

func (f *pdfFile) stream(dict string, content []byte) {
	f.begin()
	fmt.Fprintf(f, "<< %s/Length %d >>\nstream\n", dict, len(content))
	f.Write(content)
	f.WriteString("\nendstream\nendobj\n")
}

func (f *pdfFile) close() []byte {
	start := f.Len()
	fmt.Fprintf(f, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, offset := range f.offsets {
		fmt.Fprintf(f, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(f, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, start)
	return f.Bytes()
}
