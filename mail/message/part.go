package message

import "strings"

// Part is a node of the MIME tree: a multipart, an attached message or a leaf.
type Part struct {
	// Path is the part's section as IMAP numbers it (RFC 9051 6.4.5): "1.2".
	// The multipart that makes up a whole message is "TEXT", or "2.TEXT" in
	// the attached message 2.
	Path string

	Type, Subtype string            // lower case; "text", "plain" where nothing usable is said
	Params        map[string]string // of Content-Type; names in lower case, decoded; may be nil
	Charset       string            // as declared, lower case; "" if it is not
	Encoding      string            // Content-Transfer-Encoding, lower case; "" if it is not declared
	Disposition   string            // "attachment", "inline" or ""
	Filename      string            // as the sender wrote it, decoded: not safe as a path, see CleanFilename
	ContentID     string            // without <>
	Location      string            // Content-Location
	Description   string            // Content-Description

	HeaderOffset int64 // where the part's header starts in the message
	Offset       int64 // where its raw body starts
	Length       int64 // of the raw body, without the line end that belongs to the boundary
	Size         int64 // of the body when decoded; exact for kept text, else an estimate

	Text      string // decoded text of a leaf that is text: UTF-8, lines end in "\n", no control characters
	Truncated bool   // Text is only the beginning (caps)
	Flowed    bool   // format=flowed (RFC 3676); Text is left as it came
	DelSp     bool   // delsp=yes, with Flowed

	SniffedType string // what the first bytes say, "" if nothing: "application/x-msdownload"

	Message  *Header // of an attached message whose header was read
	Children []*Part // of a multipart; an attached message has its body as the only child

	parent *Part
}

// MediaType returns "type/subtype".
func (p *Part) MediaType() string { return p.Type + "/" + p.Subtype }

// Walk calls visit for p and everything below it, in order; it leaves out what
// is below a part for which visit returns false.
func (p *Part) Walk(visit func(*Part) bool) {
	if !visit(p) {
		return
	}
	for _, c := range p.Children {
		c.Walk(visit)
	}
}

// Part returns the part with the path, or nil.
func (m *Message) Part(path string) *Part {
	var found *Part
	m.Root.Walk(func(p *Part) bool {
		if p.Path == path {
			found = p
		}
		return found == nil
	})
	return found
}

func (p *Part) is(typ, subtype string) bool { return p.Type == typ && p.Subtype == subtype }

func (p *Part) isMultipart() bool { return p.Type == "multipart" }

// isMessage reports whether p is a whole message; global is RFC 6532's.
func (p *Part) isMessage() bool {
	return p.Type == "message" && (p.Subtype == "rfc822" || p.Subtype == "global")
}

// walkable reports whether the bytes of a container stand in the message as
// they are. RFC 2045 6.4 forbids any other encoding of one.
func (p *Part) walkable() bool { return transferOf(p.Encoding) == identity }

// textual reports whether the leaf p is kept as text: all that calls itself
// text, and the reports of type message/*, but no file sent along.
func (p *Part) textual() bool {
	if p.parent != nil && p.Disposition == "attachment" {
		return false
	}
	switch p.Type {
	case "text":
		return p.Subtype != "rtf"
	case "message":
		return !p.isMessage() || p.walkable()
	case "multipart":
		return true
	}
	return p.is("application", "xhtml+xml")
}

// isHTML reports whether the text of p is HTML.
func (p *Part) isHTML() bool { return p.is("text", "html") || p.is("application", "xhtml+xml") }

// setType takes "type/subtype" apart; what is no type at all is plain text
// (RFC 2045 5.2), which loses nothing.
func (p *Part) setType(value string) {
	typ, subtype, _ := strings.Cut(strings.ToLower(value), "/")
	typ, subtype = strings.TrimSpace(typ), strings.TrimSpace(subtype)
	switch {
	case typ == "multipart" && subtype == "":
		subtype = "mixed"
	case typ == "text" && subtype == "", !isToken(typ), !isToken(subtype):
		typ, subtype = "text", "plain"
	}
	p.Type, p.Subtype = typ, subtype
}

func isToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlnum(c) && strings.IndexByte("!#$%&'*+-.^_`{|}~", c) < 0 {
			return false
		}
	}
	return s != ""
}
