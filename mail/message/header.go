package message

import (
	"strings"
	"time"
)

// Field is one header field, its value decoded for showing (displayValue).
type Field struct{ Name, Value string }

// Header is what the header of a message says.
type Header struct {
	Fields []Field // all, in order

	From, Sender, ReplyTo, To, Cc, Bcc []Address

	Subject   string
	Date      time.Time // of the Date field, in the sender's zone; zero if missing or impossible
	Received  time.Time // when the last server took it, by the topmost Received field; zero if unknown
	MessageID string    // without <>, like the others

	InReplyTo  string   // the first of In-Reply-To
	References []string // the oldest first

	ListID          string   // RFC 2919, without <>
	ListPost        string   // RFC 2369: the address mail to the list goes to, "" if none
	ListUnsubscribe []string // RFC 2369: the https and mailto links, in order
	OneClick        bool     // RFC 8058: the https link takes a POST and needs no page
	AutoSubmitted   string   // RFC 3834, lower case; "no", or missing: by a person

	Checked *Checked // what a server found about who sent it; nil: none says
}

// Get returns the value of the first field of the name, "" if there is none.
func (h *Header) Get(name string) string {
	for _, f := range h.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Values returns the values of all fields of the name.
func (h *Header) Values(name string) []string {
	var values []string
	for _, f := range h.Fields {
		if strings.EqualFold(f.Name, name) {
			values = append(values, f.Value)
		}
	}
	return values
}

// FromLabel names the senders for a list of messages, "" if there are none.
// All of them: a forger may put the one that is believed first, or last.
func (h *Header) FromLabel() string {
	labels := make([]string, 0, 1)
	for _, a := range h.From[:min(len(h.From), maxLabels)] {
		labels = append(labels, a.Label())
	}
	return strings.Join(labels, ", ")
}

const maxLabels = 10 // senders named in one line

// messageHeader reads the header of a message into h, and what it says of the
// body into p; it returns false if the part ends with it.
func (w *walker) messageHeader(p *Part, h *Header) bool {
	more := w.readHeader()
	block := string(w.header)
	h.Fields = make([]Field, 0, strings.Count(block, "\n")/2+1)
	from := 0
	for name, raw := range fields(block) {
		h.Fields = append(h.Fields, Field{name, displayValue(raw)})
		key := fieldKey(name)
		if key == "from" {
			from++
		}
		w.envelope(h, key, raw)
		p.describe(key, raw)
	}
	if from > 1 || len(h.From) > 1 {
		w.msg.warn(WarnTwoFrom)
	}
	return more
}

// partHeader reads the header of a part.
func (w *walker) partHeader(p *Part) bool {
	more := w.readHeader()
	for name, raw := range fields(string(w.header)) {
		p.describe(fieldKey(name), raw)
	}
	return more
}

// fieldKey returns the lower-case name of a field that means something here,
// "" for any other.
func fieldKey(name string) string {
	var key [len("content-transfer-encoding")]byte
	if len(name) > len(key) {
		return ""
	}
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		key[i] = c
	}
	return fieldKeys[string(key[:len(name)])]
}

var fieldKeys = func() map[string]string {
	keys := make(map[string]string)
	for key := range strings.FieldsSeq(`from sender reply-to to cc bcc subject date received message-id in-reply-to
		references list-id list-post list-unsubscribe list-unsubscribe-post auto-submitted authentication-results content-type
		content-transfer-encoding content-disposition content-id content-location content-description`) {
		keys[key] = key
	}
	return keys
}()

// envelope takes over one field. Of a field that may stand only once the first
// counts, but addresses are put together: none must hide behind another.
func (w *walker) envelope(h *Header, key, raw string) {
	switch key {
	case "from":
		h.From = w.addresses(h.From, raw)
	case "sender":
		h.Sender = w.addresses(h.Sender, raw)
	case "reply-to":
		h.ReplyTo = w.addresses(h.ReplyTo, raw)
	case "to":
		h.To = w.addresses(h.To, raw)
	case "cc":
		h.Cc = w.addresses(h.Cc, raw)
	case "bcc":
		h.Bcc = w.addresses(h.Bcc, raw)
	case "references":
		w.references(h, raw)
	default:
		h.setOnce(key, raw)
	}
}

func (h *Header) setOnce(key, raw string) {
	switch key {
	case "subject":
		first(&h.Subject, func() string { return truncate(displayValue(raw), maxSubject) })
	case "message-id":
		first(&h.MessageID, func() string { return messageID(raw) })
	case "in-reply-to":
		first(&h.InReplyTo, func() string { return messageID(raw) })
	case "list-id":
		first(&h.ListID, func() string { return listID(raw) })
	case "list-post":
		first(&h.ListPost, func() string { return listPost(raw) })
	case "list-unsubscribe-post":
		h.OneClick = h.OneClick || squash(raw) == "listunsubscribeoneclick"
	case "auto-submitted":
		first(&h.AutoSubmitted, func() string { return strings.ToLower(displayValue(raw)) })
	case "authentication-results":
		if h.Checked == nil {
			h.Checked = parseChecked(raw)
		}
	case "list-unsubscribe":
		if h.ListUnsubscribe == nil {
			h.ListUnsubscribe = links(raw)
		}
	case "date":
		if h.Date.IsZero() {
			h.Date = parseDate(raw)
		}
	case "received":
		if h.Received.IsZero() {
			h.Received = parseDate(raw[strings.LastIndexByte(raw, ';')+1:])
		}
	}
}

// first sets s if it says nothing yet.
func first(s *string, value func() string) {
	if *s == "" {
		*s = value()
	}
}

// describe takes over one field that says what a part is.
func (p *Part) describe(key, raw string) {
	switch key {
	case "content-type":
		if p.Params == nil {
			p.setContentType(raw)
		}
	case "content-transfer-encoding":
		first(&p.Encoding, func() string {
			value, _ := fieldParams(raw)
			return strings.ToLower(cleanLine(value))
		})
	case "content-disposition":
		if p.Disposition == "" {
			p.setDisposition(raw)
		}
	case "content-id":
		first(&p.ContentID, func() string { return messageID(raw) })
	case "content-location":
		first(&p.Location, func() string { return displayValue(raw) })
	case "content-description":
		first(&p.Description, func() string { return displayValue(raw) })
	}
}

func (p *Part) setContentType(raw string) {
	value, params := fieldParams(raw)
	if params == nil {
		params = map[string]string{} // not nil: a second Content-Type does not count
	}
	p.setType(value)
	p.Params = params
	p.Charset = strings.ToLower(params["charset"])
	p.Flowed = p.Type == "text" && strings.EqualFold(params["format"], "flowed")
	p.DelSp = p.Flowed && strings.EqualFold(params["delsp"], "yes")
	first(&p.Filename, func() string { return params["name"] })
}

// setDisposition reads Content-Disposition (RFC 2183): whatever is not inline
// is an attachment. Its file name counts more than the one of Content-Type.
func (p *Part) setDisposition(raw string) {
	value, params := fieldParams(raw)
	p.Disposition = "attachment"
	if value = squash(value); value == "inline" || value == "" {
		p.Disposition = "inline"
	}
	if name := params["filename"]; name != "" {
		p.Filename = name
	} else if name := params["name"]; name != "" && p.Filename == "" {
		p.Filename = name
	}
}
