package cli

import (
	"strconv"
	"strings"
	"time"
)

// clockFrom is the program's clock, shifted by an offset such as +400d, -8h or
// +1d12h; nil where there is no shift.
func clockFrom(offset string) (func() time.Time, error) {
	if offset == "" {
		return nil, nil
	}
	sign, rest := offset[0], offset[1:]
	d, err := span(rest)
	if err != nil || rest == "" || strings.ContainsAny(rest, "+-") || sign != '+' && sign != '-' {
		return nil, usagef("%s=%s is no shift of the clock: write +400d or -8h", envClock, offset)
	}
	if sign == '-' {
		d = -d
	}
	return func() time.Time { return time.Now().Add(d) }, nil
}

// span is time.ParseDuration with days (d) and weeks (w) in front.
func span(s string) (total time.Duration, err error) {
	for _, unit := range []struct {
		name   string
		length time.Duration
	}{{"w", 7 * 24 * time.Hour}, {"d", 24 * time.Hour}} {
		number, rest, found := strings.Cut(s, unit.name)
		if !found {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return 0, err
		}
		total, s = total+time.Duration(n)*unit.length, rest
	}
	if s == "" {
		return total, nil
	}
	d, err := time.ParseDuration(s)
	return total + d, err
}
