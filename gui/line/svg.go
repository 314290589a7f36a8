package line

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// SVG reads the shapes of an SVG file, all on one grid. What it has of colour
// and stroke is not looked at.
func SVG(file []byte) (Drawing, error) {
	dec := xml.NewDecoder(bytes.NewReader(file))
	var d Drawing
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return d, nil
		}
		if err != nil {
			return Drawing{}, fmt.Errorf("SVG: %w", err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		shape, err := shapeOf(element)
		if err != nil {
			return Drawing{}, fmt.Errorf("SVG <%s>: %w", element.Name.Local, err)
		}
		d.outlines = append(d.outlines, shape.outlines...)
	}
}

func shapeOf(element xml.StartElement) (Drawing, error) {
	a := attributes{}
	for _, attr := range element.Attr {
		a[attr.Name.Local] = attr.Value
	}
	switch element.Name.Local {
	case "path":
		return Path(a["d"])
	case "line":
		return a.polygon(fmt.Sprint(a["x1"], " ", a["y1"], " ", a["x2"], " ", a["y2"]), "")
	case "polyline":
		return a.polygon(a["points"], "")
	case "polygon":
		return a.polygon(a["points"], "Z")
	case "rect":
		return a.rect()
	case "circle":
		return a.ellipse("r", "r")
	case "ellipse":
		return a.ellipse("rx", "ry")
	default:
		return Drawing{}, nil
	}
}

type attributes map[string]string

// length is a number that is 0 when it is not given.
func (a attributes) length(name string) (float64, error) {
	text, ok := a[name]
	if !ok {
		return 0, nil
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || n > 1e6 || n < -1e6 {
		return 0, fmt.Errorf("%s is %q", name, text)
	}
	return n, nil
}

func (a attributes) lengths(names ...string) ([]float64, error) {
	got := make([]float64, len(names))
	for i, name := range names {
		n, err := a.length(name)
		if err != nil {
			return nil, err
		}
		got[i] = n
	}
	return got, nil
}

func (a attributes) polygon(points, end string) (Drawing, error) { return Path("M" + points + end) }

func (a attributes) ellipse(rx, ry string) (Drawing, error) {
	n, err := a.lengths("cx", "cy", rx, ry)
	if err != nil {
		return Drawing{}, err
	}
	x, y, a1, b1 := n[0], n[1], n[2], n[3]
	var p pen
	p.moveTo(point{x + a1, y})
	p.arcTo(a1, b1, 0, false, true, point{x - a1, y})
	p.arcTo(a1, b1, 0, false, true, point{x + a1, y})
	p.finish(true)
	return Drawing{p.end()}, nil
}

func (a attributes) rect() (Drawing, error) {
	n, err := a.lengths("x", "y", "width", "height", "rx", "ry")
	if err != nil {
		return Drawing{}, err
	}
	x, y, w, h, rx, ry := n[0], n[1], n[2], n[3], n[4], n[5]
	if rx == 0 {
		rx = ry
	}
	if ry == 0 {
		ry = rx
	}
	rx, ry = min(rx, w/2), min(ry, h/2)
	var p pen
	p.moveTo(point{x + rx, y})
	p.lineTo(point{x + w - rx, y})
	p.arcTo(rx, ry, 0, false, true, point{x + w, y + ry})
	p.lineTo(point{x + w, y + h - ry})
	p.arcTo(rx, ry, 0, false, true, point{x + w - rx, y + h})
	p.lineTo(point{x + rx, y + h})
	p.arcTo(rx, ry, 0, false, true, point{x, y + h - ry})
	p.lineTo(point{x, y + ry})
	p.arcTo(rx, ry, 0, false, true, point{x + rx, y})
	p.finish(true)
	return Drawing{p.end()}, nil
}
