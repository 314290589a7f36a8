package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

var surfaceProperties = map[string]property{
	"background":              short((*values).background, pBackground, pLayerImages, pLayerX, pLayerY, pLayerSize, pLayerRepeat, pLayerOrigin, pLayerClip),
	"background-color":        long(pBackground, colorOf),
	"background-image":        long(pLayerImages, layerList((*values).image)),
	"background-position":     short((*values).layerPositions, pLayerX, pLayerY),
	"background-position-x":   long(pLayerX, layerList(readLength(percents|negative))),
	"background-position-y":   long(pLayerY, layerList(readLength(percents|negative))),
	"background-size":         long(pLayerSize, layerList((*values).layerSize)),
	"-webkit-background-size": long(pLayerSize, layerList((*values).layerSize)),
	"background-repeat":       long(pLayerRepeat, layerList((*values).layerRepeat)),
	"background-origin":       long(pLayerOrigin, layerList(readArea)),
	"background-clip":         long(pLayerClip, layerList(readArea)),
	"-webkit-background-clip": long(pLayerClip, layerList(readArea)),
	"box-shadow":              long(pBoxShadow, (*values).shadows),
	"-webkit-box-shadow":      long(pBoxShadow, (*values).shadows),
	"opacity":                 long(pOpacity, (*values).opacity),
	"transform":               long(pTransform, (*values).transform),
	"-webkit-transform":       long(pTransform, (*values).transform),
	"transform-origin":        long(pTransformOrigin, (*values).positionPair),
	"object-fit":              words(pFit, map[string]uint8{"fill": uint8(FitFill), "contain": uint8(FitContain), "cover": uint8(FitCover), "none": uint8(FitNone), "scale-down": uint8(FitScaleDown)}),
	"object-position":         long(pFitPosition, (*values).positionPair),
}

func (v *values) opacity(property) bool {
	n, ok := v.number(true)
	return ok && v.add(pOpacity, value{kind: vNumber, num: float32(max(0, min(1, n)))})
}

// layerList makes a parser for a property with one value for each background
// picture.
func layerList(read func(*values) (value, bool)) func(*values, property) bool {
	return func(v *values, p property) bool {
		var list []value
		for {
			val, ok := read(v)
			if !ok || len(list) >= 16 {
				return false
			}
			list = append(list, val)
			if v.done() {
				return v.add(p.longs[0], value{kind: vRef, ref: &list})
			}
			if !v.comma() {
				return false
			}
		}
	}
}

// image reads a picture: vWord for none, vString for a reference, vRef for a
// gradient.
func (v *values) image() (value, bool) {
	if v.skipWord("none") {
		return value{kind: vWord}, true
	}
	t := v.peek()
	switch t.kind {
	case css.URLToken:
		v.at++
		return value{kind: vString, ref: reference(t.text)}, true
	case css.FunctionToken:
		if g, ok := v.gradient(); ok {
			return value{kind: vRef, ref: g}, true
		}
		return v.imageSet()
	}
	return value{}, false
}

// imageSet takes the first picture of image-set().
func (v *values) imageSet() (value, bool) {
	name := strings.ToLower(v.peek().text)
	if name != "image-set(" && name != "-webkit-image-set(" {
		return value{}, false
	}
	args := splitCommas(v.arguments())[0]
	if len(args) == 0 {
		return value{}, false
	}
	switch args[0].kind {
	case css.URLToken:
		return value{kind: vString, ref: reference(args[0].text)}, true
	case css.StringToken:
		return value{kind: vString, ref: quoted(args[0].text)}, true
	}
	return value{}, false
}

// layerSize is background-size: words of LayerSize, or two lengths.
func (v *values) layerSize() (value, bool) {
	if v.skipWord("cover") {
		return wordValue(SizeCover), true
	}
	if v.skipWord("contain") {
		return wordValue(SizeContain), true
	}
	x, ok := v.length(percents | autos)
	if !ok {
		return value{}, false
	}
	y, ok := v.length(percents | autos)
	if !ok {
		y = wordValue(Auto)
	}
	if x.kind == vWord && y.kind == vWord {
		return wordValue(SizeAuto), true
	}
	return value{kind: vRef, ref: &twoLengths{x, y}}, true
}

var repeats = map[string]uint8{"repeat": uint8(RepeatOn), "no-repeat": uint8(RepeatOff), "space": uint8(RepeatSpace), "round": uint8(RepeatRound)}

// layerRepeat is background-repeat; the word has x in the low bits, y in the
// high ones.
func (v *values) layerRepeat() (value, bool) {
	if v.skipWord("repeat-x") {
		return wordValue(uint8(RepeatOff) << 4), true
	}
	if v.skipWord("repeat-y") {
		return wordValue(uint8(RepeatOff)), true
	}
	x, ok := v.lookup(repeats)
	if !ok {
		return value{}, false
	}
	y, ok := v.lookup(repeats)
	if !ok {
		y = x
	}
	return wordValue(x | y<<4), true
}

var areas = map[string]uint8{"border-box": uint8(BorderArea), "padding-box": uint8(PaddingArea), "content-box": uint8(ContentArea), "text": uint8(TextArea), "-webkit-text": uint8(TextArea)}

func readArea(v *values) (value, bool) {
	w, ok := v.lookup(areas)
	return wordValue(w), ok
}

func (v *values) layerPositions(property) bool {
	var xs, ys []value
	for {
		x, y, ok := v.position()
		if !ok || len(xs) >= 16 {
			return false
		}
		xs, ys = append(xs, x), append(ys, y)
		if v.done() {
			v.add(pLayerX, value{kind: vRef, ref: &xs})
			return v.add(pLayerY, value{kind: vRef, ref: &ys})
		}
		if !v.comma() {
			return false
		}
	}
}

