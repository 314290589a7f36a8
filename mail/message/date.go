package message

import (
	"strconv"
	"strings"
	"time"
)

// parseDate reads the date of a mail however it is written: RFC 5322 3.3 with
// what RFC 822 and careless programs make of it, asctime, ISO 8601. It returns
// the zero time for what is no date, for a day that does not exist, and for
// years no mail is from: the time of arrival says more then.
func parseDate(raw string) time.Time {
	d := dateScanner{month: -1, year: -1, day: -1, hour: -1}
	for _, word := range dateWords(raw) {
		d.word(word)
	}
	return d.time()
}

const (
	firstYear = 1971 // before it there was no mail; 1970 is a clock that was never set
	lastYear  = 2099
	maxDate   = 128 // bytes looked at
)

// dateWords cuts a date into words and leaves comments out. It has few words:
// the array keeps them off the heap.
func dateWords(raw string) []string {
	raw = raw[:min(len(raw), maxDate)]
	words := make([]string, 0, 12)
	depth, start := 0, -1
	for i := 0; i <= len(raw); i++ {
		c := byte(' ')
		if i < len(raw) {
			c = raw[i]
		}
		blank := isSpace(c) || c == ',' || c == '(' || c == ')'
		if blank && start >= 0 {
			words = append(words, raw[start:i])
			start = -1
		}
		switch {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case !blank && depth == 0 && start < 0:
			start = i
		}
	}
	return words
}

type dateScanner struct {
	year, month, day  int
	hour, minute, sec int
	zone              int // seconds east of UTC
	pm, am            bool
	bad               bool
}

// word takes the next word for what it can be.
func (d *dateScanner) word(s string) {
	switch {
	case strings.IndexByte(s, ':') > 0:
		d.clock(s)
	case (s[0] == '+' || s[0] == '-') && d.hour >= 0:
		d.zone = zoneOffset(s)
	case isNumber(s):
		d.number(s)
	case s[0] >= '0' && s[0] <= '9':
		d.joined(s)
	default:
		d.name(s)
	}
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// number is a day, or a year once the day is known.
func (d *dateScanner) number(s string) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		d.bad = true
	case d.day < 0 && len(s) <= 2:
		d.day = n
	case d.year < 0:
		d.year = fullYear(n, len(s))
	}
}

// fullYear completes a short year as RFC 5322 4.3 has it.
func fullYear(n, digits int) int {
	switch {
	case digits <= 2 && n < 50:
		return 2000 + n
	case digits <= 3:
		return 1900 + n
	}
	return n
}

// joined is a date in one word: 2024-01-31, 31-Jan-2024, 2024-01-31T10:00 is
// taken apart before.
func (d *dateScanner) joined(s string) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) != 3 {
		return
	}
	switch {
	case len(parts[0]) == 4 && isNumber(parts[1]) && isNumber(parts[2]):
		d.year, _ = strconv.Atoi(parts[0])
		d.month, _ = strconv.Atoi(parts[1])
		d.month--
		d.day, _ = strconv.Atoi(parts[2])
	case isNumber(parts[0]) && monthOf(parts[1]) >= 0 && isNumber(parts[2]):
		d.number(parts[0])
		d.name(parts[1])
		d.number(parts[2])
	}
}

// clock is the time of day, perhaps with a date before it and a zone after it
// in the same word (ISO 8601).
func (d *dateScanner) clock(s string) {
	if date, rest, ok := strings.Cut(s, "T"); ok && len(date) >= 8 {
		d.joined(date)
		s = rest
	}
	if i := strings.IndexAny(s, "+-Z"); i > 0 {
		d.zone = zoneOffset(strings.ReplaceAll(s[i:], ":", ""))
		s = s[:i]
	}
	parts := strings.SplitN(s, ":", 3)
	var n [3]int
	for i, part := range parts {
		part, _, _ = strings.Cut(part, ".") // fractions of a second
		v, err := strconv.Atoi(part)
		d.bad = d.bad || err != nil
		n[i] = v
	}
	d.hour, d.minute, d.sec = n[0], n[1], min(n[2], 60)
}

// name is a month, a zone, AM or PM; a day of the week says nothing new.
func (d *dateScanner) name(s string) {
	if m := monthOf(s); m >= 0 && d.month < 0 {
		d.month = m
		return
	}
	switch strings.ToUpper(s) {
	case "PM":
		d.pm = true
	case "AM":
		d.am = true
	default:
		if offset, ok := zoneNames[strings.ToUpper(s)]; ok {
			d.zone = offset * 3600
		} else if len(s) > 4 && strings.EqualFold(s[:3], "GMT") {
			d.zone = zoneOffset(s[3:])
		}
	}
}

func monthOf(s string) int {
	if len(s) < 3 {
		return -1
	}
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s[:3]))
	if i < 0 || i%3 != 0 {
		return -1
	}
	return i / 3
}

// zoneNames are the zones of RFC 822 5.1 in hours, and some that mail has.
var zoneNames = map[string]int{
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "BST": 1, "JST": 9, "KST": 9,
}

// zoneOffset reads +0130, in seconds; one that cannot be is UTC.
func zoneOffset(s string) int {
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	n, err := strconv.Atoi(strings.Trim(s, "+-:"))
	if err != nil || n > 1459 || n%100 > 59 {
		return 0
	}
	if len(s) <= 3 { // +01
		n *= 100
	}
	return sign * (n/100*3600 + n%100*60)
}

func (d *dateScanner) time() time.Time {
	if d.pm && d.hour < 12 {
		d.hour += 12
	}
	if d.am && d.hour == 12 {
		d.hour = 0
	}
	if d.hour < 0 {
		d.hour = 0
	}
	switch {
	case d.bad, d.month < 0, d.day < 1, d.year < firstYear, d.year > lastYear,
		d.hour > 23, d.minute < 0 || d.minute > 59, d.sec < 0:
		return time.Time{}
	}
	zone := time.UTC
	if d.zone != 0 {
		zone = time.FixedZone("", d.zone)
	}
	t := time.Date(d.year, time.Month(d.month+1), d.day, d.hour, d.minute, d.sec, 0, zone)
	if t.Day() != d.day && d.sec < 60 { // 31 February
		return time.Time{}
	}
	return t
}
