package widgets

// longList is how many pages a list has before the thumb says where it is.
const longList = 10

// placeHint shows the group under the thumb beside it, while it is dragged over
// a long list.
func (v *listView) placeHint() {
	l := v.list
	text := ""
	if l.scroll.grabbed && l.scroll.total > longList*l.scroll.view {
		text = l.hintText()
	}
	if text == "" {
		v.hint.hide()
		return
	}
	y, h := l.scroll.bar()
	v.hint.placeLeftOf(text, v.drawn.width-thumbGrab, y+h/2, float32(l.scroll.view), v.drawn.scale)
}

// DateHints is a [ListModel] that can say more precisely than its heads when a
// row is from.
type DateHints interface{ DateHint(i int) string }

func (l *List) hintText() string {
	i, _ := l.geo.rowAt(l.scroll.off)
	if i < 0 {
		return ""
	}
	if hints, ok := l.model.(DateHints); ok {
		return hints.DateHint(i)
	}
	if k := l.geo.group(i); k >= 0 {
		return l.heads[k].Text
	}
	return ""
}
