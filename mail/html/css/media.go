package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// condition is a media query list, within the one of the index outer.
type condition struct {
	queries []query
	outer   int32
}

// query is one of a media query list.
type query struct {
	not   bool
	never bool   // it is not valid, or of another medium
	kind  string // "", "screen", "print"
	tests []featureSet
}

// featureSet is features of which one has to hold ("or").
type featureSet []feature

// feature is a condition in brackets: least <= name <= most for those with
// figures, else a word.
type feature struct {
	name        string
	not         bool
	word        string
	least, most value
	hasLeast    bool
	hasMost     bool
	strictLeast bool
	strictMost  bool
}

const maxConditions = 2000

// condition keeps a media query list and gives its index.
func (s *Sheets) condition(list []token, outer int32) int32 {
	if len(s.conditions) > maxConditions {
		return never
	}
	c := condition{outer: outer}
	for _, part := range splitCommas(list) {
		c.queries = append(c.queries, s.values.query(part))
	}
	s.conditions = append(s.conditions, c)
	return int32(len(s.conditions) - 1)
}

// never is the index of a condition that does not hold.
const never = 1

// query reads "only screen and (max-width: 600px)".
func (v *values) query(list []token) query {
	q := query{}
	outer, at := v.list, v.at
	defer func() { v.list, v.at = outer, at }()
	v.list, v.at = list, 0
	if v.done() {
		return q // @media {} is for all
	}
	if v.skipWord("not") {
		q.not = true
	} else {
		v.skipWord("only")
	}
	if w := v.lower(); w != "" {
		v.at++
		switch w {
		case "all":
		case "screen", "print":
			q.kind = w
		case "and", "or", "not", "only":
			return query{never: true}
		default:
			q.never = true
		}
		if !v.done() && !v.skipWord("and") {
			return query{never: true}
		}
		if v.done() {
			return q
		}
	}
	var ok bool
	if q.tests, ok = v.features(); !ok {
		return query{never: true}
	}
	return q
}

// features reads conditions joined by "and" or "or".
func (v *values) features() ([]featureSet, bool) {
	var all []featureSet
	for {
		set, ok := v.featureOr(0)
		if !ok || len(all) > 32 {
			return nil, false
		}
		all = append(all, set...)
		if v.done() {
			return all, true
		}
		if !v.skipWord("and") {
			return nil, false
		}
	}
}

// featureOr reads one condition, or several joined by "or".
func (v *values) featureOr(depth int) ([]featureSet, bool) {
	var set featureSet
	for {
		not := v.skipWord("not")
		t := v.peek()
		if t.kind != css.LeftParenthesisToken || depth > 8 {
			return nil, false
		}
		inner := v.arguments()
		if len(inner) > 0 && (inner[0].kind == css.LeftParenthesisToken || inner[0].is("not")) {
			nested, ok := v.nestedFeatures(inner, depth)
			if !ok {
				return nil, false
			}
			if !not && len(set) == 0 && !v.peek().is("or") {
				return nested, true
			}
			if len(nested) != 1 || not && len(nested[0]) != 1 {
				return nil, false // more than mails use
			}
			for _, f := range nested[0] {
				f.not = f.not != not
				set = append(set, f)
			}
		} else {
			f := v.feature(inner)
			f.not = not
			set = append(set, f)
		}
		if len(set) > 32 || !v.skipWord("or") {
			return []featureSet{set}, len(set) <= 32
		}
	}
}

func (v *values) nestedFeatures(inner []token, depth int) (sets []featureSet, ok bool) {
	ok = v.within(inner, func() bool {
		for {
			set, ok := v.featureOr(depth + 1)
			if !ok {
				return false
			}
			sets = append(sets, set...)
			if !v.skipWord("and") {
				return true
			}
		}
	})
	return sets, ok
}

// feature reads what is in the brackets of a condition.
func (v *values) feature(list []token) feature {
	f := feature{}
	if len(list) == 0 {
		return f
	}
	if list[0].kind == css.IdentToken && (len(list) == 1 || list[1].kind == css.ColonToken) {
		f.name = strings.ToLower(list[0].text)
		if len(list) > 2 {
			f.plain(v, list[2:])
		}
		return f
	}
	f.ranged(v, list)
	return f
}

