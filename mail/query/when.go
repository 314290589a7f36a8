package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// When is a day, month or year of the calendar, or a day counted back from
// today. It stays relative until it is used, so that a saved search for
// "after:7d" means the last week on every day.
type When struct {
	Unit  Unit
	Count int // Ago units: how many; else unused
	Year  int // calendar units: 1–9999
	Month int // InMonth and InDay: 1–12
	Day   int // InDay: 1–31
}

// Unit is what a When counts in.
type Unit string

// The units: three of the calendar, four that count back from today.
const (
	InYear    Unit = "year"
	InMonth   Unit = "month"
	InDay     Unit = "day"
	DaysAgo   Unit = "d"
	WeeksAgo  Unit = "w"
	MonthsAgo Unit = "m"
	YearsAgo  Unit = "y"
)

// Range returns the first moment of the When and the first after it, in the
// time zone of now. What counts back is one whole day.
func (w When) Range(now time.Time) (from, until time.Time) {
	zone := now.Location()
	switch w.Unit {
	case InYear:
		return time.Date(w.Year, 1, 1, 0, 0, 0, 0, zone), time.Date(w.Year+1, 1, 1, 0, 0, 0, 0, zone)
	case InMonth:
		m := time.Month(w.Month)
		return time.Date(w.Year, m, 1, 0, 0, 0, 0, zone), time.Date(w.Year, m+1, 1, 0, 0, 0, 0, zone)
	}
	y, m, d := w.date(now)
	return time.Date(y, m, d, 0, 0, 0, 0, zone), time.Date(y, m, d+1, 0, 0, 0, 0, zone)
}

func (w When) date(now time.Time) (int, time.Month, int) {
	y, m, d := now.Date()
	switch w.Unit {
	case InDay:
		return w.Year, time.Month(w.Month), w.Day
	case WeeksAgo:
		return y, m, d - 7*w.Count
	case MonthsAgo:
		return monthsBack(y, m, d, w.Count)
	case YearsAgo:
		return monthsBack(y, m, d, 12*w.Count)
	}
	return y, m, d - w.Count
}

// monthsBack keeps the day where the month has it: a month before 31 March is
// the last of February, not the third of March.
func monthsBack(y int, m time.Month, d, n int) (int, time.Month, int) {
	m -= time.Month(n)
	last := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return y, m, min(d, last)
}

// String writes the When as ParseWhen reads it.
func (w When) String() string {
	switch {
	case w.Unit == InYear:
		return fmt.Sprintf("%04d", w.Year)
	case w.Unit == InMonth:
		return fmt.Sprintf("%04d-%02d", w.Year, w.Month)
	case w.Unit == InDay:
		return fmt.Sprintf("%04d-%02d-%02d", w.Year, w.Month, w.Day)
	case w.Unit == DaysAgo && w.Count == 0:
		return "today"
	case w.Unit == DaysAgo && w.Count == 1:
		return "yesterday"
	}
	return strconv.Itoa(w.Count) + string(w.Unit)
}

// ParseWhen reads 2026, 2026-03, 2026-03-05 (also with slashes or dots),
// today, yesterday, and 7d, 2w, 3m, 1y for days, weeks, months and years ago.
func ParseWhen(s string) (When, bool) {
	s = strings.ToLower(s)
	switch s {
	case "today":
		return When{Unit: DaysAgo}, true
	case "yesterday":
		return When{Unit: DaysAgo, Count: 1}, true
	}
	if w, ok := parseAgo(s); ok {
		return w, true
	}
	return parseCalendar(strings.NewReplacer("/", "-", ".", "-").Replace(s))
}

// maxAgoDigits bounds counts: more than 99999 days would be before the calendar.
const maxAgoDigits = 5

func parseAgo(s string) (When, bool) {
	if len(s) < 2 || len(s) > maxAgoDigits+1 {
		return When{}, false
	}
	n, ok := digits(s[:len(s)-1])
	unit := Unit(s[len(s)-1:])
	switch unit {
	case DaysAgo, WeeksAgo, MonthsAgo, YearsAgo:
		return When{Unit: unit, Count: n}, ok
	}
	return When{}, false
}

func parseCalendar(s string) (When, bool) {
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return When{}, false
	}
	units := []Unit{InYear, InMonth, InDay}
	w := When{Unit: units[len(parts)-1], Month: 1, Day: 1}
	for i, field := range []*int{&w.Year, &w.Month, &w.Day}[:len(parts)] {
		n, ok := digits(parts[i])
		if !ok || n == 0 || i > 0 && len(parts[i]) > 2 {
			return When{}, false
		}
		*field = n
	}
	t := time.Date(w.Year, time.Month(w.Month), w.Day, 0, 0, 0, 0, time.UTC)
	if t.Month() != time.Month(w.Month) || t.Day() != w.Day {
		return When{}, false
	}
	return w.trim(), true
}

// trim clears what the unit does not use, so that equal dates are equal values.
func (w When) trim() When {
	if w.Unit == InYear {
		w.Month = 0
	}
	if w.Unit != InDay {
		w.Day = 0
	}
	return w
}

// digits is strconv.Atoi for short ASCII digits only: no sign, no overflow.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 9 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}
