package picture

import (
	"bytes"
	"encoding/xml"
	"image"
	"strconv"
	"strings"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// drawing is an SVG picture that stands still.
type drawing struct {
	source []byte
	w, h   float64 // as the drawing says; 0: it does not
	vw, vh float64 // its view box
}

// maxDrawing bounds the source of a drawing, in bytes, and a side, in px.
const (
	maxDrawing = 512 << 10
	maxSide    = 4096
)

// readDrawing reads the head of an SVG file; nil if it is none.
func readDrawing(b []byte) *drawing {
	head := bytes.TrimLeft(b[:min(len(b), 4096)], "\xef\xbb\xbf \t\r\n")
	if len(head) == 0 || head[0] != '<' || len(b) > maxDrawing {
		return nil
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	for range 32 {
		t, err := d.RawToken()
		if err != nil {
			return nil
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if s.Name.Local != "svg" {
			return nil
		}
		return drawingOf(b, s.Attr)
	}
	return nil
}

func drawingOf(b []byte, attrs []xml.Attr) *drawing {
	d := &drawing{source: b}
	for _, a := range attrs {
		switch a.Name.Local {
		case "width":
			d.w = number(a.Value)
		case "height":
			d.h = number(a.Value)
		case "viewBox":
			v := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
			if len(v) == 4 {
				d.vw, d.vh = number(v[2]), number(v[3])
			}
		}
	}
	return d
}

// number is a length in px; a percentage says nothing here.
func number(s string) float64 {
	s = strings.TrimSuffix(strings.TrimSpace(s), "px")
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v > 0) || v > 1e5 {
		return 0
	}
	return v
}

// size is the drawing's own size in px (CSS Images 3, 5.3).
func (d *drawing) size() (w, h int) {
	fw, fh := d.w, d.h
	if d.vw > 0 && d.vh > 0 {
		switch {
		case fw == 0 && fh == 0:
			fw = 300
			fh = fw * d.vh / d.vw
		case fw == 0:
			fw = fh * d.vw / d.vh
		case fh == 0:
			fh = fw * d.vh / d.vw
		}
	}
	if fw == 0 {
		fw = 300
	}
	if fh == 0 {
		fh = 150
	}
	return max(1, int(fw+0.5)), max(1, int(fh+0.5))
}

// draw makes a picture of the drawing, twice as fine as px so that it is crisp
// on dense screens.
func (d *drawing) draw(w, h int) image.Image {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(d.source), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil
	}
	w, h = min(2*w, maxSide), min(2*h, maxSide)
	icon.SetTarget(0, 0, float64(w), float64(h))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	icon.Draw(rasterx.NewDasher(w, h, rasterx.NewScannerGV(w, h, img, img.Bounds())), 1)
	return img
}
