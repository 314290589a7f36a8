package sample

import (
	"fmt"
	"strings"
)

// text is the letter's own words and what it quotes of the one before: below
// them, as most people do, or not at all with "Quote: none".
func (l *Letter) text() string {
	if strings.HasPrefix(l.source.get("Html"), "only ") {
		return ""
	}
	text := l.filler.fill(l.source.body)
	if quoted := l.quoted(); quoted != "" {
		text += "\n\n" + l.attribution() + "\n" + quoted
	}
	return text
}

// quoted is the text before with its marks, or "" where nothing is quoted.
func (l *Letter) quoted() string {
	if l.parent == nil || l.source.get("Quote") == "none" || l.parent.Text == "" {
		return ""
	}
	lines := strings.Split(l.parent.Text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ">") {
			lines[i] = ">" + line
		} else {
			lines[i] = strings.TrimRight("> "+line, " ")
		}
	}
	return strings.Join(lines, "\n")
}

// attribution is the line above a quotation, in the writer's language.
func (l *Letter) attribution() string {
	who, at := l.parent.From.Name, l.parent.Date.In(l.Date.Location())
	day := func(layout string) string { return inLanguage(at.Format(layout), l.lang()) }
	switch l.lang() {
	case "de":
		return fmt.Sprintf("Am %s schrieb %s:", day("02.01.2006 um 15:04"), who)
	case "fr":
		return fmt.Sprintf("Le %s, %s a écrit :", day("2 January 2006 à 15:04"), who)
	case "es":
		return fmt.Sprintf("El %s, %s escribió:", day("02/01/2006 a las 15:04"), who)
	case "ru":
		return fmt.Sprintf("%s, %s пишет:", day("02.01.2006 15:04"), who)
	case "ja":
		return fmt.Sprintf("%s %s:", day("2006/01/02 15:04"), who)
	}
	return fmt.Sprintf("On %s, %s wrote:", day("Mon, 2 January 2006 at 15:04"), who)
}

// flowAt is where format=flowed lines are parted (RFC 3676 4.2).
const flowAt = 72

// flowed parts long lines softly: with a blank before the line end, which
// tells the reader to join them again. Quotation marks are kept in front.
func flowed(text string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		marks := line[:len(line)-len(strings.TrimLeft(line, ">"))]
		rest := strings.TrimPrefix(line[len(marks):], " ")
		if line == "-- " { // a signature's dashes are no soft end
			out = append(out, line)
			continue
		}
		out = append(out, flowLine(marks, strings.TrimRight(rest, " "))...)
	}
	return strings.Join(out, "\n")
}

func flowLine(marks, text string) (lines []string) {
	prefix := marks
	if marks != "" {
		prefix += " "
	}
	line := ""
	for _, word := range strings.Split(text, " ") {
		if line != "" && len(prefix)+len(line)+1+len(word) > flowAt {
			lines = append(lines, prefix+stuffed(marks, line)+" ")
			line = word
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, strings.TrimRight(prefix+stuffed(marks, line), " "))
}

// stuffed puts a blank before what would be taken for something else
// (RFC 3676 4.4).
func stuffed(marks, line string) string {
	if marks == "" && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "From ")) {
		return " " + line
	}
	return line
}
