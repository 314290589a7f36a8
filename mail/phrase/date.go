package phrase

import (
	"fmt"
	"time"
)

// Style is how a person's system writes dates. The zero value has the day
// before the month and 24 hours.
type Style struct {
	Order  Order
	Hour12 bool // 2:05 PM
	Sunday bool // the week begins on Sunday
}

// Order is the order of day, month and year.
type Order uint8

// The orders.
const (
	DayMonth  Order = iota // 3 March 2026
	MonthDay               // March 3, 2026
	YearFirst              // 2026-03-03
)

// Clock is a time of day: 09:41, or 9:41 AM.
func (s Style) Clock(t time.Time) string {
	if s.Hour12 {
		return t.Format("3:04 PM")
	}
	return t.Format("15:04")
}

// Day is a date of this year, without it: "3 Mar".
func (s Style) Day(t time.Time) string {
	switch s.Order {
	case MonthDay:
		return t.Format("Jan 2")
	case YearFirst:
		return t.Format("01-02")
	}
	return t.Format("2 Jan")
}

// Date is a day of any year: "3 Mar 2025".
func (s Style) Date(t time.Time) string {
	switch s.Order {
	case MonthDay:
		return t.Format("Jan 2, 2006")
	case YearFirst:
		return t.Format("2006-01-02")
	}
	return t.Format("2 Jan 2006")
}

// LongDay is a day within a sentence: "17 March", with the year if it is
// another one.
func (s Style) LongDay(t, now time.Time) string {
	switch {
	case s.Order == YearFirst:
		return t.Format("2006-01-02")
	case s.Order == MonthDay && t.Year() == now.Year():
		return t.Format("January 2")
	case s.Order == MonthDay:
		return t.Format("January 2, 2006")
	case t.Year() == now.Year():
		return t.Format("2 January")
	}
	return t.Format("2 January 2006")
}

// Short is for a column of a list: the time today, the weekday within the last
// six days, the day in this year, else the date. now says in which time zone.
func (s Style) Short(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	switch days := daysBetween(t, now); {
	case days == 0:
		return s.Clock(t)
	case days > 0 && days < 7:
		return t.Format("Mon")
	case t.Year() == now.Year() && days > 0:
		return s.Day(t)
	}
	return s.shortDate(t)
}

// shortDate is a day of any year where there is little room: "9 Dec 25".
func (s Style) shortDate(t time.Time) string {
	switch s.Order {
	case MonthDay:
		return t.Format("1/2/06")
	case YearFirst:
		return t.Format("2006-01-02")
	}
	return t.Format("2 Jan 06")
}

// Medium is for a message among others of its conversation: "Today 08:55",
// "Mon 16:40", "Fri 27 Feb", "27 Feb 2025".
func (s Style) Medium(t, now time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	t = t.In(now.Location())
	switch days := daysBetween(t, now); {
	case days == 0:
		return "Today " + s.Clock(t)
	case days > 0 && days < 7:
		return t.Format("Mon ") + s.Clock(t)
	case t.Year() == now.Year():
		return t.Format("Mon ") + s.Day(t)
	}
	return s.Date(t)
}

// Head is for the head of a message: "Tue 3 March, 09:12".
func (s Style) Head(t, now time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	t = t.In(now.Location())
	return t.Format("Mon ") + s.LongDay(t, now) + ", " + s.Clock(t)
}

// Full says everything: "Tuesday, 3 March 2026, 09:12 (UTC+1)".
func (s Style) Full(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	day := t.Format("Monday, ") + s.LongDay(t, time.Time{})
	return day + ", " + s.Clock(t) + " (" + zone(t) + ")"
}

func zone(t time.Time) string {
	_, offset := t.Zone()
	if offset == 0 {
		return "UTC"
	}
	sign := '+'
	if offset < 0 {
		sign, offset = '−', -offset
	}
	h, m := offset/3600, offset/60%60
	if m == 0 {
		return fmt.Sprintf("UTC%c%d", sign, h)
	}
	return fmt.Sprintf("UTC%c%d:%02d", sign, h, m)
}

// Since is when something began, within a sentence: "14:10" today, "yesterday,
// 14:10", "Monday, 14:10", "3 March".
func (s Style) Since(t, now time.Time) string {
	t = t.In(now.Location())
	switch days := daysBetween(t, now); {
	case days <= 0:
		return s.Clock(t)
	case days == 1:
		return "yesterday, " + s.Clock(t)
	case days < 7:
		return t.Format("Monday, ") + s.Clock(t)
	}
	return s.LongDay(t, now)
}

// Coming is a day ahead, within a sentence: "today", "tomorrow", "on Friday",
// "on 17 March".
func (s Style) Coming(t, now time.Time) string {
	t = t.In(now.Location())
	switch days := -daysBetween(t, now); {
	case days <= 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days < 7:
		return "on " + t.Format("Monday")
	}
	return "on " + s.LongDay(t, now)
}

// Group is the head of a group of a list by date: Today, Yesterday, the days of
// this week by name, "Last week", the months of this year, then the years.
func (s Style) Group(t, now time.Time) string {
	if t.IsZero() {
		return "No date"
	}
	t = t.In(now.Location())
	days, week := daysBetween(t, now), s.weekday(now)
	switch {
	case days < 0:
		return "Later"
	case days == 0:
		return "Today"
	case days == 1:
		return "Yesterday"
	case days <= week:
		return t.Format("Monday")
	case days <= week+7:
		return "Last week"
	case t.Year() == now.Year():
		return t.Format("January")
	}
	return t.Format("2006")
}

// weekday is how many days of the week are over.
func (s Style) weekday(t time.Time) int {
	if s.Sunday {
		return int(t.Weekday())
	}
	return (int(t.Weekday()) + 6) % 7
}

// daysBetween is how many midnights lie between t and now: 0 is today, less is
// to come. Both are in one time zone.
func daysBetween(t, now time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC) }
	return int(day(now).Sub(day(t)).Hours() / 24)
}
