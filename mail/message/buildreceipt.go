package message

import (
	"fmt"
	"io"
	"strings"
	"time"

	"postrider/mail/thread"
)

// ReceiptTo returns who asks for a receipt of the message, nil if nobody may: a
// receipt tells a stranger that an address is read, and when. Of what a list or
// a machine sent, and where the answer would go to others than the one whom the
// message says it is from, none is offered (RFC 8098 2.1).
func (m *Message) ReceiptTo() []Address {
	var to []Address
	for _, name := range []string{"Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To"} {
		if v := m.Get(name); v != "" && to == nil {
			to = unique(ParseAddresses(v))
		}
	}
	automatic := m.AutoSubmitted != "" && m.AutoSubmitted != "no"
	switch {
	case len(to) != 1, m.ListID != "", m.ListPost != "", len(m.ListUnsubscribe) > 0, automatic, m.Report() != nil:
		return nil
	case len(m.From) != 1 || !same(m.From[0].Addr, to[0].Addr):
		return nil
	}
	return to
}

// Receipt is the notice that a message was shown, which the person has agreed to
// send.
type Receipt struct {
	From      Address
	To        Address
	Subject   string // of the message that was shown
	Original  string // its Message-ID
	Date      time.Time
	MessageID string
}

// Receipt makes the receipt of the message; false where ReceiptTo offers none.
func (m *Message) Receipt(own []Self, now time.Time) (*Receipt, bool) {
	to := m.ReceiptTo()
	if len(to) == 0 || len(own) == 0 {
		return nil, false
	}
	self := m.addressee(own)
	return &Receipt{
		From: self.Address, To: to[0], Subject: thread.Topic(m.Subject), Original: m.MessageID,
		Date: now, MessageID: NewMessageID(self.Addr),
	}, true
}

// Write writes the receipt (RFC 8098 3).
func (r *Receipt) Write(w io.Writer) error {
	if err := (&Draft{From: r.From, To: []Address{r.To}}).Check(); err != nil {
		return err
	}
	var h headerWriter
	d := Draft{From: r.From, To: []Address{r.To}, Subject: "Read: " + r.Subject, InReplyTo: r.Original, References: []string{r.Original}, Date: r.Date, MessageID: r.MessageID}
	d.header(&h)
	h.field("Auto-Submitted", "auto-replied")
	text := textNode("text/plain", fmt.Sprintf("Your message to %s was displayed on %s. This says nothing of whether it was read or understood.", r.From.Addr, r.Date.Format("Mon, 2 Jan 2006, 15:04 -0700")))
	var f headerWriter
	f.field("Final-Recipient", "rfc822;"+headerText(WireAddress(r.From.Addr)))
	f.ids("Original-Message-ID", r.Original)
	f.field("Disposition", "manual-action/MDN-sent-manually; displayed")
	notice := &node{mediaType: "message/disposition-notification", encoding: "7bit", text: []byte(strings.TrimSuffix(f.b.String(), "\r\n") + "\r\n")}
	root := multipart("report", text, notice)
	root.params = [][2]string{{"report-type", "disposition-notification"}}
	root.describe(&h)
	if _, err := w.Write(h.end()); err != nil {
		return err
	}
	return root.writeBody(w)
}

// Recipients are whom it goes to.
func (r *Receipt) Recipients() []string { return []string{WireAddress(r.To.Addr)} }