func (v *values) positionPair(p property) bool {
	x, y, ok := v.position()
	if ok && !v.done() {
		_, ok = v.length(negative) // the third of transform-origin
	}
	return ok && v.add(p.longs[0], value{kind: vRef, ref: &twoLengths{x, y}})
}

// place is a word of a position: which axis it is for, and where it is in
// percent.
type place struct {
	axis int8 // 0 x, 1 y, -1 either
	at   float32
}

var places = map[string]place{"left": {0, 0}, "right": {0, 100}, "top": {1, 0}, "bottom": {1, 100}, "center": {-1, 50}}

// position reads one to four words and lengths (CSS Backgrounds 3.6).
func (v *values) position() (x, y value, ok bool) {
	center := value{kind: vPercent, num: 50}
	var got [2]value
	var set [2]bool
	type loose struct {
		val value
		pos int
	}
	var free []loose // lengths and "center", which take the axis that is left
	for n := 0; n < 4 && !v.done(); n++ {
		w, isWord := places[v.lower()]
		if isWord && w.axis >= 0 {
			v.at++
			val := value{kind: vPercent, num: w.at}
			if off, has := v.length(percents | negative); has {
				// "left 10px" is short for two values if a word follows, but
				// "left 10px" alone is x and y.
				if _, more := places[v.lower()]; !more && n == 0 && !set[1-w.axis] && w.axis == 0 {
					got[0], set[0] = val, true
					free = append(free, loose{off, 1})
					continue
				}
				val = offset(w.at, off)
			}
			if set[w.axis] {
				return x, y, false
			}
			got[w.axis], set[w.axis] = val, true
			continue
		}
		if isWord {
			v.at++
			free = append(free, loose{center, n})
			continue
		}
		val, has := v.length(percents | negative)
		if !has {
			break
		}
		free = append(free, loose{val, n})
	}
	if len(free) == 0 && !set[0] && !set[1] {
		return x, y, false
	}
	for _, f := range free {
		axis := 0
		if set[0] {
			axis = 1
		}
		if set[axis] {
			return x, y, false
		}
		got[axis], set[axis] = f.val, true
	}
	for i := range got {
		if !set[i] {
			got[i] = center
		}
	}
	return got[0], got[1], true
}

// offset is a length from a side: from the far one it counts backwards.
func offset(side float32, val value) value {
	if side == 0 {
		return val
	}
	whole := &calc{op: 'v', val: value{kind: vPercent, num: side}}
	back := &calc{op: '*', num: -1, a: &calc{op: 'v', val: val}}
	return value{kind: vCalc, ref: &calc{op: '+', a: whole, b: back}}
}

// background reads the shorthand.
func (v *values) background(property) bool {
	parts := splitCommas(v.list[v.at:])
	if len(parts) > 16 {
		return false
	}
	color := value{kind: vColor}
	var images, xs, ys, layerSizes, layerRepeats, origins, clips []value
	for i, part := range parts {
		l := layerValues{color: value{kind: vWord}}
		l.init()
		if len(part) == 0 || !v.within(part, func() bool { return v.layer(&l, i == len(parts)-1) }) {
			return false
		}
		if l.color.kind == vColor {
			color = l.color
		}
		images, xs, ys = append(images, l.image), append(xs, l.x), append(ys, l.y)
		layerSizes, layerRepeats = append(layerSizes, l.size), append(layerRepeats, l.repeat)
		origins, clips = append(origins, l.origin), append(clips, l.clip)
	}
	v.at = len(v.list)
	v.add(pBackground, color)
	if len(images) == 1 && images[0].kind == vWord {
		// A colour alone, as nearly always.
		return v.add(pLayerImages, value{kind: vInitial})
	}
	for _, l := range []struct {
		p    prop
		list *[]value
	}{{pLayerImages, &images}, {pLayerX, &xs}, {pLayerY, &ys}, {pLayerSize, &layerSizes}, {pLayerRepeat, &layerRepeats}, {pLayerOrigin, &origins}, {pLayerClip, &clips}} {
		v.add(l.p, value{kind: vRef, ref: l.list})
	}
	return true
}

// layerValues are the values of one layer of the shorthand.
type layerValues struct {
	color, image, x, y, size, repeat, origin, clip value
}

func (l *layerValues) init() {
	l.x, l.y = value{kind: vPercent}, value{kind: vPercent}
	l.origin, l.clip = wordValue(PaddingArea), wordValue(BorderArea)
}

// layer reads what one layer is made of, in any order.
func (v *values) layer(l *layerValues, last bool) bool {
	var image, place, repeat, color bool
	boxes := 0
	for !v.done() {
		if val, ok := v.image(); ok && !image {
			l.image, image = val, true
			continue
		}
		if val, ok := v.layerRepeat(); ok && !repeat {
			l.repeat, repeat = val, true
			continue
		}
		switch v.lower() {
		case "scroll", "fixed", "local":
			v.at++
			continue
		}
		if val, ok := readArea(v); ok && boxes < 2 {
			if boxes == 0 {
				l.origin = val
			}
			l.clip = val
			boxes++
			continue
		}
		if c, ok := v.color(); ok && last && !color {
			l.color, color = value{kind: vColor, color: c}, true
			continue
		}
		x, y, ok := v.position()
		if !ok || place {
			return false
		}
		l.x, l.y, place = x, y, true
		if v.slash() {
			if l.size, ok = v.layerSize(); !ok {
				return false
			}
		}
	}
	return true
}
