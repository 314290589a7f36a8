package sample

import (
	"fmt"
	"html"
	"io/fs"
	"regexp"
	"strings"
)

// html makes the HTML part: by a template of its own, or of the text as a mail
// program writes it ("Html: auto").
func (l *Letter) html() (string, error) {
	name := strings.TrimPrefix(l.source.get("Html"), "only ")
	if name == "auto" {
		return l.autoHTML(), l.filler.err
	}
	page, err := fs.ReadFile(l.set.fsys, "html/"+name+".html")
	if err != nil {
		return "", l.source.errorf("%w", err)
	}
	text := l.rows(string(page))
	text = l.filler.fillHTML(text)
	return l.pictureIDs(text), l.filler.err
}

var loop = regexp.MustCompile(`(?s)\{\{#row\}\}(.*?)\{\{/row\}\}`)

// rows repeats what stands between {{#row}} and {{/row}} for each Row, with
// its columns in {{1}}, {{2}}, …
func (l *Letter) rows(page string) string {
	return loop.ReplaceAllStringFunc(page, func(found string) string {
		pattern := loop.FindStringSubmatch(found)[1]
		var b strings.Builder
		for _, row := range l.source.all("Row") {
			line := pattern
			for i, column := range columns(l.filler.fill(row)) {
				line = strings.ReplaceAll(line, fmt.Sprintf("{{%d}}", i+1), html.EscapeString(column))
			}
			b.WriteString(line)
		}
		return b.String()
	})
}

// pictureIDs gives the inline pictures Content-IDs that no other message has.
func (l *Letter) pictureIDs(page string) string {
	for _, spec := range l.source.all("Inline") {
		name := columns(spec)[0]
		page = strings.ReplaceAll(page, `"cid:`+name+`"`, `"cid:`+l.contentID(name)+`"`)
	}
	return page
}

func (l *Letter) contentID(name string) string { return name + "." + l.MessageID }

// autoHTML is the text the way webmail writes it.
func (l *Letter) autoHTML() string {
	var b strings.Builder
	dir := ""
	if lang := l.lang(); lang == "ar" || lang == "he" {
		dir = ` dir="rtl"`
	}
	fmt.Fprintf(&b, "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body><div%s style=\"font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5\">\n", dir)
	writeQuotes(&b, strings.Split(l.Text, "\n"))
	for _, spec := range l.source.all("Inline") {
		fmt.Fprintf(&b, "<p><img src=\"cid:%s\" alt=\"\" width=\"480\"></p>\n", l.contentID(columns(spec)[0]))
	}
	b.WriteString("</div></body></html>\n")
	return b.String()
}

// writeQuotes writes lines as paragraphs, and what is marked with ">" one
// level deeper, as a quotation.
func writeQuotes(b *strings.Builder, lines []string) {
	for len(lines) > 0 {
		n := 0
		for n < len(lines) && strings.HasPrefix(lines[n], ">") == strings.HasPrefix(lines[0], ">") {
			n++
		}
		if strings.HasPrefix(lines[0], ">") {
			inner := make([]string, n)
			for i, line := range lines[:n] {
				inner[i] = strings.TrimPrefix(line[1:], " ")
			}
			b.WriteString("<blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">\n")
			writeQuotes(b, inner)
			b.WriteString("</blockquote>\n")
		} else {
			writeParagraphs(b, lines[:n])
		}
		lines = lines[n:]
	}
}

var link = regexp.MustCompile(`https://[^\s<>&]+[^\s<>&.,]`)

func writeParagraphs(b *strings.Builder, lines []string) {
	for _, paragraph := range strings.Split(strings.Join(lines, "\n"), "\n\n") {
		paragraph = strings.Trim(paragraph, "\n")
		if paragraph == "" {
			continue
		}
		text := strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>\n")
		b.WriteString("<p>" + link.ReplaceAllString(text, `<a href="$0">$0</a>`) + "</p>\n")
	}
}
