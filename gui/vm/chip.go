package vm

import (
	"fmt"
	"strings"
	"time"

	"postrider/mail/phrase"
	"postrider/mail/query"
)

// Chip is an operator of a search that stands beside the words.
type Chip struct {
	Name  string // "from", "has", "after", "not from"
	Value string // "Ines Moreau", "attachment", "September 2025"

	expr query.Expr
}

// chipOf makes a chip of a part of a query; false for words, and for what has no
// short form.
func chipOf(e query.Expr, style phrase.Style) (Chip, bool) {
	name, value := "", ""
	switch e := e.(type) {
	case query.Text:
		name, value = string(e.Field), e.Value
	case query.Is:
		name, value = "is", string(e.State)
		if e.State == query.Flagged {
			value = "starred"
		}
	case query.Has:
		name, value = "has", string(e.Thing)
	case query.Dated:
		name, value = string(e.Side), whenText(e.When, style)
	case query.Sized:
		name, value = "smaller", phrase.Size(e.Bytes)
		if e.Larger {
			name = "larger"
		}
	case query.In:
		name, value = "in", placeText(e.Mailbox)
	case query.InAccount:
		name, value = "account", e.Account
	case query.Tagged:
		name, value = "tag", e.Tag
	case query.Not:
		c, ok := chipOf(e.Expr, style)
		return Chip{"not " + c.Name, c.Value, query.Expr(e)}, ok
	}
	return Chip{name, value, e}, name != ""
}

// placeText is a mailbox as a chip shows it: without the account's address.
func placeText(name string) string {
	if i := strings.LastIndexByte(name, '@'); i > 0 {
		if _, path, ok := strings.Cut(name[i:], "/"); ok {
			name = path
		}
	}
	if strings.EqualFold(name, "INBOX") || strings.EqualFold(name, "@inbox") {
		return "Inbox"
	}
	return strings.TrimPrefix(name, "@")
}

// whenText is a date of a query as people say it: "September 2025", "7 days ago".
func whenText(w query.When, style phrase.Style) string {
	day := time.Date(w.Year, time.Month(max(1, w.Month)), max(1, w.Day), 12, 0, 0, 0, time.UTC)
	ago := func(unit string) string { return fmt.Sprintf("%s ago", phrase.Things(w.Count, unit, unit+"s")) }
	switch w.Unit {
	case query.InYear:
		return fmt.Sprint(w.Year)
	case query.InMonth:
		return day.Format("January 2006")
	case query.InDay:
		return style.Date(day)
	case query.DaysAgo:
		switch w.Count {
		case 0:
			return "today"
		case 1:
			return "yesterday"
		}
		return ago("day")
	case query.WeeksAgo:
		return ago("week")
	case query.MonthsAgo:
		return ago("month")
	}
	return ago("year")
}

// chips takes the operators out of a text that are complete, and returns what is
// left of it. A text that is more than a row of terms stays as it is.
func chips(text string, style phrase.Style) (found []Chip, rest string) {
	q := query.Parse(text, query.Options{})
	parts, ok := q.Expr.(query.And)
	if !ok {
		parts = query.And{q.Expr}
	}
	var left query.And
	for _, p := range parts {
		if c, ok := chipOf(p, style); ok {
			found = append(found, c)
		} else {
			left = append(left, p)
		}
	}
	if len(found) == 0 || len(q.Notes) > 0 {
		return nil, text
	}
	if len(left) == 0 {
		return found, ""
	}
	return found, query.String(left) + " "
}
