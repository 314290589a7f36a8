package message

import (
	"html"
	"strings"
)

// HTMLOf returns the HTML that goes with what a person wrote: Markdown, but for
// what others wrote. Lines that begin with ">" and all behind the line of a
// forwarded message stand there as they are: nobody's asterisk or angle bracket
// means anything in it. Nothing of HTML passes through; a tag is shown as the
// text it is. Without a family many programs would set it like a book.
func HTMLOf(text string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body style=\"font-family:system-ui,sans-serif\">\n")
	for _, s := range sections(text) {
		switch s.kind {
		case ownText:
			b.WriteString(markdown(s.text))
		case quotedText:
			writeQuote(&b, s.lines())
		case signatureText:
			b.WriteString(`<div dir="auto" style="color:#666666">--<br>` + "\n" + literal(s.text) + "</div>\n")
		case forwardedText:
			b.WriteString(`<div dir="auto">` + literal(s.text) + "</div>\n")
		}
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

type sectionKind int

const (
	ownText sectionKind = iota
	quotedText
	signatureText
	forwardedText
)

// section is a run of lines of one kind.
type section struct {
	kind sectionKind
	text string // lines end in "\n"
}

func (s section) lines() []string { return strings.Split(strings.TrimSuffix(s.text, "\n"), "\n") }

// sections parts a text. A signature reaches to the next quote, a forwarded
// message to the end; within fenced code nothing begins.
func sections(text string) (list []section) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.TrimRight(text, "\n") + "\n"
	kind, fenced, start, at := ownText, false, 0, 0
	end := func(next sectionKind, skip int) {
		if at > start || kind == signatureText {
			list = append(list, section{kind, text[start:at]})
		}
		kind, start = next, at+skip
	}
	for raw := range strings.Lines(text) {
		line := strings.TrimSuffix(raw, "\n")
		switch depth, _ := quoteDepth(line); {
		case kind == forwardedText || fenced:
		case isForwardLine(line):
			end(forwardedText, 0)
		case depth > 0 && kind != quotedText:
			end(quotedText, 0)
		case depth > 0:
		case line == "-- ":
			end(signatureText, len(raw))
		case kind == quotedText:
			end(ownText, 0)
		}
		if kind == ownText && isFence(line) {
			fenced = !fenced
		}
		at += len(raw)
	}
	end(ownText, 0)
	return list
}

// isForwardLine reports the line that stands before a message that was
// forwarded: words between dashes.
func isForwardLine(line string) bool {
	line = strings.TrimSpace(line)
	words := strings.Trim(line, "-")
	left := len(line) - len(strings.TrimLeft(line, "-"))
	right := len(line) - len(strings.TrimRight(line, "-"))
	return left >= 5 && right >= 5 && strings.TrimSpace(words) != "" && words[0] == ' ' && words[len(words)-1] == ' '
}

const quoteStyle = `margin:0 0 0 .8ex;border-left:2px solid #b8b8b8;padding-left:1ex`

// writeQuote writes quoted lines as nested blockquotes.
func writeQuote(b *strings.Builder, lines []string) {
	depth := 0
	var para strings.Builder
	flush := func() {
		if para.Len() > 0 {
			b.WriteString(`<div dir="auto">` + literal(para.String()) + "</div>\n")
			para.Reset()
		}
	}
	for _, line := range lines {
		n, rest := quoteDepth(line)
		n = min(n, maxQuoteDepth)
		if n != depth {
			flush()
		}
		for ; depth < n; depth++ {
			b.WriteString(`<blockquote type="cite" style="` + quoteStyle + "\">\n")
		}
		for ; depth > n; depth-- {
			b.WriteString("</blockquote>\n")
		}
		para.WriteString(rest + "\n")
	}
	flush()
	b.WriteString(strings.Repeat("</blockquote>\n", depth))
}

const maxQuoteDepth = 30

// literal is text as HTML, line by line, with its links to be followed.
func literal(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		if indent := len(line) - len(strings.TrimLeft(line, " ")); indent > 0 {
			b.WriteString(strings.Repeat("&nbsp;", min(indent, 200)))
			line = line[indent:]
		}
		for line != "" {
			before, link, after := cutLink(line)
			b.WriteString(html.EscapeString(before))
			if link != "" {
				l := html.EscapeString(link)
				b.WriteString(`<a href="` + l + `">` + l + `</a>`)
			}
			line = after
		}
		b.WriteString("<br>\n")
	}
	return b.String()
}

// cutLink finds the first link in a line.
func cutLink(line string) (before, link, after string) {
	lower := strings.ToLower(line)
	start := -1
	for _, scheme := range []string{"https://", "http://"} {
		if i := strings.Index(lower, scheme); i >= 0 && (start < 0 || i < start) && len(lower) == len(line) {
			start = i
		}
	}
	if start < 0 {
		return line, "", ""
	}
	end := len(line)
	if i := strings.IndexAny(line[start:], " \t<>\"'`{}|\\^"); i >= 0 {
		end = start + i
	}
	link = strings.TrimRight(line[start:end], ".,;:!?)]*_")
	if strings.Count(link, "(") > strings.Count(link, ")") && strings.HasPrefix(line[start+len(link):], ")") {
		link += ")"
	}
	return line[:start], link, line[start+len(link):]
}