// plain reads "min-width: 600px" or "orientation: landscape".
func (f *feature) plain(v *values, list []token) {
	if list[0].kind == css.IdentToken {
		f.word = strings.ToLower(list[0].text)
		return
	}
	name, isMin := strings.CutPrefix(f.name, "min-")
	name, isMax := strings.CutPrefix(name, "max-")
	if n, ok := strings.CutPrefix(f.name, "-webkit-min-"); ok {
		name, isMin = "-webkit-"+n, true
	}
	f.name = name
	val, ok := v.featureValue(name, list)
	if !ok {
		f.name = ""
		return
	}
	if !isMax {
		f.least, f.hasLeast = val, true
	}
	if !isMin {
		f.most, f.hasMost = val, true
	}
}

// ranged reads "width >= 600px" or "400px < width <= 600px".
func (f *feature) ranged(v *values, list []token) {
	for i := range list {
		if list[i].kind != css.IdentToken {
			continue
		}
		f.name = strings.ToLower(list[i].text)
		if i > 0 {
			f.compare(v, list[:i], true)
		}
		if i+1 < len(list) {
			f.compare(v, list[i+1:], false)
		}
		return
	}
}

// compare takes one comparison: a value and a sign, before the name or behind
// it.
func (f *feature) compare(v *values, part []token, before bool) {
	var op byte
	strict := true
	var val []token
	for i := range part {
		t := &part[i]
		switch {
		case t.delim('<'), t.delim('>'):
			op = t.text[0]
		case t.delim('='):
			strict = false
		default:
			val = append(val, *t)
		}
	}
	got, ok := v.featureValue(f.name, val)
	switch {
	case !ok:
		f.name = ""
	case op == 0:
		f.least, f.hasLeast, f.most, f.hasMost = got, true, got, true
	case (op == '>') != before:
		f.least, f.hasLeast, f.strictLeast = got, true, strict
	default:
		f.most, f.hasMost, f.strictMost = got, true, strict
	}
}

// featureValue reads a length, a number or a ratio.
func (v *values) featureValue(name string, list []token) (val value, ok bool) {
	if len(list) == 0 {
		return val, false
	}
	if t := list[0]; t.kind == css.DimensionToken {
		switch t.text {
		case "dpi", "dpcm", "dppx", "x":
			per := map[string]float64{"dpi": 1.0 / 96, "dpcm": 2.54 / 96, "dppx": 1, "x": 1}[t.text]
			return value{kind: vNumber, num: float32(t.num * per)}, true
		}
	}
	kind := numbers | negative
	switch name {
	case "width", "height", "device-width", "device-height", "inline-size", "block-size":
		kind = negative
	}
	ok = v.within(list, func() bool {
		val, ok = v.length(kind)
		if ok && v.slash() {
			h, has := v.number(false)
			if !has || h <= 0 {
				return false
			}
			val.num /= float32(h)
		}
		return ok
	})
	return val, ok
}

// holds evaluates all conditions for a medium.
func (s *Sheets) holds(m Media) []bool {
	hold := make([]bool, len(s.conditions))
	for i, c := range s.conditions {
		if i == never {
			continue
		}
		hold[i] = i == 0
		for _, q := range c.queries {
			if q.holds(m) {
				hold[i] = true
				break
			}
		}
		hold[i] = hold[i] && (i == 0 || hold[c.outer])
	}
	return hold
}

func (q *query) holds(m Media) bool {
	if q.never {
		return q.not
	}
	ok := q.kind == "" || (q.kind == "print") == m.Print
	for _, set := range q.tests {
		any := false
		for i := range set {
			if !featureNames[set[i].name] {
				return false // whatever "not" makes of it
			}
			any = any || set[i].holds(m) != set[i].not
		}
		ok = ok && any
	}
	return ok != q.not
}

