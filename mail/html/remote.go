package html

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html/atom"
)

// maxRemote is how many remote things are listed.
const maxRemote = 5000

// IsRemote reports whether a reference points to a server.
func IsRemote(ref string) bool {
	switch scheme(ref) {
	case "http", "https", "ftp", "ftps":
		return true
	case "":
		// Without a base nothing can be fetched from a path; a browser would
		// take "\\" for "//".
		ref = tidyURL(clip(ref, 16))
		return len(ref) > 1 && (ref[0] == '/' || ref[0] == '\\') && (ref[1] == '/' || ref[1] == '\\')
	}
	return false
}

// Host is the server that a reference points to, in lower case, or "".
func Host(ref string) string {
	ref = strings.ReplaceAll(tidyURL(clip(ref, 2048)), `\`, "/")
	u, err := url.Parse(ref)
	if err == nil {
		return strings.ToLower(u.Hostname())
	}
	// url.Parse refuses more than browsers do.
	_, ref, _ = strings.Cut(ref, "//")
	if i := strings.IndexAny(ref, "/?#"); i >= 0 {
		ref = ref[:i]
	}
	ref = ref[strings.LastIndexByte(ref, '@')+1:]
	if i := strings.LastIndexByte(ref, ':'); i > 0 {
		ref = ref[:i]
	}
	return strings.ToLower(ref)
}

// findRemote lists what the document would fetch.
func (d *Document) findRemote() {
	hidden := ID(0) // everything before is below something that is hidden
	for id := range ID(len(d.nodes)) {
		n := &d.nodes[id]
		if n.Kind == Text {
			continue
		}
		if id >= hidden && n.attrsEnd > n.attrs && d.hides(id) {
			hidden = n.End
		}
		if n.Tag == atom.Style {
			d.sheetRemote(id, d.TextOf(id))
			continue
		}
		for _, a := range d.Attrs(id) {
			switch a.Key {
			case "src":
				if n.Tag == atom.Img || n.Tag == atom.Input {
					d.addRemote(id, a.Val, Picture, id < hidden)
				}
			case "srcset":
				for part := range strings.SplitSeq(a.Val, ",") {
					ref, _, _ := strings.Cut(strings.TrimSpace(part), " ")
					d.addRemote(id, ref, Picture, id < hidden)
				}
			case "background":
				d.addRemote(id, a.Val, Background, id < hidden)
			case "style":
				d.sheetRemote(id, a.Val)
			}
		}
	}
}

// sheetRemote lists the url()s of CSS.
func (d *Document) sheetRemote(id ID, source string) {
	if !strings.Contains(source, "//") && !strings.Contains(source, `\`) {
		return
	}
	l := css.NewLexer(parse.NewInputString(source))
	importing := false
	for {
		kind, data := l.Next()
		switch kind {
		case css.ErrorToken:
			return
		case css.AtKeywordToken:
			importing = strings.EqualFold(string(data), "@import")
			if importing {
				d.Refused.Sheets++
			}
		case css.SemicolonToken, css.LeftBraceToken:
			importing = false
		case css.URLToken:
			if ref := urlOf(string(data)); !importing {
				d.addRemote(id, ref, Background, false)
			}
		}
	}
}

// urlOf is the reference in a url() token.
func urlOf(token string) string {
	_, ref, _ := strings.Cut(token, "(")
	ref = strings.Trim(strings.TrimSuffix(ref, ")"), " \t\r\n\f")
	if len(ref) > 1 && (ref[0] == '"' || ref[0] == '\'') && ref[len(ref)-1] == ref[0] {
		ref = ref[1 : len(ref)-1]
	}
	return ref
}

func (d *Document) addRemote(id ID, ref string, use Use, hidden bool) {
	ref = tidyURL(ref)
	if !IsRemote(ref) || len(d.Remote) >= maxRemote {
		return
	}
	r := Resource{URL: ref, Host: Host(ref), Node: id, Use: use, Width: -1, Height: -1}
	if use == Picture {
		r.Width, r.Height = d.hint(id, "width"), d.hint(id, "height")
		r.Tracks = hidden || r.Width >= 0 && r.Width <= 1 && r.Height >= -1 && r.Height <= 1 || r.Height >= 0 && r.Height <= 1 && r.Width <= 1
	}
	d.Remote = append(d.Remote, r)
}

// hint is the width or height that an element asks for in whole px, or -1.
// What its style says counts more than its attribute.
func (d *Document) hint(id ID, key string) int {
	if v, ok := declared(d.Get(id, "style"), key); ok {
		if px, ok := strings.CutSuffix(v, "px"); ok || v == "0" {
			if f, err := strconv.ParseFloat(strings.TrimSpace(px), 64); err == nil && f >= 0 && f < 1e6 {
				return int(f)
			}
		}
	}
	v := strings.TrimSuffix(strings.TrimSpace(d.Get(id, key)), "px")
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		return n
	}
	return -1
}

// hides reports whether an element is not to be seen by its own attributes.
func (d *Document) hides(id ID) bool {
	if _, ok := d.Attr(id, "hidden"); ok {
		return true
	}
	style := d.Get(id, "style")
	if !strings.Contains(style, "none") && !strings.Contains(style, "hidden") && !strings.Contains(style, "opacity") {
		return false // nearly always
	}
	if v, _ := declared(style, "display"); v == "none" {
		return true
	}
	if v, _ := declared(style, "visibility"); v == "hidden" {
		return true
	}
	v, _ := declared(style, "opacity")
	return v == "0"
}

// declared is the last value that a style attribute gives a property, in
// lower case and without "!important". It is for hints: the cascade knows better.
func declared(style, property string) (value string, ok bool) {
	for len(style) > 0 {
		var d string
		d, style, _ = strings.Cut(style, ";")
		name, v, found := strings.Cut(d, ":")
		if found && strings.EqualFold(strings.TrimSpace(name), property) {
			v, _, _ = strings.Cut(strings.ToLower(v), "!")
			value, ok = strings.TrimSpace(v), true
		}
	}
	return value, ok
}
