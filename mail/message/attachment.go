package message

import "strings"

// Attachments returns the parts that people would call attachments, in order.
//
// An attached message is one as a whole; what is in it is not. Text that is
// shown is none, unless it has a file name of its own. A picture is none if
// the HTML refers to it by its Content-ID or Content-Location, whatever it
// says of itself; without a reference it is one, else nobody would ever see
// it. Nor are the parts that only serve a protocol: the signature of a
// multipart/signed, the version part of a multipart/encrypted, the parts of a
// report for machines, an invitation that stands beside its own text. A
// signature or a calendar by itself is an attachment.
func (m *Message) Attachments() []*Part {
	files, _ := m.files()
	return files
}

// Inline returns the parts that the HTML refers to: pictures, mostly.
func (m *Message) Inline() []*Part {
	_, inline := m.files()
	return inline
}

// Inlined returns the part that a "cid:" link of the HTML means, or nil. id is
// what follows the colon, as it stands in the link.
func (m *Message) Inlined(id string) *Part {
	id = strings.ToLower(unpercent(id))
	var found *Part
	m.Root.Walk(func(p *Part) bool {
		if found == nil && p.ContentID != "" && strings.ToLower(p.ContentID) == id {
			found = p
		}
		return p.Message == nil // nothing of another message
	})
	return found
}

func (m *Message) files() (files, inline []*Part) {
	var refs references
	m.Root.Walk(func(p *Part) bool {
		switch {
		case p.isMultipart() && len(p.Children) > 0:
			return true
		case p.isProtocol():
		case p.isReferable() && refs.of(m).has(p):
			inline = append(inline, p)
		case p.isAttachment():
			files = append(files, p)
		}
		return false // an attached message is one file
	})
	return files, inline
}

// isAttachment decides about a leaf or an attached message.
func (p *Part) isAttachment() bool {
	if p.parent == nil && p.textual() && p.Disposition != "attachment" {
		return false
	}
	if p.isBody() {
		return p.Filename != "" && p.Type == "text" && !p.inAlternative() && !p.opensMessage()
	}
	return true
}

// isProtocol reports whether p is a part that only programs read.
func (p *Part) isProtocol() bool {
	if p.parent == nil || !p.parent.isMultipart() {
		return false
	}
	switch p.parent.Subtype {
	case "signed":
		return p != p.parent.Children[0] && p.Type == "application" && strings.Contains(p.Subtype, "signature")
	case "encrypted":
		return p.is("application", "pgp-encrypted")
	case "report":
		return p.Type == "message" && !p.isMessage() || p.is("text", "rfc822-headers")
	case "alternative":
		return isCalendar(p) || p.is("text", "x-amp-html") || p.is("application", "ics") && p.parent.Children[0] != p
	}
	return false
}

// isReferable reports whether HTML can show the part in its midst.
func (p *Part) isReferable() bool {
	return (p.ContentID != "" || p.Location != "") && p.Type != "text" && p.Type != "message"
}

// maxLocations bounds how many parts without a Content-ID are looked for in the
// HTML by their Content-Location: each costs a search through it.
const (
	maxLocations = 100
	minLocation  = 5 // bytes; a shorter one is found anywhere
)

// references are what the HTML of a message refers to.
type references struct {
	ready    bool
	html     string // lower case
	cids     map[string]bool
	searches int
}

// of finds the references of m the first time it is asked.
func (r *references) of(m *Message) *references {
	if r.ready {
		return r
	}
	r.ready = true
	r.html = strings.ToLower(m.HTML())
	r.cids = make(map[string]bool)
	for rest := r.html; ; {
		_, after, ok := strings.Cut(rest, "cid:")
		if !ok {
			return r
		}
		end := strings.IndexAny(after[:min(len(after), maxID)], "\"'<> )\t\r\n")
		if end > 0 {
			r.cids[unpercent(strings.ReplaceAll(after[:end], "&amp;", "&"))] = true
		}
		rest = after
	}
}

func (r *references) has(p *Part) bool {
	if p.ContentID != "" && r.cids[strings.ToLower(p.ContentID)] {
		return true
	}
	if len(p.Location) < minLocation || r.searches >= maxLocations {
		return false
	}
	r.searches++
	return strings.Contains(r.html, strings.ToLower(p.Location))
}
