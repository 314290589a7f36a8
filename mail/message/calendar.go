package message

import "strings"

// calendarText turns an invitation (RFC 5545) into the lines that people read:
// what, when, where and the description of each event.
func calendarText(source string) string {
	var b strings.Builder
	source = strings.NewReplacer("\n ", "", "\n\t", "").Replace(source) // RFC 5545 3.1: folded lines
	for row := range strings.SplitSeq(source, "\n") {
		name, value, _ := strings.Cut(row, ":")
		name, _, _ = strings.Cut(name, ";")
		switch strings.ToUpper(name) {
		case "SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION", "COMMENT":
			b.WriteString(unescapeCalendar.Replace(value))
			b.WriteByte('\n')
		}
	}
	if b.Len() == 0 {
		return source
	}
	return b.String()
}

// unescapeCalendar undoes RFC 5545 3.3.11.
var unescapeCalendar = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)
