package wire

import (
	"strconv"
	"strings"

	"postrider/mail"
)

// Extra is what a FETCH response said in items that go-imap does not know. UID
// is 0 where the response had none.
type Extra struct {
	Seq         uint32
	UID         mail.UID
	GmailID     uint64   // X-GM-MSGID; 0: not sent
	GmailThread uint64   // X-GM-THRID; 0: not sent
	Labeled     bool     // X-GM-LABELS was sent
	Labels      []string // its labels in UTF-8: `\Inbox`, "Muy Importante"
	EmailID     string   // RFC 8474 5.1
	ThreadID    string   // RFC 8474 5.2
}

// take keeps the value of an item that go-imap does not know, and reports
// whether it is one of those above.
func (x *Extra) take(name string, v value) bool {
	switch name {
	case "X-GM-MSGID":
		x.GmailID, _ = strconv.ParseUint(string(v.s), 10, 64)
	case "X-GM-THRID":
		x.GmailThread, _ = strconv.ParseUint(string(v.s), 10, 64)
	case "X-GM-LABELS":
		x.Labeled, x.Labels = true, labels(v)
	case "EMAILID":
		x.EmailID = objectID(v)
	case "THREADID":
		x.ThreadID = objectID(v)
	default:
		return false
	}
	return true
}

// labels are Gmail's: atoms, or strings in modified UTF-7.
func labels(v value) []string {
	var names []string
	for _, l := range v.list {
		if len(l.s) > 0 {
			names = append(names, decodeName(string(l.s)))
		}
	}
	return names
}

// objectID reads `(id)` or, where a server forgets the list, `id`.
func objectID(v value) string {
	if v.form == isList && len(v.list) > 0 {
		v = v.list[0]
	}
	return string(v.s)
}

// takeVanished takes `* VANISHED [(EARLIER)] set` out (RFC 7162 3.2.10). A set
// that is none says nothing: what would be read into it would be deleted.
func (c *Conn) takeVanished(p *parser) error {
	earlier := false
	if p.peek() == '(' {
		v, err := p.value()
		if err != nil {
			return err
		}
		earlier = len(v.list) == 1 && strings.EqualFold(string(v.list[0].s), "EARLIER")
	}
	set, ok := parseSet(p.word())
	if !ok || p.peek() != 0 {
		return errSyntax
	}
	if c.opts.OnVanished != nil {
		c.opts.OnVanished(earlier, sortSet(set))
	}
	return nil
}
