package message

import (
	"html"
	"slices"
	"strings"
)

// Text returns the text of the message that people should see: its plain
// parts, HTML turned to text where there is no plain alternative, and what an
// attached message says if there is nothing else.
func (m *Message) Text() string {
	var b strings.Builder
	for _, p := range m.shown(false) {
		text := strings.Trim(m.readable(p), "\n")
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(text)
	}
	return b.String()
}

// TextParts returns the parts that Text is made of, for a view that treats
// them one by one: Flowed says which are to be wrapped anew.
func (m *Message) TextParts() []*Part { return m.shown(false) }

// HTML returns the HTML of the message as its sender wrote it, in UTF-8, or ""
// if it has none: it is not safe to show before it was sanitised. Plain parts
// that stand beside it, such as the footer of a list, are added as HTML.
func (m *Message) HTML() string {
	parts := m.shown(true)
	if !slices.ContainsFunc(parts, (*Part).isHTML) {
		return ""
	}
	if len(parts) == 1 {
		return parts[0].Text
	}
	var b strings.Builder
	for _, p := range parts {
		if p.isHTML() {
			b.WriteString(p.Text)
			continue
		}
		b.WriteString(`<div style="white-space:pre-wrap">`)
		b.WriteString(html.EscapeString(m.readable(p)))
		b.WriteString("</div>")
	}
	return b.String()
}

// readable returns the text of one part for people.
func (m *Message) readable(p *Part) string {
	switch {
	case p.isHTML():
		return m.render(p).text
	case p.is("text", "calendar"):
		return calendarText(p.Text)
	}
	return p.Text
}

// render turns the HTML of p to text, once.
func (m *Message) render(p *Part) rendered {
	r, ok := m.html[p]
	if !ok {
		r = renderHTML(p.Text)
		if m.html == nil {
			m.html = make(map[*Part]rendered, 1)
		}
		m.html[p] = r
	}
	return r
}

// shown returns the leaves that make up the body, with HTML or without where
// there is a choice.
func (m *Message) shown(html bool) []*Part {
	parts := shown(m.Root, html)
	if len(parts) > 0 {
		return parts
	}
	m.Root.Walk(func(p *Part) bool {
		if len(parts) == 0 && p.Message != nil && len(p.Children) > 0 {
			parts = shown(p.Children[0], html)
		}
		return len(parts) == 0
	})
	if len(parts) == 0 && len(m.Root.Children) == 0 && m.Root.Text != "" {
		return []*Part{m.Root}
	}
	return parts
}

func shown(p *Part, html bool) []*Part {
	switch {
	case p.isMultipart() && len(p.Children) > 0:
		return shownOf(p, html)
	case p.isBody():
		return []*Part{p}
	}
	return nil
}

// shownOf chooses among the parts of a multipart. All of an unknown kind are
// shown, as of multipart/mixed (RFC 2046 5.1.7).
func shownOf(p *Part, html bool) []*Part {
	switch p.Subtype {
	case "alternative":
		return bestAlternative(p.Children, html)
	case "related":
		return shownRelated(p, html)
	case "signed":
		return shown(p.Children[0], html)
	}
	var parts []*Part
	for _, c := range p.Children {
		parts = append(parts, shown(c, html)...)
	}
	return parts
}

// bestAlternative chooses the last alternative that has HTML, or the first
// that has plain text with anything in it; failing that, the last that can be
// shown at all (RFC 2046 5.1.4).
func bestAlternative(children []*Part, html bool) []*Part {
	var last, best []*Part
	for _, c := range children {
		parts := shown(c, html)
		if len(parts) == 0 {
			continue
		}
		if last == nil || !slices.ContainsFunc(parts, isCalendar) {
			last = parts
		}
		hasHTML := slices.ContainsFunc(parts, (*Part).isHTML)
		switch {
		case html && hasHTML:
			best = parts
		case !html && !hasHTML && best == nil && slices.ContainsFunc(parts, says):
			best = parts
		}
	}
	if best != nil {
		return best
	}
	return last
}

func isCalendar(p *Part) bool { return p.is("text", "calendar") }

// says reports whether there is more than blanks in the text of p.
func says(p *Part) bool { return !isCalendar(p) && strings.TrimSpace(p.Text) != "" }

// shownRelated shows the root of a multipart/related (RFC 2387 3.2): the part
// that "start" names, or else the first that can be shown.
func shownRelated(p *Part, html bool) []*Part {
	start := strings.Trim(p.Params["start"], "<>")
	for _, c := range p.Children {
		if start != "" && c.ContentID == start {
			if parts := shown(c, html); len(parts) > 0 {
				return parts
			}
		}
	}
	for _, c := range p.Children {
		if parts := shown(c, html); len(parts) > 0 {
			return parts
		}
	}
	return nil
}

// isBody reports whether a leaf is text to be shown in the message itself,
// rather than a file that happens to be text.
func (p *Part) isBody() bool {
	switch {
	case !p.textual() || len(p.Children) > 0:
		return false
	case p.parent == nil:
		return true
	case p.Type == "message":
		return p.isMessage() // its text is there only beyond the depth cap
	case p.isMultipart():
		return true // also beyond it
	case isCalendar(p):
		return p.inAlternative()
	case isFileText[p.Subtype]:
		return false
	}
	return p.Filename == "" || p.inAlternative() || p.opensMessage()
}

// isFileText are the subtypes of text that are files to most people.
var isFileText = map[string]bool{
	"vcard": true, "x-vcard": true, "directory": true, "csv": true, "tab-separated-values": true, "xml": true,
	"css": true, "rtf": true, "javascript": true, "x-vcalendar": true, "rfc822-headers": true, "x-amp-html": true,
}

func (p *Part) inAlternative() bool {
	return p.parent != nil && p.parent.is("multipart", "alternative")
}

// opensMessage reports whether p is the very first leaf: some programs name
// the body of their mail like a file.
func (p *Part) opensMessage() bool {
	for p.parent != nil {
		if p.parent.Children[0] != p {
			return false
		}
		p = p.parent
	}
	return true
}
