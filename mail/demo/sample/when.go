package sample

import (
	"strconv"
	"strings"
	"time"

	"postrider/mail"
)

// age is how long ago something was: by the clock, or by the calendar.
type age struct {
	ago          time.Duration // with no calendar part: just this long ago
	days, months int
	hour, minute int
	clock        bool
}

// parseAge reads "25m" or "3h" (that long ago) and "2d 16:40", "3w 09:00" or
// "5mo 12:00" (that many days, weeks or months ago, at that time of day).
func parseAge(s string) (a age, err error) {
	amount, at, clock := strings.Cut(s, " ")
	if !clock {
		a.ago, err = time.ParseDuration(amount)
		return a, mail.Wrap(mail.KindBug, opRead, err)
	}
	t, err := time.Parse("15:04", at)
	if err != nil {
		return a, mail.Wrap(mail.KindBug, opRead, err)
	}
	a.clock, a.hour, a.minute = true, t.Hour(), t.Minute()
	return a, a.addCalendar(amount)
}

// addCalendar adds "2d", "3w" or "5mo" to how long ago it was.
func (a *age) addCalendar(amount string) error {
	unit := strings.TrimLeft(amount, "0123456789")
	n, err := strconv.Atoi(strings.TrimSuffix(amount, unit))
	switch {
	case err != nil:
	case unit == "d":
		a.days += n
		return nil
	case unit == "w":
		a.days += 7 * n
		return nil
	case unit == "mo":
		a.months += n
		return nil
	}
	return mail.Errorf(mail.KindBug, opRead, "%q is no span of days, weeks or months", amount)
}

// from returns the moment that lies so far before now.
func (a age) from(now time.Time) time.Time {
	t := now.Add(-a.ago)
	if !a.clock && a.days == 0 && a.months == 0 {
		return t.Truncate(time.Second)
	}
	if !a.clock {
		a.hour, a.minute = t.Hour(), t.Minute()
	}
	month := t.Month() - time.Month(a.months)
	last := time.Date(t.Year(), month+1, 0, 0, 0, 0, 0, t.Location()).Day() // a month before 31 March is 28 February
	return time.Date(t.Year(), month, min(t.Day(), last)-a.days, a.hour, a.minute, 0, 0, t.Location())
}

// zoned shows t on the sender's clock: "+09:00".
func zoned(t time.Time, zone string) (time.Time, error) {
	if zone == "" {
		return t, nil
	}
	z, err := time.Parse("-07:00", zone)
	if err != nil {
		return t, mail.Wrap(mail.KindBug, opRead, err)
	}
	return t.In(z.Location()), nil
}
