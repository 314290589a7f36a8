package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

var placingProperties = map[string]property{
	"flex-direction":         words(pFlow, flows),
	"-webkit-flex-direction": words(pFlow, flows),
	"flex-wrap":              words(pFlexWrap, flexWraps),
	"-webkit-flex-wrap":      words(pFlexWrap, flexWraps),
	"flex-flow":              short((*values).flexFlow, pFlow, pFlexWrap),
	"flex":                   short((*values).flex, pGrow, pShrink, pBasis),
	"-webkit-flex":           short((*values).flex, pGrow, pShrink, pBasis),
	"flex-grow":              long(pGrow, numberOf(0, 1e6)),
	"flex-shrink":            long(pShrink, numberOf(0, 1e6)),
	"flex-basis":             long(pBasis, (*values).basis),
	"justify-content":        long(pJustify, (*values).place),
	"-webkit-box-pack":       long(pJustify, (*values).place),
	"align-items":            long(pAlignItems, (*values).place),
	"-webkit-box-align":      long(pAlignItems, (*values).place),
	"align-self":             long(pAlignSelf, (*values).place),
	"align-content":          long(pAlignContent, (*values).place),
	"justify-items":          long(pJustifyItems, (*values).place),
	"justify-self":           long(pJustifySelf, (*values).place),
	"place-content":          short((*values).places, pAlignContent, pJustify),
	"place-items":            short((*values).places, pAlignItems, pJustifyItems),
	"place-self":             short((*values).places, pAlignSelf, pJustifySelf),
	"gap":                    short(pair((*values).gap), pGapY, pGapX),
	"grid-gap":               short(pair((*values).gap), pGapY, pGapX),
	"row-gap":                long(pGapY, (*values).oneGap),
	"column-gap":             long(pGapX, (*values).oneGap),
	"grid-row-gap":           long(pGapY, (*values).oneGap),
	"grid-column-gap":        long(pGapX, (*values).oneGap),
	"order":                  long(pOrder, numberOf(-1e6, 1e6)),
	"grid-template-columns":  long(pColumns, (*values).gridColumns),
	"content":                long(pContent, (*values).content),
	"counter-reset":          long(pCounterReset, (*values).counters),
	"counter-increment":      long(pCounterIncrement, (*values).counters),
	"counter-set":            long(pCounterSet, (*values).counters),
}

var flows = map[string]uint8{"row": uint8(FlowRow), "row-reverse": uint8(FlowRowReverse), "column": uint8(FlowColumn), "column-reverse": uint8(FlowColumnReverse)}

var flexWraps = map[string]uint8{"nowrap": uint8(FlexNoWrap), "wrap": uint8(FlexWraps), "wrap-reverse": uint8(FlexWrapReverse)}

func (v *values) flexFlow(property) bool {
	flow, wrap := FlowRow, FlexNoWrap
	for !v.done() {
		if w, ok := v.lookup(flows); ok {
			flow = Flow(w)
		} else if w, ok := v.lookup(flexWraps); ok {
			wrap = FlexWrap(w)
		} else {
			return false
		}
	}
	v.add(pFlow, wordValue(flow))
	return v.add(pFlexWrap, wordValue(wrap))
}

// flex reads the shorthand (CSS Flexbox 7.1.1).
func (v *values) flex(property) bool {
	grow, shrink, basis := float32(1), float32(1), value{kind: vPercent}
	if v.skipWord("none") {
		grow, shrink, basis = 0, 0, wordValue(Auto)
	} else {
		nums, sized := 0, false
		for !v.done() {
			if n, ok := v.number(false); ok && nums < 2 && n >= 0 {
				if nums++; nums == 1 {
					grow = float32(n)
				} else {
					shrink = float32(n)
				}
				continue
			}
			val, ok := v.length(sizeWords)
			if !ok && v.skipWord("content") {
				val, ok = wordValue(MaxContent), true
			}
			if !ok || sized {
				return false
			}
			basis, sized = val, true
		}
	}
	v.add(pGrow, value{kind: vNumber, num: grow})
	v.add(pShrink, value{kind: vNumber, num: shrink})
	return v.add(pBasis, basis)
}

