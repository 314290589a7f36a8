package print

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"

	"postrider/mail/html/display"
	"postrider/mail/html/paint"
	"postrider/mail/typeset/ink"
)

// resolution is how many dots there are to a CSS px: 200 to the inch.
const resolution = 200.0 / 96

// Write writes pages, one below the other on sheets of paper, as a PDF file
// (ISO 32000-1). look is how they are drawn; it is never dark. title is what
// viewers call the file.
func Write(w io.Writer, p Paper, title string, look paint.Look, pages ...*display.Page) error {
	look.Dark, look.Paper = false, color.NRGBA{255, 255, 255, 255}
	look.Hits, look.Current = nil, -1
	f := &file{w: bufio.NewWriter(w)}
	f.print("%%PDF-1.4\n%%\xE2\xE3\xCF\xD3\n")
	list := sheets(p, pages)
	kids := ""
	pen := ink.New()
	for i, sheet := range list {
		f.sheet(p, i, draw1(p, sheet, pen, &look))
		kids += fmt.Sprintf("%d 0 R ", pageObject(i))
	}
	f.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	f.object(2, fmt.Sprintf("<< /Type /Pages /Kids [ %s] /Count %d >>", kids, len(list)))
	f.object(3, "<< /Title "+text(title)+" /Producer (Postrider) >>")
	f.end(3 + 3*len(list))
	if f.err != nil {
		return f.err
	}
	return f.w.Flush()
}

// draw1 draws one sheet.
func draw1(p Paper, sheet []part, pen *ink.Ink, look *paint.Look) *image.RGBA {
	dots := func(v float32) int { return int(float64(v)*resolution + 0.5) }
	img := image.NewRGBA(image.Rect(0, 0, dots(p.Inner()), dots(p.Height-2*p.Margin)))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	y := float32(0)
	for _, part := range sheet {
		scale := float64(shrink(p, part.page)) * resolution
		height := int(float64(part.height)*scale + 0.5)
		piece := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx(), max(1, height)))
		draw.Draw(piece, piece.Rect, image.White, image.Point{}, draw.Src)
		area := display.Rect{Y: part.top, W: part.page.ContentWidth, H: part.height}
		paint.Paint(pen.Canvas(piece, scale, 0, float64(part.top)), part.page, area, look)
		at := dots(y)
		draw.Draw(img, image.Rect(0, at, img.Rect.Dx(), at+height), piece, image.Point{}, draw.Src)
		y += part.height * shrink(p, part.page)
	}
	return img
}

// file is a PDF in the making. Objects 1 to 3 are its frame; each sheet has
// three: the page, what it does, and its picture.
type file struct {
	w    *bufio.Writer
	at   int
	refs map[int]int // where each object begins
	err  error
}

func pageObject(i int) int { return 4 + 3*i }

func (f *file) print(format string, args ...any) { f.write(fmt.Appendf(nil, format, args...)) }

func (f *file) write(b []byte) {
	if f.err == nil {
		_, f.err = f.w.Write(b)
	}
	f.at += len(b)
}

func (f *file) object(n int, body string) {
	if f.refs == nil {
		f.refs = map[int]int{}
	}
	f.refs[n] = f.at
	f.print("%d 0 obj\n%s\nendobj\n", n, body)
}

func (f *file) stream(n int, head string, data []byte) {
	f.object(n, fmt.Sprintf("<< %s/Length %d >>\nstream\n%s\nendstream", head, len(data), data))
}

// sheet writes a page that shows one picture. Lengths of PDF are points, 72 to
// the inch.
func (f *file) sheet(p Paper, i int, img *image.RGBA) {
	n := pageObject(i)
	pt := func(v float32) float64 { return float64(v) * 72 / 96 }
	f.object(n, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /XObject << /S %d 0 R >> >> >>",
		pt(p.Width), pt(p.Height), n+1, n+2))
	f.stream(n+1, "", fmt.Appendf(nil, "q %.2f 0 0 %.2f %.2f %.2f cm /S Do Q", pt(p.Inner()), pt(p.Height-2*p.Margin), pt(p.Margin), pt(p.Margin)))
	var data bytes.Buffer
	z, _ := zlib.NewWriterLevel(&data, zlib.BestSpeed)
	row := make([]byte, 3*img.Rect.Dx())
	for y := range img.Rect.Dy() {
		line := img.Pix[y*img.Stride:]
		for x := range img.Rect.Dx() {
			row[3*x], row[3*x+1], row[3*x+2] = line[4*x], line[4*x+1], line[4*x+2]
		}
		z.Write(row)
	}
	z.Close()
	f.stream(n+2, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode ",
		img.Rect.Dx(), img.Rect.Dy()), data.Bytes())
}

// end writes the table of objects, and where it is.
func (f *file) end(last int) {
	at := f.at
	f.print("xref\n0 %d\n0000000000 65535 f \n", last+1)
	for n := 1; n <= last; n++ {
		f.print("%010d 00000 n \n", f.refs[n])
	}
	f.print("trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n", last+1, at)
}

// text writes a string of any script (7.9.2.2): UTF-16 with its mark, in hex.
func text(s string) string {
	out := "<FEFF"
	for _, r := range s {
		if r > 0xFFFF {
			r -= 0x10000
			out += fmt.Sprintf("%04X%04X", 0xD800+r>>10, 0xDC00+r&0x3FF)
			continue
		}
		out += fmt.Sprintf("%04X", r)
	}
	return out + ">"
}
