package html

import (
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// verdict says what becomes of an element.
type verdict uint8

const (
	keep   verdict = iota
	drop           // it and all in it
	unwrap         // what is in it stays
	hollow         // it stays, with nothing in it and nothing to fetch
)

// judge decides on an element. Nothing here relies on nobody acting on what is
// kept: the document is also what replies and exports are made of.
func (b *builder) judge(n *xhtml.Node) verdict {
	refused := &b.d.Refused
	switch n.DataAtom {
	case atom.Script:
		refused.Scripts++
		return drop
	case atom.Iframe, atom.Embed, atom.Video:
		refused.Frames++
		return hollow // the mail was made around its place
	case atom.Frame, atom.Applet, atom.Audio:
		refused.Frames++
		return drop
	case atom.Object:
		refused.Frames++
		return unwrap // what is in it is for those who cannot show it
	case atom.Form:
		refused.Forms++
	case atom.Base:
		refused.Redirect++
		return drop
	case atom.Link:
		refused.Sheets++
		return drop
	case atom.Meta:
		if strings.EqualFold(attrOf(n, "http-equiv"), "refresh") {
			refused.Redirect++
		}
		return drop
	case atom.Title, atom.Template, atom.Noframes, atom.Noembed, atom.Frameset, atom.Param, atom.Source, atom.Track:
		return drop
	case atom.Svg, atom.Math:
		return b.judgeForeign(n)
	}
	return judgeName(n.Data)
}

// judgeName decides on elements that HTML does not know. Word writes elements of its own with a prefix. An "xml" island holds the
// settings of the program; a browser would show them as text.
func judgeName(name string) verdict {
	switch {
	case name == "xml", name == "bgsound", name == "portal", name == "xss":
		return drop
	case strings.HasPrefix(name, "v:"), strings.HasPrefix(name, "w:"):
		return unwrap
	}
	return keep
}

// judgeForeign keeps a drawing that is complete in itself.
func (b *builder) judgeForeign(n *xhtml.Node) verdict {
	for c := range n.Descendants() {
		if c.Type != xhtml.ElementNode {
			continue
		}
		switch strings.ToLower(c.Data) {
		case "script", "foreignobject", "image", "iframe", "handler", "animate", "set", "style", "annotation-xml":
			b.d.Refused.Frames++
			return drop
		}
		for _, a := range c.Attr {
			v := strings.ToLower(a.Val)
			local := strings.HasPrefix(strings.TrimSpace(v), "#")
			if a.Key == "href" && !local || strings.Contains(v, "url(") && !strings.Contains(v, "url(#") {
				b.d.Refused.Frames++
				return drop
			}
		}
	}
	return keep
}

func attrOf(n *xhtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// keeps decides on an attribute, and shortens it.
func (b *builder) keeps(tag atom.Atom, a *xhtml.Attribute) bool {
	if strings.HasPrefix(a.Key, "on") {
		b.d.Refused.Scripts++
		return false
	}
	switch a.Key {
	case "action", "formaction", "ping", "srcdoc", "codebase", "classid", "archive", "manifest", "poster", "dynsrc", "lowsrc", "longdesc", "profile", "data", "usemap", "attributionsrc":
		return false
	case "href":
		if a.Namespace != "" && !strings.HasPrefix(a.Val, "#") {
			return false
		}
		if Refuses(a.Val) {
			b.d.Refused.Links++
			a.Val = "" // it still looks like a link
			return true
		}
	case "src", "background", "srcset":
		if a.Key == "src" && tag != atom.Img && tag != atom.Input {
			return false
		}
		if runs(scheme(a.Val)) {
			b.d.Refused.Links++
			return false
		}
		if isData(a.Val) && len(a.Val) <= maxData {
			return true
		}
	}
	if len(a.Val) > maxValue {
		a.Val = clip(a.Val, maxValue)
	}
	return true
}

func isData(ref string) bool { return scheme(ref) == "data" }