// featureNames are the features that are known.
var featureNames = map[string]bool{
	"width": true, "device-width": true, "inline-size": true, "height": true, "device-height": true, "block-size": true,
	"aspect-ratio": true, "device-aspect-ratio": true, "resolution": true, "-webkit-device-pixel-ratio": true, "color": true, "color-index": true, "monochrome": true, "grid": true,
	"prefers-color-scheme": true, "orientation": true, "hover": true, "any-hover": true, "pointer": true, "any-pointer": true, "prefers-reduced-motion": true,
	"prefers-contrast": true, "prefers-reduced-transparency": true, "prefers-reduced-data": true, "forced-colors": true, "inverted-colors": true, "scripting": true,
	"update": true, "color-gamut": true, "display-mode": true, "scan": true, "overflow-block": true, "overflow-inline": true, "dynamic-range": true,
}

func (f *feature) holds(m Media) bool {
	height := m.Height
	if height == 0 {
		height = 100
	}
	switch f.name {
	case "width", "device-width", "inline-size":
		return f.between(m.Width, m)
	case "height", "device-height", "block-size":
		return f.between(height, m)
	case "aspect-ratio", "device-aspect-ratio":
		return f.between(m.Width/height, m)
	case "resolution", "-webkit-device-pixel-ratio":
		return f.between(1, m)
	case "color":
		return f.between(8, m)
	case "color-index", "monochrome", "grid":
		return f.word == "" && f.hasMost && f.between(0, m)
	}
	return f.holdsWord(m, height)
}

// words that describe a desktop with a mouse; those that a person chooses are
// in Media.
func (f *feature) holdsWord(m Media, height float64) bool {
	have := ""
	switch f.name {
	case "prefers-color-scheme":
		have = "light"
		if m.Dark {
			have = "dark"
		}
	case "orientation":
		have = "landscape"
		if m.Width <= height {
			have = "portrait"
		}
	case "hover", "any-hover":
		have = "hover"
	case "pointer", "any-pointer":
		have = "fine"
	case "prefers-reduced-motion":
		have = "reduce"
	case "prefers-contrast", "prefers-reduced-transparency", "prefers-reduced-data":
		return f.word == "no-preference"
	case "forced-colors", "inverted-colors":
		return f.word == "none"
	case "scripting":
		return f.word == "none"
	case "update":
		have = "fast"
	case "color-gamut":
		have = "srgb"
	case "display-mode":
		have = "browser"
	case "scan", "overflow-block", "overflow-inline", "dynamic-range":
		return f.word == "scroll" || f.word == "standard"
	default:
		return false
	}
	return f.word == "" && f.name != "scripting" || f.word == have
}

// between compares a figure.
func (f *feature) between(have float64, m Media) bool {
	if !f.hasLeast && !f.hasMost {
		return f.word == "" && have != 0
	}
	// Lengths in a query do not know the fonts of the mail.
	w := resolver{size: 16, root: 16, media: m}
	figure := func(v value) float64 {
		if v.kind == vNumber {
			return float64(v.num)
		}
		return w.length(v).Of(0)
	}
	if f.hasLeast {
		if v := figure(f.least); have < v || f.strictLeast && have == v {
			return false
		}
	}
	if f.hasMost {
		if v := figure(f.most); have > v || f.strictMost && have == v {
			return false
		}
	}
	return true
}

// supports evaluates @supports, roughly: what is asked for is supported if its
// property is known.
func supports(list []token) bool {
	not, any, seen := false, false, false
	all := true
	for i := 0; i < len(list); i++ {
		t := &list[i]
		switch {
		case t.is("not"):
			not = true
		case t.is("or"):
			any = true
		case t.kind == css.LeftParenthesisToken:
			end := blockEnd(list, i)
			inner := list[i+1 : max(i+1, end-1)]
			var ok bool
			if len(inner) > 1 && inner[1].kind == css.ColonToken {
				_, ok = properties[strings.ToLower(inner[0].text)]
				ok = ok || inner[0].kind == css.CustomPropertyNameToken
			} else {
				ok = supports(inner)
			}
			ok = ok != not
			not = false
			if any && seen {
				all = all || ok
			} else {
				all = all && ok
			}
			seen = true
			i = end - 1
		case t.kind == css.FunctionToken:
			ok := strings.EqualFold(t.text, "selector(") != not
			not = false
			all, seen = all && ok, true
			i = blockEnd(list, i) - 1
		}
	}
	return seen && all
}
