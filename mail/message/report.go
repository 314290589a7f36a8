package message

import "strings"

// Report is what a machine says of a message that was sent: how its delivery
// went (RFC 3464), or that it was shown (RFC 8098). Anybody can write one: it is
// a claim, not a proof.
type Report struct {
	Read       bool   // a receipt: the message was shown, or thrown away unread
	MessageID  string // of the message it is about, without <>; "" if it does not say
	Subject    string // of that message; "" if it does not say
	Recipients []ReportedRecipient
}

// ReportedRecipient is what became of one recipient.
type ReportedRecipient struct {
	Address string
	Action  string // failed, delayed, delivered, relayed, expanded; of a receipt displayed, deleted, …
	Status  string // RFC 3463: "5.1.1"
	Words   string // the other server's
}

// Failed reports that somebody did not get the message.
func (r *Report) Failed() bool {
	for _, to := range r.Recipients {
		if to.Action == "failed" {
			return true
		}
	}
	return false
}

// maxReported bounds the recipients of a report.
const maxReported = 1000

// Report returns what the message reports, nil if it is no report.
func (m *Message) Report() *Report {
	if !m.Root.is("multipart", "report") {
		return nil
	}
	var r *Report
	m.Root.Walk(func(p *Part) bool {
		switch {
		case r == nil && p.Type == "message" && (p.Subtype == "delivery-status" || p.Subtype == "global-delivery-status"):
			r = deliveryReport(p.Text)
		case r == nil && p.Type == "message" && (p.Subtype == "disposition-notification" || p.Subtype == "global-disposition-notification"):
			r = readReport(p.Text)
		case r != nil && p.Message != nil:
			r.about(p.Message)
		case r != nil && p.is("text", "rfc822-headers"):
			r.about(&ParseHeader([]byte(p.Text)).Header)
		}
		return p.Message == nil
	})
	return r
}

func (r *Report) about(h *Header) {
	first(&r.MessageID, func() string { return h.MessageID })
	first(&r.Subject, func() string { return h.Subject })
}

// blocks are the groups of fields of a report, parted by empty lines.
func blocks(text string) (list []map[string]string) {
	block := map[string]string{}
	for _, f := range rawFields(text + "\n\n") {
		switch {
		case f.name != "":
			if key := strings.ToLower(f.name); block[key] == "" {
				block[key] = displayValue(f.value())
			}
		case len(block) > 0 && len(list) < maxReported:
			list = append(list, block)
			block = map[string]string{}
		}
	}
	return list
}

func deliveryReport(text string) *Report {
	r := &Report{}
	for _, b := range blocks(text) {
		first(&r.MessageID, func() string { return messageID(b["original-message-id"]) })
		to := untyped(b["original-recipient"])
		if final := untyped(b["final-recipient"]); to == "" {
			to = final
		}
		if to == "" {
			continue
		}
		r.Recipients = append(r.Recipients, ReportedRecipient{
			Address: cleanAddr(to), Action: strings.ToLower(b["action"]), Status: b["status"], Words: truncate(untyped(b["diagnostic-code"]), 1000),
		})
	}
	return r
}

func readReport(text string) *Report {
	r := &Report{Read: true}
	for _, b := range blocks(text) {
		first(&r.MessageID, func() string { return messageID(b["original-message-id"]) })
		_, action, _ := strings.Cut(b["disposition"], ";")
		action, _, _ = strings.Cut(action, "/")
		if to := untyped(b["final-recipient"]); to != "" {
			r.Recipients = append(r.Recipients, ReportedRecipient{Address: cleanAddr(to), Action: strings.ToLower(strings.TrimSpace(action))})
		}
	}
	return r
}

// untyped is what stands behind the type of a value: "rfc822; bob@example.org".
func untyped(value string) string {
	if _, after, ok := strings.Cut(value, ";"); ok {
		return strings.Trim(after, " <>")
	}
	return strings.Trim(value, " <>")
}
