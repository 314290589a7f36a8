package message

import (
	"slices"
	"strings"
	"time"
)

// header writes the fields that are not about the body.
func (d *Draft) header(h *headerWriter) {
	if !d.Date.IsZero() {
		h.field("Date", d.Date.Format(time.RFC1123Z))
	}
	h.addresses("From", []Address{d.From})
	h.addresses("Reply-To", d.ReplyTo)
	d.recipients(h, "To", d.To)
	d.recipients(h, "Cc", d.Cc)
	d.recipients(h, "Bcc", d.Bcc)
	h.text("Subject", d.Subject)
	h.ids("Message-ID", d.MessageID)
	h.ids("In-Reply-To", d.InReplyTo)
	h.ids("References", capReferences(d.References)...)
	if d.Unfinished {
		h.ids("X-Forwarded-Message-Id", d.Forwards)
		d.groups(h)
	}
	if d.Receipt {
		h.addresses("Disposition-Notification-To", []Address{d.From})
	}
	h.field("MIME-Version", "1.0")
}

// maxWrittenReferences is how many ids a message names: the first, which holds
// the thread together, and the last ones. More has been seen to break servers.
const maxWrittenReferences = 40

func capReferences(ids []string) []string {
	if len(ids) <= maxWrittenReferences {
		return ids
	}
	return append(slices.Clone(ids[:1]), ids[len(ids)-maxWrittenReferences+1:]...)
}

// lineLength is where header lines are folded; RFC 5322 2.1.1 allows 998.
const lineLength = 76

// headerWriter writes header fields, folded.
type headerWriter struct{ b strings.Builder }

// end is the header with the empty line after it.
func (h *headerWriter) end() []byte { return []byte(h.b.String() + "\r\n") }

// field writes a value that needs no folding.
func (h *headerWriter) field(name, value string) { h.b.WriteString(name + ": " + value + "\r\n") }

// words writes a field of tokens, folded between them. Each but the first is
// written after a blank.
func (h *headerWriter) words(name string, tokens []string) {
	if len(tokens) == 0 {
		return
	}
	h.b.WriteString(name + ":")
	at := len(name) + 1
	for i, t := range tokens {
		if i > 0 && at+1+len(t) > lineLength {
			h.b.WriteString("\r\n")
			at = 0
		}
		h.b.WriteString(" " + t)
		at += 1 + len(t)
	}
	h.b.WriteString("\r\n")
}

// text writes unstructured text; nothing is written for none.
func (h *headerWriter) text(name, value string) {
	value = headerText(value)
	if value == "" {
		return
	}
	if !plainText(value) {
		h.words(name, encodeWords(value, len(name)+2))
		return
	}
	h.words(name, strings.Split(value, " "))
}

// ids writes message ids.
func (h *headerWriter) ids(name string, ids ...string) {
	var tokens []string
	for _, id := range ids {
		if id = cleanID(id); id != "" {
			tokens = append(tokens, "<"+id+">")
		}
	}
	h.words(name, tokens)
}

// addresses writes an address list.
func (h *headerWriter) addresses(name string, list []Address) {
	var tokens []string
	at := len(name) + 2
	for _, a := range list {
		more := addressTokens(a, at)
		if len(more) == 0 {
			continue
		}
		if len(tokens) > 0 {
			tokens[len(tokens)-1] += ","
		}
		tokens = append(tokens, more...)
		at = 1
	}
	h.words(name, tokens)
}

// headerText makes one clean line of what a person typed.
func headerText(s string) string { return cleanLine(strings.ToValidUTF8(s, "\ufffd")) }
