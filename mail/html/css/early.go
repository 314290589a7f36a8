package css

// applyEarly takes a declaration that others depend on.
func (w *work) applyEarly(p prop, v value) {
	wide := v.kind.wide()
	from := w.parent
	switch v.kind {
	case vInitial:
		from = &initial
	case vRevert:
		from = w.browsers()
	}
	switch p {
	case pFontSize:
		if wide {
			w.Size, w.keyword, w.absolute = from.Size, from.keyword, from.absolute
			return
		}
		w.fontSize(v)
	case pFontFamily:
		if wide {
			w.Family = from.Family
			return
		}
		w.Family = v.ref.(*Families)
	case pDirection:
		if wide {
			w.RTL = from.RTL
			return
		}
		w.RTL = v.word == 1
	case pColor:
		if wide {
			w.Color = from.Color
			return
		}
		w.Color = w.ink(v, w.parent.Color)
	}
}

// fontSize takes a size; its em and percentages are the parent's.
func (w *work) fontSize(v value) {
	parent := w.parent
	w.keyword, w.absolute = 0, parent.absolute
	size := float64(parent.Size)
	switch v.kind {
	case vWord:
		switch v.word {
		case smaller:
			size /= 1.2
		case larger:
			size *= 1.2
		default:
			w.keyword, w.absolute = int8(v.word), false
			size = keywordSizes[v.word]
		}
	default:
		w.resolver.size = size
		size = w.length(v).Of(size)
		if v.kind == vLength && (v.unit < em || v.unit > lh) {
			w.absolute = true
		}
	}
	w.Size = float32(max(0, min(size, maxFontSize)))
}

// maxFontSize in px is more than any text needs.
const maxFontSize = 10_000

// settleSize gives monospaced text its smaller size, and keeps sizes that were
// not asked for in figures readable.
func (w *work) settleSize() {
	mono, was := w.Family.mono(), w.parent.Family.mono()
	switch {
	case w.keyword > 0 && mono:
		w.Size = float32(monoSizes[w.keyword])
	case w.keyword > 0:
		w.Size = float32(keywordSizes[w.keyword])
	case w.absolute || mono == was:
	case mono:
		w.Size *= monoScale
	default:
		w.Size /= monoScale
	}
	if w.Size > 0 && w.Size < leastSize && !w.absolute {
		w.Size = leastSize
	}
}

// mono reports whether a list is the generic monospace and nothing else, for
// which browsers have a usual size of its own.
func (f *Families) mono() bool {
	return len(f.Names) == 1 && f.Names[0].Generic && f.Names[0].Name == "monospace"
}
