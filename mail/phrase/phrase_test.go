package phrase_test

import (
	"testing"
	"time"

	"postrider/mail/phrase"
)

func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{phrase.Count(0), "0"}, {phrase.Count(999), "999"}, {phrase.Count(1204), "1,204"}, {phrase.Count(1234567), "1,234,567"}, {phrase.Count(-1000), "−1,000"},
		{phrase.Messages(1), "1 message"}, {phrase.Messages(0), "0 messages"}, {phrase.Messages(2066), "2,066 messages"},
		{phrase.Size(0), "0 bytes"}, {phrase.Size(1), "1 byte"}, {phrase.Size(999), "999 bytes"}, {phrase.Size(1000), "1 kB"}, {phrase.Size(4217), "4.2 kB"},
		{phrase.Size(9960), "10 kB"}, {phrase.Size(38_400), "38 kB"}, {phrase.Size(999_400), "999 kB"}, {phrase.Size(999_600), "1 MB"},
		{phrase.Size(1_250_000), "1.2 MB"}, {phrase.Size(25_000_000_000), "25 GB"}, {phrase.Size(-5), "0 bytes"},
		{phrase.Speed(1_200_000), "1.2 MB/s"},
		{phrase.Some(nil, 2), ""}, {phrase.Some([]string{"Ada"}, 2), "Ada"}, {phrase.Some([]string{"Ada", "Tomasz"}, 2), "Ada and Tomasz"},
		{phrase.Some([]string{"Ada", "Tomasz", "Ines"}, 2), "Ada, Tomasz and 1 other"}, {phrase.Some([]string{"a", "b", "c", "d"}, 3), "a, b, c and 1 other"},
		{phrase.Sentence("the folder is not empty"), "The folder is not empty."}, {phrase.Sentence("Really?"), "Really?"}, {phrase.Sentence(" "), ""},
		{phrase.Capital("écrit"), "Écrit"}, {phrase.Capital(""), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	zone := time.FixedZone("", 3600)
	now := time.Date(2026, 3, 12, 15, 0, 0, 0, zone) // a Thursday
	at := func(y int, m time.Month, d, h, min int) time.Time { return time.Date(y, m, d, h, min, 0, 0, zone) }
	eu, us, se := phrase.StyleOf("de_DE.UTF-8"), phrase.StyleOf("en_US"), phrase.StyleOf("sv")
	for _, tt := range []struct{ name, got, want string }{
		{"today", eu.Short(at(2026, 3, 12, 9, 5), now), "09:05"},
		{"today, twelve hours", us.Short(at(2026, 3, 12, 0, 5), now), "12:05 AM"},
		{"another zone's yesterday is today here", eu.Short(time.Date(2026, 3, 11, 23, 30, 0, 0, time.UTC), now), "00:30"},
		{"yesterday", eu.Short(at(2026, 3, 11, 23, 59), now), "Wed"},
		{"this week", eu.Short(at(2026, 3, 6, 9, 0), now), "Fri"},
		{"a week ago", eu.Short(at(2026, 3, 5, 9, 0), now), "5 Mar"},
		{"this year, American", us.Short(at(2026, 1, 5, 9, 0), now), "Jan 5"},
		{"this year, Swedish", se.Short(at(2026, 1, 5, 9, 0), now), "01-05"},
		{"last year", eu.Short(at(2025, 12, 31, 9, 0), now), "31 Dec 25"},
		{"to come, this year", eu.Short(at(2026, 3, 20, 9, 0), now), "20 Mar 26"},
		{"none", eu.Short(time.Time{}, now), ""},
		{"last year, American", us.Short(at(2025, 12, 9, 9, 0), now), "12/9/25"},
		{"in a conversation, today", eu.Medium(at(2026, 3, 12, 8, 55), now), "Today 08:55"},
		{"in a conversation, this week", eu.Medium(at(2026, 3, 9, 16, 40), now), "Mon 16:40"},
		{"in a conversation, this year", eu.Medium(at(2026, 2, 27, 16, 40), now), "Fri 27 Feb"},
		{"in a conversation, long ago", us.Medium(at(2024, 3, 3, 9, 12), now), "Mar 3, 2024"},
		{"head of a message", eu.Head(at(2026, 3, 3, 9, 12), now), "Tue 3 March, 09:12"},
		{"head of an old message", us.Head(at(2024, 3, 3, 9, 12), now), "Sun March 3, 2024, 9:12 AM"},
		{"in full", eu.Full(at(2026, 3, 3, 9, 12)), "Tuesday, 3 March 2026, 09:12 (UTC+1)"},
		{"in full, half an hour", eu.Full(time.Date(2026, 3, 3, 9, 12, 0, 0, time.FixedZone("", -12600))), "Tuesday, 3 March 2026, 09:12 (UTC−3:30)"},
		{"since", eu.Since(at(2026, 3, 12, 14, 10), now), "14:10"},
		{"since yesterday", eu.Since(at(2026, 3, 11, 14, 10), now), "yesterday, 14:10"},
		{"since long", eu.Since(at(2025, 3, 11, 14, 10), now), "11 March 2025"},
		{"coming", eu.Coming(at(2026, 3, 17, 9, 0), now), "on Tuesday"},
		{"coming later", us.Coming(at(2026, 3, 27, 9, 0), now), "on March 27"},
		{"coming tomorrow", eu.Coming(at(2026, 3, 13, 0, 1), now), "tomorrow"},
		{"coming, over", eu.Coming(at(2026, 3, 10, 0, 1), now), "today"},
		{"group of this week", eu.Group(at(2026, 3, 9, 9, 0), now), "Monday"},
		{"group of last week", eu.Group(at(2026, 3, 8, 9, 0), now), "Last week"},
		{"group of this week from Sunday", us.Group(at(2026, 3, 8, 9, 0), now), "Sunday"},
		{"group of a month", eu.Group(at(2026, 2, 20, 9, 0), now), "February"},
		{"group of a year", eu.Group(at(2019, 2, 20, 9, 0), now), "2019"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestLocales(t *testing.T) {
	for locale, want := range map[string]phrase.Style{
		"":                {},
		"C":               {},
		"en_GB.UTF-8":     {},
		"en_US.UTF-8":     {Order: phrase.MonthDay, Hour12: true, Sunday: true},
		"zh-Hans-CN":      {Order: phrase.YearFirst},
		"ja":              {Order: phrase.YearFirst, Sunday: true},
		"ca_ES@valencia":  {},
		"sr_RS.UTF-8@lat": {},
	} {
		if got := phrase.StyleOf(locale); got != want {
			t.Errorf("%q: got %+v, want %+v", locale, got, want)
		}
	}
	env := map[string]string{"LANG": "de_DE.UTF-8", "LC_TIME": "en_US.UTF-8"}
	if got := phrase.LocaleOf(func(k string) string { return env[k] }); got != "en_US.UTF-8" {
		t.Errorf("the locale for times is %q", got)
	}
}
