package vm

import (
	"regexp"
	"strings"

	"postrider/mail/message"
)

// withSignature puts one signature in the place of another. Where there was none
// it goes to the end of what the person wrote, in front of the quote.
func withSignature(text string, was, next message.Self) string {
	old, new := signatureBlock(was), signatureBlock(next)
	switch {
	case old == new:
		return text
	case old != "":
		i := strings.Index("\n"+text, "\n"+old)
		if i < 0 {
			return text // the person changed it: it stays
		}
		rest := text[i+len(old):]
		if new == "" {
			return strings.TrimRight(text[:i], "\n") + "\n" + rest
		}
		return text[:i] + new + rest
	}
	at := quoteStart(text)
	head, tail := strings.TrimRight(text[:at], "\n"), text[at:]
	if tail != "" {
		tail = "\n" + tail
	}
	return head + "\n\n" + new + tail
}

func signatureBlock(s message.Self) string {
	if strings.TrimSpace(s.Signature) == "" {
		return ""
	}
	return "-- \n" + strings.TrimSpace(s.Signature) + "\n"
}

// quoteStart is where what others wrote begins: at the line that says who, before
// the first quoted one. Without a quote it is the end.
func quoteStart(text string) int {
	at, line := 0, 0
	for l := range strings.SplitAfterSeq(text, "\n") {
		if strings.HasPrefix(l, ">") || strings.HasPrefix(l, "-----") {
			if strings.HasPrefix(l, ">") && strings.HasSuffix(strings.TrimSpace(text[line:at]), ":") {
				return line
			}
			return at
		}
		line = at
		at += len(l)
	}
	return len(text)
}

// ownWords is what of a text the person wrote, without quotes, signature and what
// is passed on.
func ownWords(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case line == "-- ", strings.HasPrefix(line, "----- "), strings.HasPrefix(line, "----------"):
			return b.String()
		case !strings.HasPrefix(line, ">"):
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// attached finds words that say that a file goes along, in languages that many
// write.
var attached = regexp.MustCompile(`(?i)(` + strings.Join([]string{
	`\battach(ed|ment|ments|ing)\b`, `\benclosed\b`,
	`\bim anhang\b`, `\bangeh[aä]ngt`, `\banbei\b`, `\bbeigef[uü]gt`, `\banhängend`, `\bin der anlage\b`,
	`\bci-joint`, `\bci joint`, `\ben pi[eè]ce jointe`, `\bpi[eè]ces? jointes?`,
	`\badjunto`, `\badjunta`, `\ben anexo`, `\bem anexo`, `\banexo`, `\ballegat[oiae]`, `\bin allegato`,
	`\bbijlage`, `\bbijgevoegd`, `\bbifog`, `\bvedlagt`, `\bvedhæft`, `\bliitteenä`,
	`w załączeniu`, `w załączniku`, `v příloze`, `mellékel`, `во вложении`, `прикрепл`, `прилагаю`, `у вкладенні`,
	`\bekte\b`, `ekli dosya`, `添付`, `附件`, `附上`, `첨부`, `مرفق`, `מצורף`, `מצ"ב`,
}, "|") + `)`)

// speaksOfFiles is the words of a text that say that a file goes along, "" if
// there are none.
func speaksOfFiles(text string) string { return attached.FindString(ownWords(text)) }