func (v *values) basis(property) bool {
	if v.skipWord("content") {
		return v.add(pBasis, wordValue(MaxContent))
	}
	val, ok := v.length(sizeWords)
	return ok && v.add(pBasis, val)
}

var placeWords = map[string]uint8{
	"auto": uint8(PlaceAuto), "normal": uint8(PlaceAuto), "start": uint8(PlaceStart), "flex-start": uint8(PlaceStart), "self-start": uint8(PlaceStart), "left": uint8(PlaceStart),
	"end": uint8(PlaceEnd), "flex-end": uint8(PlaceEnd), "self-end": uint8(PlaceEnd), "right": uint8(PlaceEnd), "center": uint8(PlaceCenter), "stretch": uint8(PlaceStretch),
	"baseline": uint8(PlaceBaseline), "space-between": uint8(PlaceBetween), "justify": uint8(PlaceBetween), "space-around": uint8(PlaceAround), "space-evenly": uint8(PlaceEvenly), "legacy": uint8(PlaceAuto),
}

func (v *values) readPlace() (value, bool) {
	for v.skipWord("safe") || v.skipWord("unsafe") || v.skipWord("first") || v.skipWord("last") {
	}
	w, ok := v.lookup(placeWords)
	return wordValue(w), ok
}

func (v *values) place(p property) bool {
	val, ok := v.readPlace()
	return ok && v.add(p.longs[0], val)
}

func (v *values) places(p property) bool { return pair((*values).readPlace)(v, p) }

func (v *values) gap() (value, bool) {
	if v.skipWord("normal") {
		return value{kind: vLength}, true
	}
	return v.length(percents)
}

func (v *values) oneGap(p property) bool {
	val, ok := v.gap()
	return ok && v.add(p.longs[0], val)
}

// track is a column as declared.
type track struct {
	least, size value
	fr          float32
}

// tracks are columns as declared.
type tracks struct {
	list      []track
	fill, fit bool
}

const maxTracks = 100

// gridColumns reads the usual forms of grid-template-columns.
func (v *values) gridColumns(property) bool {
	if v.skipWord("none") {
		return v.add(pColumns, value{kind: vWord})
	}
	t := &tracks{}
	for !v.done() && len(t.list) < maxTracks {
		if v.peek().kind == css.LeftBracketToken {
			v.at = blockEnd(v.list, v.at) // names of lines
			continue
		}
		if args, ok := v.function("repeat"); ok {
			if !v.repeatTracks(t, args) {
				return false
			}
			continue
		}
		one, ok := v.track()
		if !ok {
			return false
		}
		t.list = append(t.list, one)
	}
	return len(t.list) > 0 && v.add(pColumns, value{kind: vRef, ref: t})
}

func (v *values) repeatTracks(t *tracks, args []token) bool {
	parts := splitCommas(args)
	if len(parts) != 2 || len(parts[0]) != 1 {
		return false
	}
	n := 1
	switch count := &parts[0][0]; {
	case count.is("auto-fill"):
		t.fill = true
	case count.is("auto-fit"):
		t.fit = true
	case count.kind == css.NumberToken && count.num >= 1:
		n = int(min(count.num, maxTracks))
	default:
		return false
	}
	var list []track
	ok := v.within(parts[1], func() bool {
		for !v.done() {
			one, ok := v.track()
			if !ok {
				return false
			}
			list = append(list, one)
		}
		return true
	})
	for i := 0; ok && i < n && len(t.list) < maxTracks; i++ {
		t.list = append(t.list, list...)
	}
	return ok
}

