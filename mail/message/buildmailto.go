package message

import (
	"strings"

	"postrider/mail"
)

// maxMailto bounds a link, octets; what lies beyond is cut off.
const maxMailto = 1 << 20

// ParseMailto makes a draft of a mailto: link (RFC 6068). Anybody may have
// written it: it fills in what the person then sees, recipients, subject and
// text, and nothing else; it attaches nothing, and sends nothing. ignored names
// the fields that were left out.
func ParseMailto(link string) (d *Draft, ignored []string, err error) {
	link = strings.ToValidUTF8(truncate(strings.TrimSpace(link), maxMailto), "\ufffd")
	if len(link) < 7 || !strings.EqualFold(link[:7], "mailto:") {
		return nil, nil, mail.Errorf(mail.KindInput, "open the link", "this is no mailto: link")
	}
	to, query, _ := strings.Cut(link[7:], "?")
	query, _, _ = strings.Cut(query, "#")
	d = &Draft{To: mailtoAddresses(to)}
	for field := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(field, "=")
		if name = strings.ToLower(unpercent(name)); name == "" {
			continue
		}
		if !d.take(name, value) {
			ignored = append(ignored, truncate(headerText(name), 40))
		}
	}
	return d, ignored, nil
}

// take takes over one field of a link.
func (d *Draft) take(name, value string) bool {
	switch name {
	case "to":
		d.To = append(d.To, mailtoAddresses(value)...)
	case "cc":
		d.Cc = append(d.Cc, mailtoAddresses(value)...)
	case "bcc":
		d.Bcc = append(d.Bcc, mailtoAddresses(value)...)
	case "subject":
		first(&d.Subject, func() string { return truncate(headerText(unpercent(value)), maxSubject) })
	case "in-reply-to":
		first(&d.InReplyTo, func() string { return messageID(unpercent(value)) })
	case "body":
		if d.Text != "" {
			d.Text += "\n"
		}
		d.Text += string(cleanText([]byte(strings.ToValidUTF8(unpercent(value), "\ufffd"))))
	default:
		return false
	}
	return true
}

// mailtoAddresses reads a list in which "%2C" is part of an address and "," is
// not (RFC 6068 2). What a line end would add is no address of the link.
func mailtoAddresses(list string) (all []Address) {
	for one := range strings.SplitSeq(list, ",") {
		text := unpercent(one)
		text, _, _ = strings.Cut(text, "\n")
		text, _, _ = strings.Cut(text, "\r")
		if text = headerText(text); text == "" {
			continue
		}
		if CheckAddress(text) == nil {
			all = append(all, Address{Addr: text})
			continue
		}
		for _, a := range ParseAddresses(text) {
			if a.Addr != "" {
				all = append(all, a)
			}
		}
	}
	return all
}
