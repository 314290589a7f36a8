package transfer

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// The line that begins a message in an mbox (RFC 4155, appendix A): "From ",
// a sender, and a date as asctime writes it, in UTC.

var fromMark = []byte("From ")

// The senders that we write. Both are as long, so that one can be written over
// the other once the end of the message is known.
const (
	senderNormal  = "MAILER-DAEMON"
	senderUnended = "NO-FINAL-LINE" // the line end before the empty line is not the message's
)

// maxFromLine is the length from which on a "From " line is taken for text.
const maxFromLine = 1000

// formatFrom writes the line with its line feed. No date is the epoch: the
// line has to have one.
func formatFrom(sender string, date time.Time) string {
	if date.IsZero() || date.Year() < 1 || date.Year() > 9999 {
		date = time.Unix(0, 0)
	}
	return fmt.Sprintf("From %s %s\n", sender, date.UTC().Format("Mon Jan _2 15:04:05 2006"))
}

// fromLine is what the line says of its message.
type fromLine struct {
	date    time.Time // zero: unknown
	unended bool
}

// parseFrom reads a line that begins with "From "; dated reports that it has
// what looks like a date, without which it hardly is a separator.
func parseFrom(line []byte) (f fromLine, dated bool) {
	words := strings.Fields(string(bytes.TrimPrefix(line, fromMark)))
	f.unended = len(words) > 0 && words[0] == senderUnended
	for i, w := range words {
		if !isWeekday(w) {
			continue
		}
		if date, ok := parseFromDate(words[i:]); ok {
			if date.Unix() != 0 {
				f.date = date
			}
			return f, true
		}
	}
	return f, false
}

func isWeekday(word string) bool {
	word = strings.TrimSuffix(word, ",")
	return len(word) == 3 && strings.Contains(" Mon Tue Wed Thu Fri Sat Sun ", " "+word+" ")
}

// fromLayouts are the dates in the field: asctime with and without a zone on
// either side of the year, Gmail's, and that of mail headers.
var fromLayouts = []string{
	"Mon Jan 2 15:04:05 2006",
	"Mon Jan 2 15:04:05 2006 -0700",
	"Mon Jan 2 15:04:05 2006 MST",
	"Mon Jan 2 15:04:05 MST 2006",
	"Mon Jan 2 15:04:05 -0700 2006",
	"Mon Jan 2 15:04 2006",
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
}

// parseFromDate tries the words as a date, from the longest on: some programs
// write "remote from host" behind it.
func parseFromDate(words []string) (time.Time, bool) {
	for n := min(len(words), 7); n >= 5; n-- {
		text := strings.Join(words[:n], " ")
		for _, layout := range fromLayouts {
			if t, err := time.Parse(layout, text); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// looksLikeField reports whether a line begins as a header field does, or as
// one that was quoted because it begins with "From ".
func looksLikeField(line []byte) bool {
	name, _, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(name) == 0 {
		return bytes.HasPrefix(line, []byte(">From "))
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}