// track reads the width of one column.
func (v *values) track() (track, bool) {
	if args, ok := v.function("minmax"); ok {
		parts := splitCommas(args)
		if len(parts) != 2 {
			return track{}, false
		}
		var least, most track
		ok := v.within(parts[0], func() (ok bool) { least, ok = v.track(); return ok }) &&
			v.within(parts[1], func() (ok bool) { most, ok = v.track(); return ok })
		most.least = least.size
		return most, ok
	}
	if args, ok := v.function("fit-content"); ok && len(args) > 0 {
		return track{least: wordValue(Auto), size: wordValue(MaxContent)}, true
	}
	if t := v.peek(); t.kind == css.DimensionToken && t.text == "fr" {
		v.at++
		return track{least: wordValue(Auto), size: wordValue(Auto), fr: float32(max(0, t.num))}, true
	}
	val, ok := v.length(sizeWords)
	return track{least: wordValue(Auto), size: val}, ok
}

// contentPart is a part of the value of content.
type contentPart struct {
	kind contentKind
	text string // or the name of a counter or an attribute
	sep  string // of counters()
	list ListType
}

type contentKind uint8

const (
	contentText contentKind = iota
	contentAttr
	contentCounter
	contentCounters
	contentPicture
)

// content reads strings, counters, attributes and pictures.
func (v *values) content(property) bool {
	if v.skipWord("normal") || v.skipWord("none") {
		return v.add(pContent, value{kind: vWord})
	}
	list := []contentPart{}
	for !v.done() && len(list) < 64 {
		t := v.peek()
		part := contentPart{}
		switch t.kind {
		case css.StringToken:
			part.text = quoted(t.text)
			v.at++
		case css.URLToken:
			part.kind, part.text = contentPicture, reference(t.text)
			v.at++
		case css.IdentToken:
			q, ok := map[string]string{"open-quote": "“", "close-quote": "”", "no-open-quote": "", "no-close-quote": ""}[v.lower()]
			if !ok {
				return false
			}
			part.text = q
			v.at++
		case css.FunctionToken:
			if !v.contentFunction(&part, strings.ToLower(t.text), v.arguments()) {
				return false
			}
		default:
			if v.slash() { // what follows is for those who do not see it
				v.at = len(v.list)
				continue
			}
			return false
		}
		list = append(list, part)
	}
	return v.add(pContent, value{kind: vRef, ref: &list})
}

func (v *values) contentFunction(part *contentPart, name string, args []token) bool {
	parts := splitCommas(args)
	if len(parts[0]) != 1 || parts[0][0].kind != css.IdentToken {
		return false
	}
	part.text, part.list = ident(parts[0][0].text), Decimal
	style := 1
	switch name {
	case "attr(":
		part.kind, part.text = contentAttr, strings.ToLower(part.text)
		return true
	case "counter(":
		part.kind = contentCounter
	case "counters(":
		if len(parts) < 2 || len(parts[1]) != 1 || parts[1][0].kind != css.StringToken {
			return false
		}
		part.kind, part.sep = contentCounters, quoted(parts[1][0].text)
		style = 2
	default:
		return false
	}
	if len(parts) > style && len(parts[style]) == 1 {
		if w, ok := listTypes[strings.ToLower(parts[style][0].text)]; ok {
			part.list = ListType(w)
		}
	}
	return true
}

// counter is a change of a counter.
type counter struct {
	name string
	by   int
}

// counters reads the names of counters, each with a number or the usual one.
func (v *values) counters(p property) bool {
	if v.skipWord("none") {
		return v.add(p.longs[0], value{kind: vWord})
	}
	usual := 0
	if p.longs[0] == pCounterIncrement {
		usual = 1
	}
	var list []counter
	for !v.done() && len(list) < 32 {
		t := v.peek()
		if t.kind != css.IdentToken {
			return false
		}
		v.at++
		c := counter{ident(t.text), usual}
		if n := v.peek(); n.kind == css.NumberToken {
			c.by = int(n.num)
			v.at++
		}
		list = append(list, c)
	}
	return len(list) > 0 && v.add(p.longs[0], value{kind: vRef, ref: &list})
}
