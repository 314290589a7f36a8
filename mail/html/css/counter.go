package css

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
)

// counters are those of CSS (CSS Lists 3, 4), in document order.
type counters struct {
	d    *html.Document
	open []openCounter
}

// openCounter is a counter that lives until the end of its maker's parent.
type openCounter struct {
	name  string
	owner html.ID // the maker's parent
	until html.ID // its end
	value int
}

const maxCounters = 1000

// change applies an element's changes of counters.
func (c *counters) change(id html.ID, w *work) {
	if w.reset == nil && w.incr == nil && w.set == nil {
		return
	}
	c.open = slices.DeleteFunc(c.open, func(o openCounter) bool { return o.until <= id })
	each := func(list *[]counter, do func(counter)) {
		if list != nil {
			for _, k := range *list {
				do(k)
			}
		}
	}
	each(w.reset, func(k counter) { c.begin(id, k.name, k.by) })
	each(w.incr, func(k counter) {
		o := c.last(id, k.name)
		o.value = max(-1e9, min(1e9, o.value+k.by))
	})
	each(w.set, func(k counter) { c.last(id, k.name).value = k.by })
}

// begin makes a counter; one of an earlier sibling is taken over.
func (c *counters) begin(id html.ID, name string, n int) *openCounter {
	owner, until := c.d.Node(id).Parent, html.ID(c.d.Len())
	if owner != html.None {
		until = c.d.Node(owner).End
	}
	for i := range c.open {
		if o := &c.open[i]; o.name == name && o.owner == owner {
			o.value = n
			return o
		}
	}
	if len(c.open) >= maxCounters {
		c.open = c.open[1:]
	}
	c.open = append(c.open, openCounter{name, owner, until, n})
	return &c.open[len(c.open)-1]
}

// last is the innermost counter of a name; if there is none it is made.
func (c *counters) last(id html.ID, name string) *openCounter {
	for i := len(c.open) - 1; i >= 0; i-- {
		if c.open[i].name == name {
			return &c.open[i]
		}
	}
	return c.begin(id, name, 0)
}

// text is the innermost counter's value.
func (c *counters) text(name string, t ListType) string {
	for i := len(c.open) - 1; i >= 0; i-- {
		if c.open[i].name == name {
			return counted(t, c.open[i].value)
		}
	}
	return counted(t, 0)
}

// texts are all values of a name, the outermost first.
func (c *counters) texts(name, sep string, t ListType) string {
	var list []string
	for _, o := range c.open {
		if o.name == name && len(list) < 64 {
			list = append(list, counted(t, o.value))
		}
	}
	if list == nil {
		return counted(t, 0)
	}
	return strings.Join(list, sep)
}

func counted(t ListType, n int) string {
	switch t {
	case NoMarker:
		return ""
	case Disc:
		return "•"
	case Circle:
		return "◦"
	case Square:
		return "▪"
	}
	return Count(t, n)
}

// count applies an element's counters and numbers the items of lists.
func (c *cascade) count(id html.ID, n *html.Node, w *work) {
	c.counts.change(id, w)
	if w.Display != ListItem {
		return
	}
	s := c.styles
	if s.ordinal == nil {
		s.ordinal, s.lists = map[html.ID]int{}, map[html.ID]listState{}
	}
	d := c.sheets.doc
	list := n.Parent
	for p := list; p != html.None; p = d.Node(p).Parent {
		if tag := d.Node(p).Tag; tag == atom.Ol || tag == atom.Ul || tag == atom.Menu || tag == atom.Dir {
			list = p
			break
		}
	}
	state, ok := s.lists[list]
	if !ok {
		state = c.listStart(list)
	}
	if v, err := strconv.Atoi(strings.TrimSpace(d.Get(id, "value"))); err == nil && n.Tag == atom.Li {
		state.next = max(-1e9, min(1e9, v))
	}
	s.ordinal[id] = state.next
	state.next += state.step
	s.lists[list] = state
}

// listState is the number that the next item of a list gets.
type listState struct{ next, step int }

func (c *cascade) listStart(list html.ID) listState {
	state := listState{1, 1}
	if list == html.None || c.sheets.doc.Node(list).Tag != atom.Ol {
		return state
	}
	d := c.sheets.doc
	if _, ok := d.Attr(list, "reversed"); ok {
		state = listState{0, -1}
		for i := d.Node(list).First; i != html.None; i = d.Node(i).Next {
			if d.Is(i, atom.Li) {
				state.next++
			}
		}
	}
	if v, err := strconv.Atoi(strings.TrimSpace(d.Get(list, "start"))); err == nil {
		state.next = max(-1e9, min(1e9, v))
	}
	return state
}
