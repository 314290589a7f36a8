package message

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// blockBreaks says which elements stand on lines of their own, and whether an
// empty line parts them from the rest.
var blockBreaks = map[atom.Atom]int{
	atom.P: 2, atom.H1: 2, atom.H2: 2, atom.H3: 2, atom.H4: 2, atom.H5: 2, atom.H6: 2, atom.Blockquote: 2, atom.Pre: 2,
	atom.Ul: 2, atom.Ol: 2, atom.Dl: 2, atom.Hr: 2, atom.Table: 1, atom.Tr: 1, atom.Li: 1, atom.Dt: 1, atom.Dd: 1,
	atom.Div: 1, atom.Center: 1, atom.Section: 1, atom.Article: 1, atom.Header: 1, atom.Footer: 1, atom.Main: 1,
	atom.Nav: 1, atom.Aside: 1, atom.Address: 1, atom.Form: 1, atom.Fieldset: 1, atom.Figure: 1, atom.Caption: 1,
	atom.Body: 1,
}

// isQuiet reports elements whose content is no text of the message.
func isQuiet(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Textarea, atom.Iframe, atom.Object, atom.Noembed,
		atom.Noframes, atom.Select, atom.Svg, atom.Math, atom.Audio, atom.Video, atom.Datalist:
		return true
	}
	return false
}

func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta,
		atom.Source, atom.Track, atom.Wbr, atom.Html, atom.Body:
		return true
	}
	return false
}

// isHidden reports whether a tag hides its element from every reader. It goes
// by the bytes of the tag, which is far cheaper than reading its attributes.
func isHidden(tag []byte) bool {
	if len(tag) > maxTag || !bytes.Contains(tag, []byte("none")) && !bytes.Contains(tag, []byte("hidden")) &&
		!bytes.Contains(tag, []byte("NONE")) && !bytes.Contains(tag, []byte("opacity")) {
		return false
	}
	s := strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, string(tag))
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") ||
		strings.Contains(s, "overflow:hidden") && isZero(s, "max-height:") ||
		isZero(s, ";opacity:") || isZero(s, `"opacity:`)
}

const maxTag = 4096 // bytes of a tag searched for what hides it

// isZero reports whether the number after a property is 0.
func isZero(style, property string) bool {
	_, value, ok := strings.Cut(style, property)
	rest := strings.TrimLeft(value, "0.")
	return ok && len(rest) < len(value) && (rest == "" || rest[0] < '0' || rest[0] > '9')
}
