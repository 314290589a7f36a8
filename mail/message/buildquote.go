package message

import "strings"

// maxQuoted is how much of a message an answer quotes, octets; nobody answers to
// more line by line.
const maxQuoted = 200 << 10

// answerText is the text of an answer as the person finds it.
func (m *Message) answerText(a *Answer, self Self) string {
	signature := signatureOf(self)
	quote := ""
	if a.Place != NoQuote {
		quote = m.attribution(a) + "\n" + quoteText(withoutSignature(m.written()))
	}
	switch {
	case quote == "":
		return joinBlocks("\n", signature)
	case a.Place == QuoteAbove:
		return joinBlocks(quote, "\n", signature)
	}
	return joinBlocks("\n", signature, quote)
}

// joinBlocks joins the blocks that say something, an empty line between them.
func joinBlocks(blocks ...string) string {
	var said []string
	for _, b := range blocks {
		if b != "" {
			said = append(said, strings.TrimSuffix(b, "\n"))
		}
	}
	return strings.Join(said, "\n\n") + "\n"
}

func signatureOf(self Self) string {
	if strings.TrimSpace(self.Signature) == "" {
		return ""
	}
	return "-- \n" + strings.TrimSpace(self.Signature) + "\n"
}

// NewText is the text of a new message as the person finds it.
func NewText(self Self) string { return joinBlocks("\n", signatureOf(self)) }

func (m *Message) attribution(a *Answer) string {
	name := m.FromLabel()
	if name == "" {
		name = "?"
	}
	if m.Date.IsZero() {
		return name + ":"
	}
	return strings.NewReplacer("{date}", a.date(m), "{name}", name).Replace(a.Words.Wrote)
}

func (a *Answer) date(m *Message) string {
	at := m.Date
	if a.Zone != nil {
		at = at.In(a.Zone)
	}
	return at.Format("Mon, 2 Jan 2006, 15:04")
}

// written is what the message says, as lines that were not broken for the wire.
func (m *Message) written() string {
	var blocks []string
	for _, p := range m.TextParts() {
		text := m.readable(p)
		if p.Flowed && !p.isHTML() {
			text = Unflow(text, p.DelSp)
		}
		if text = strings.Trim(text, "\n"); strings.TrimSpace(text) != "" {
			blocks = append(blocks, text)
		}
	}
	return strings.Join(blocks, "\n\n")
}

// withoutSignature cuts a text at the mark of its signature.
func withoutSignature(text string) string {
	if text == "-- " || strings.HasPrefix(text, "-- \n") {
		return ""
	}
	before, _, _ := strings.Cut(text, "\n-- \n")
	return strings.TrimRight(before, " \n\t")
}

// quoteText puts "> " before each line.
func quoteText(text string) string {
	cut := truncate(text, maxQuoted)
	if len(cut) < len(text) {
		cut += "\n[…]"
	}
	if strings.TrimSpace(cut) == "" {
		return ""
	}
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(cut, "\n"), "\n") {
		b.WriteString(quoted(1, strings.TrimRight(line, " ")) + "\n")
	}
	return b.String()
}
