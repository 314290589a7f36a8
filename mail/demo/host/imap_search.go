package host

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	gomessage "github.com/emersion/go-message"
	gomail "github.com/emersion/go-message/mail"

	"postrider/mail"
)

// Search implements imapserver.Session (RFC 9051 6.4.4, RFC 5182 for $).
func (s *session) Search(kind imapserver.NumKind, criteria *imap.SearchCriteria, options *imap.SearchOptions) (*imap.SearchData, error) {
	s.user.mu.Lock()
	all := s.view.pick(imap.UIDSet{{Start: 1, Stop: 0}})
	candidates := make([]candidate, 0, len(all))
	for _, m := range all {
		if !m.gone {
			candidates = append(candidates, candidate{number: m.number, message: m.message, flags: m.Flags})
		}
	}
	criteria = s.view.resolve(criteria)
	s.user.mu.Unlock()

	var numbers imap.SeqSet
	var uids imap.UIDSet
	data := &imap.SearchData{}
	for i := range candidates {
		c := &candidates[i]
		if !c.matches(criteria) {
			continue
		}
		numbers.AddNum(c.number)
		uids.AddNum(imap.UID(c.uid))
		n := c.number
		if kind == imapserver.NumKindUID {
			n = uint32(c.uid)
		}
		if data.Count == 0 {
			data.Min = n
		}
		data.Max = n
		data.Count++
	}
	data.All = numbers
	if kind == imapserver.NumKindUID {
		data.All = uids
	}
	if options.ReturnSave {
		s.user.mu.Lock()
		s.view.saved = uids
		s.user.mu.Unlock()
	}
	return data, nil
}

// resolve turns the sets in criteria into sets of what exists: "*" and "$"
// mean nothing without the view. User.mu is held.
func (v *view) resolve(criteria *imap.SearchCriteria) *imap.SearchCriteria {
	c := *criteria
	c.SeqNum, c.UID = nil, nil
	fixed := func(set imap.NumSet) {
		var uids imap.UIDSet
		for _, m := range v.pick(set) {
			uids.AddNum(imap.UID(m.uid))
		}
		c.UID = append(c.UID, uids)
	}
	for _, set := range criteria.SeqNum {
		fixed(set)
	}
	for _, set := range criteria.UID {
		fixed(set)
	}
	c.Not, c.Or = slices.Clone(c.Not), slices.Clone(c.Or)
	for i := range c.Not {
		c.Not[i] = *v.resolve(&c.Not[i])
	}
	for i := range c.Or {
		c.Or[i] = [2]imap.SearchCriteria{*v.resolve(&c.Or[i][0]), *v.resolve(&c.Or[i][1])}
	}
	return &c
}

// candidate is a message that a search looks at, parsed when first needed.
type candidate struct {
	number uint32
	*message
	flags  mail.Flags
	header *gomail.Header
}

func (c *candidate) matches(q *imap.SearchCriteria) bool {
	return c.inSets(q) && c.hasFlags(q) && c.inTime(q) && c.inSize(q) && c.hasHeaders(q) && c.hasText(q) && c.logic(q)
}

func (c *candidate) inSets(q *imap.SearchCriteria) bool {
	return !slices.ContainsFunc(q.UID, func(set imap.UIDSet) bool { return !set.Contains(imap.UID(c.uid)) })
}

func (c *candidate) hasFlags(q *imap.SearchCriteria) bool {
	for _, f := range q.Flag {
		one := mail.FlagsOf(string(f))
		if one.Empty() || c.flags.Union(one) != c.flags { // \Recent is none of ours
			return false
		}
	}
	for _, f := range q.NotFlag {
		if one := mail.FlagsOf(string(f)); !one.Empty() && c.flags.Union(one) == c.flags {
			return false
		}
	}
	return true
}

func (c *candidate) inTime(q *imap.SearchCriteria) bool {
	if !within(c.Date, q.Since, q.Before) {
		return false
	}
	if q.SentSince.IsZero() && q.SentBefore.IsZero() {
		return true
	}
	sent, err := c.parsed().Date()
	return err == nil && within(sent, q.SentSince, q.SentBefore)
}

// within compares days, whatever the zone (RFC 9051 6.4.4).
func within(t, since, before time.Time) bool {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return (since.IsZero() || !day.Before(since)) && (before.IsZero() || day.Before(before))
}

func (c *candidate) inSize(q *imap.SearchCriteria) bool {
	if q.Larger == 0 && q.Smaller == 0 {
		return true
	}
	size := int64(len(c.Content()))
	return (q.Larger == 0 || size > q.Larger) && (q.Smaller == 0 || size < q.Smaller)
}

func (c *candidate) hasHeaders(q *imap.SearchCriteria) bool {
	for _, h := range q.Header {
		if !contains(c.parsed().FieldsByKey(h.Key), h.Value) {
			return false
		}
	}
	return true
}

func (c *candidate) hasText(q *imap.SearchCriteria) bool {
	for _, text := range q.Text {
		if !entityContains(c.entity(), text, true) {
			return false
		}
	}
	for _, text := range q.Body {
		if !entityContains(c.entity(), text, false) {
			return false
		}
	}
	return true
}

func (c *candidate) logic(q *imap.SearchCriteria) bool {
	for i := range q.Not {
		if c.matches(&q.Not[i]) {
			return false
		}
	}
	for i := range q.Or {
		if !c.matches(&q.Or[i][0]) && !c.matches(&q.Or[i][1]) {
			return false
		}
	}
	return true
}

func (c *candidate) parsed() *gomail.Header {
	if c.header == nil {
		c.header = &gomail.Header{Header: c.entity().Header}
	}
	return c.header
}

func (c *candidate) entity() *gomessage.Entity {
	e, _ := gomessage.Read(bytes.NewReader(c.Content())) // an unknown charset is no reason not to look
	if e == nil {
		e, _ = gomessage.New(gomessage.Header{}, bytes.NewReader(nil))
	}
	return e
}

func contains(fields gomessage.HeaderFields, pattern string) bool {
	for fields.Next() {
		text, err := fields.Text()
		if err != nil {
			text = fields.Value()
		}
		if strings.Contains(strings.ToLower(text), strings.ToLower(pattern)) {
			return true
		}
	}
	return false
}

func entityContains(e *gomessage.Entity, pattern string, header bool) bool {
	if header && contains(e.Header.Fields(), pattern) {
		return true
	}
	if parts := e.MultipartReader(); parts != nil {
		for {
			part, err := parts.NextPart()
			if part == nil || err != nil && !gomessage.IsUnknownCharset(err) && !gomessage.IsUnknownEncoding(err) {
				return false
			}
			if entityContains(part, pattern, header) {
				return true
			}
		}
	}
	kind, _, _ := e.Header.ContentType()
	if !strings.HasPrefix(kind, "text/") && !strings.HasPrefix(kind, "message/") {
		return false
	}
	body, _ := io.ReadAll(e.Body) // what can be read of it
	return bytes.Contains(bytes.ToLower(body), bytes.ToLower([]byte(pattern)))
}
