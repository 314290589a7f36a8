package html

import (
	"strings"

	xhtml "golang.org/x/net/html"
)

// tamer writes a source anew so that the parser makes a tree of it that is no
// larger than it is, and no deeper than depth. What is too deep loses its
// tags, not its words.
type tamer struct {
	z     *xhtml.Tokenizer
	out   strings.Builder
	open  []opened
	shown int // of open, how many are in the output
	depth int
	tags  int // written
	data  int // bytes of pictures written
}

// opened is an element whose end has not come.
type opened struct {
	name  string
	shown bool
}

// maxOpen is how many elements are remembered. Beyond, their ends are lost,
// and they end with those around them.
const maxOpen = 4096

// tame is used for sources that no mail program writes; what it does to them
// need not be what a browser does, as long as it is quick and shows the words.
func tame(parts []string, depth int) (tamed string, cut bool) {
	t := tamer{z: xhtml.NewTokenizer(read(parts)), depth: depth}
	t.out.Grow(min(total(parts), maxSource))
	for t.out.Len()-t.data < maxSource {
		switch t.z.Next() {
		case xhtml.ErrorToken:
			return t.out.String(), false
		case xhtml.TextToken:
			t.out.Write(t.z.Raw())
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			t.start()
		case xhtml.EndTagToken:
			name, _ := t.z.TagName()
			t.end(string(name))
		}
	}
	return t.out.String(), true
}

// void elements have no end.
var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true,
}

// sole elements end the one of their kind that is open before.
var sole = map[string]bool{
	"p": true, "li": true, "dt": true, "dd": true, "tr": true, "td": true, "th": true, "option": true, "a": true,
}

func (t *tamer) start() {
	raw := string(t.z.Raw())
	bytes, attrs := t.z.TagName()
	name := string(bytes)
	if sole[name] && len(t.open) > 0 && t.open[len(t.open)-1].name == name {
		t.end(name)
	}
	shown := t.shown < t.depth && t.tags < maxNodes
	if shown {
		t.tags++
		t.write(raw, name, attrs)
	}
	if void[name] || len(t.open) >= maxOpen {
		return
	}
	t.open = append(t.open, opened{name, shown})
	if shown {
		t.shown++
	}
}

// write writes a start tag as it stands, unless one of its attributes is too
// long.
func (t *tamer) write(raw, name string, attrs bool) {
	if len(raw) <= maxValue {
		t.out.WriteString(raw)
		return
	}
	before := t.out.Len()
	t.out.WriteString("<" + name)
	for attrs {
		var key, value []byte
		key, value, attrs = t.z.TagAttr()
		if len(key) > maxValue || len(value) > maxValue && (!isData(clip(string(value), 64)) || len(value) > maxData || t.data+len(value) > 3*maxData) {
			continue
		}
		t.out.WriteString(" " + string(key) + `="` + xhtml.EscapeString(string(value)) + `"`)
	}
	t.out.WriteString(">")
	t.data += t.out.Len() - before
}

// end ends an element and all that is open in it. An end without a beginning
// is left out.
func (t *tamer) end(name string) {
	for i := len(t.open) - 1; i >= max(0, len(t.open)-512); i-- {
		if t.open[i].name != name {
			continue
		}
		for j := len(t.open) - 1; j >= i; j-- {
			if t.open[j].shown {
				t.shown--
				t.out.WriteString("</" + t.open[j].name + ">")
			}
		}
		t.open = t.open[:i]
		return
	}
}
