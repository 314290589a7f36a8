package theme

import (
	"bytes"
	"fmt"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"

	"postrider/assets/icons"
	"postrider/gui/line"
)

// An Icon is a line drawing on a grid of 24 by 24, one colour, by the name that
// Lucide gives it.
type Icon string

// StarOn is the star that is set: the star's path, filled too.
const StarOn = IconStar + filled

const filled = "+filled"

// IconGrid is the side of the square that icons are drawn on, and StrokeWidth
// the width of their lines on it.
const (
	IconGrid    = 24
	StrokeWidth = 1.75
)

// Filled is the icon with its shapes filled in its own colour.
func (i Icon) Filled() Icon { return i + filled }

// Resource is the icon for Fyne, in the colour that the token has now.
func (i Icon) Resource(t Token) fyne.Resource { return i.ResourceIn(t.Now()) }

// ResourceIn is the icon for Fyne, in one colour. The same icon and colour are
// the same resource, so Fyne rasterises it once a size.
func (i Icon) ResourceIn(c color.NRGBA) fyne.Resource {
	key := tinted{i, c}
	tintsMu.Lock()
	defer tintsMu.Unlock()
	if res, ok := tints[key]; ok {
		return res
	}
	name := fmt.Sprintf("%s-%02x%02x%02x%02x.svg", i, c.R, c.G, c.B, c.A)
	res := fyne.NewStaticResource(name, i.svg(c))
	tints[key] = res
	return res
}

type tinted struct {
	icon  Icon
	color color.NRGBA
}

var (
	tintsMu sync.Mutex
	tints   = map[tinted]fyne.Resource{}
)

// svg is the file with colour and stroke put in. Fyne's own recolouring would
// paint a line drawing solid, because its stroke stands on the root element.
func (i Icon) svg(c color.NRGBA) []byte {
	hex := fmt.Appendf(nil, "#%02x%02x%02x", c.R, c.G, c.B)
	svg := bytes.ReplaceAll(i.source(), []byte("currentColor"), hex)
	svg = bytes.Replace(svg, []byte(`stroke-width="2"`), fmt.Appendf(nil, `stroke-width="%v"`, StrokeWidth), 1)
	if i.IsFilled() {
		svg = bytes.Replace(svg, []byte(`fill="none"`), fmt.Appendf(nil, `fill="%s"`, hex), 1)
	}
	if c.A < 255 {
		svg = bytes.Replace(svg, []byte("<svg"), fmt.Appendf(nil, `<svg opacity="%.3f"`, float64(c.A)/255), 1)
	}
	return svg
}

// IsFilled says whether the icon's shapes are filled.
func (i Icon) IsFilled() bool { return len(i) > len(filled) && i[len(i)-len(filled):] == filled }

// Drawing is the icon's shape.
func (i Icon) Drawing() line.Drawing {
	d, err := line.SVG(i.source())
	if err != nil { // the files are embedded, and a test reads them all
		panic(err)
	}
	return d
}

// source is the file as it came. An icon that has none is a bug, which a test
// of all names excludes.
func (i Icon) source() []byte {
	name := string(i)
	if i.IsFilled() {
		name = name[:len(name)-len(filled)]
	}
	svg, err := icons.Lucide(name)
	if err != nil {
		panic(err)
	}
	return svg
}
