package vm

import (
	"sort"
	"time"

	"postrider/mail/store"
)

// Day is a stretch of a list that belongs together by its dates, up to the next.
type Day struct {
	At    int // its first row
	Title string
}

// days are the stretches of a list, as long as they are right.
type days struct {
	list  []Day
	known bool
	today time.Time // the midnight that they were reckoned from
	timer func()
}

func (d *days) clear() { d.list, d.known = nil, false }

// Days are the stretches of a list by date: today, yesterday, this week, the
// last, then months. A list in another order has none.
func (l *List) Days() []Day {
	today := midnight(l.desk.Now().In(l.zone()))
	if !l.days.known || !l.days.today.Equal(today) {
		l.days.list, l.days.known, l.days.today = l.reckonDays(today), true, today
	}
	return l.days.list
}

func (l *List) reckonDays(today time.Time) (list []Day) {
	if !l.order.dated {
		return nil
	}
	dates := l.order.spine.Dates
	for end := len(dates); end > 0; { // from the newest on, a stretch at a time
		title, from := l.dayOf(today, timeOf(dates[end-1], l.zone()))
		begin := sort.Search(end, func(k int) bool { return dates[k] >= store.StampOf(from.Unix()) })
		at := begin
		if l.order.down {
			at = len(dates) - end
		}
		list = append(list, Day{at, title})
		end = begin
	}
	if !l.order.down {
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
	}
	return list
}

// dayOf is the stretch that a time belongs to, and when that begins.
func (l *List) dayOf(today, at time.Time) (title string, from time.Time) {
	week := weekOf(today, l.desk.Style.Sunday)
	for _, s := range []struct {
		title string
		from  time.Time
	}{
		{"Today", today},
		{"Yesterday", today.AddDate(0, 0, -1)},
		{"This week", week},
		{"Last week", week.AddDate(0, 0, -7)},
	} {
		if !at.Before(s.from) {
			return s.title, s.from
		}
	}
	from = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, at.Location())
	switch {
	case from.Year() == today.Year() && from.Month() == today.Month():
		title = "This month"
	case from.Year() == today.Year():
		title = from.Month().String()
	default:
		title = from.Format("January 2006")
	}
	return title, from
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// weekOf is when the week of a day began.
func weekOf(day time.Time, sunday bool) time.Time {
	back := int(day.Weekday())
	if !sunday {
		back = (back + 6) % 7
	}
	return day.AddDate(0, 0, -back)
}

// watchMidnight has the stretches reckoned anew when the day changes.
func (l *List) watchMidnight() {
	if l.days.timer != nil {
		l.days.timer()
	}
	now := l.desk.Now().In(l.zone())
	l.days.timer = l.desk.After(midnight(now).AddDate(0, 0, 1).Sub(now)+time.Second, func() {
		l.days.timer = nil
		l.watchMidnight()
		l.tell(Delta{Moved: true})
	})
}
