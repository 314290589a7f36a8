package message

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"io"
	"strings"
	"time"

	"postrider/mail"
)

// Draft is a message that a person writes. Fill it in, Complete it, and Write
// it: what comes out is 7-bit mail in lines of at most 998 octets, which every
// server passes on as it is.
type Draft struct {
	From    Address
	ReplyTo []Address
	To      []Address
	Cc      []Address
	Bcc     []Address // written too; Wire leaves it out of what is sent
	Subject string

	Text  string // what the person wrote: Markdown, unless Plain
	Plain bool   // send the text alone, as it was written

	Pictures []File // that the text shows: ![…](cid:ID)
	Files    []File // that are attached

	InReplyTo  string   // a Message-ID, without <>
	References []string // the oldest first
	Forwards   string   // the Message-ID of what is forwarded; written into drafts alone, see Unfinished
	Receipt    bool     // ask for a receipt when it is read (RFC 8098)
	Unfinished bool     // a draft to be kept, not to be sent: it may lack recipients

	// Groups are the names of groups with those recipients who came in with them;
	// written into drafts alone: who gets a message need not know of them.
	Groups map[string][]Address

	Date      time.Time // with the sender's zone
	MessageID string    // without <>
}

// File is something to send along. Its bytes are read when the message is
// written, which may be more than once.
type File struct {
	Name      string
	Type      string // media type; "" is application/octet-stream
	ContentID string // of a picture, without <>
	Size      int64  // octets; 0: not known
	Open      func() (io.ReadCloser, error)
}

// FileOf is a File of bytes in memory.
func FileOf(name, mediaType string, data []byte) File {
	return File{Name: name, Type: mediaType, Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

// Complete gives the draft a Date and a Message-ID, if it has none.
func (d *Draft) Complete(now time.Time) {
	if d.Date.IsZero() {
		d.Date = now
	}
	if d.MessageID == "" {
		d.MessageID = NewMessageID(d.From.Addr)
	}
}

// NewMessageID returns a Message-ID, without <>, that tells nothing but the
// domain of an address: no host, no user, no time.
func NewMessageID(addr string) string { return token(20) + "@" + domainOf(addr) }

// NewContentID makes an id of a picture (RFC 2392). It is shorter, as the person
// sees it in the text.
func NewContentID(addr string) string { return token(5) + "@" + domainOf(addr) }

// domainOf is the domain of an address as ids have it.
func domainOf(addr string) string {
	domain := "localhost"
	if at := strings.LastIndexByte(addr, '@'); at >= 0 {
		if ascii, err := asciiDomain(addr[at+1:]); err == nil && ascii != "" && ascii[0] != '[' {
			domain = strings.ToLower(ascii)
		}
	}
	return domain
}

// token is n random bytes as lower-case letters and digits.
func token(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
}

const opWrite = "write the message"

// Check says in one sentence why the draft cannot be written, or sent; kind
// input.
func (d *Draft) Check() error {
	if d.Unfinished {
		return nil
	}
	if d.From.Addr == "" {
		return mail.Errorf(mail.KindInput, opWrite, "the message has no sender")
	}
	for _, list := range [][]Address{{d.From}, d.ReplyTo, d.To, d.Cc, d.Bcc} {
		for _, a := range list {
			if err := a.check(); err != nil {
				return err
			}
		}
	}
	if len(d.Recipients()) == 0 {
		return mail.Errorf(mail.KindInput, opWrite, "the message has no recipient")
	}
	return nil
}

// check is CheckAddress; a name alone is what somebody typed for an address.
func (a Address) check() error {
	if a.Addr == "" {
		return CheckAddress(a.Name)
	}
	return CheckAddress(a.Addr)
}

// Recipients returns every address that the message goes to, each once: for
// the envelope, with domains in ASCII.
func (d *Draft) Recipients() (list []string) {
	seen := map[string]bool{}
	for _, field := range [][]Address{d.To, d.Cc, d.Bcc} {
		for _, a := range field {
			addr := WireAddress(a.Addr)
			if key := strings.ToLower(addr); addr != "" && !seen[key] {
				seen[key] = true
				list = append(list, addr)
			}
		}
	}
	return list
}

// NeedsUTF8 reports whether the message can only go through servers with
// SMTPUTF8 (RFC 6531): an address before its "@" is not ASCII.
func (d *Draft) NeedsUTF8() bool {
	for _, list := range [][]Address{{d.From}, d.ReplyTo, d.To, d.Cc, d.Bcc} {
		for _, a := range list {
			if !isASCII([]byte(WireAddress(a.Addr))) {
				return true
			}
		}
	}
	return false
}

// Bytes is Write into memory.
func (d *Draft) Bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Write writes the message, with CRLF line ends, in flat memory whatever its
// files' size. The error is of kind input for a draft that Check refuses, else
// w's or a file's own.
func (d *Draft) Write(w io.Writer) error {
	if err := d.Check(); err != nil {
		return err
	}
	root := d.tree()
	var h headerWriter
	d.header(&h)
	root.describe(&h)
	if _, err := w.Write(h.end()); err != nil {
		return err
	}
	return root.writeBody(w)
}
