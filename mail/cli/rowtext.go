package cli

import (
	"fmt"
	"time"

	"postrider/mail"
	"postrider/mail/client"
)

// rowTable prints messages for people, one a line; with boxes, also where they
// are.
func (a *app) rowTable(rows []client.Row, boxes bool) {
	columns := []column{{right: true}, {}, {max: 10}, {max: 24}}
	if boxes {
		columns = append(columns, column{max: 24})
	}
	t := a.table(append(columns, column{max: 100})...)
	for _, r := range rows {
		cells := []string{fmt.Sprint(r.ID), marks(r), a.when(r.Date), sender(r)}
		if boxes {
			cells = append(cells, r.Path)
		}
		s := normal
		if !r.Flags.Has(mail.Seen) {
			s = bold
		}
		t.row(s, append(cells, subject(r))...)
	}
	t.print()
}

// marks are the flags of a message in three columns: unread, starred or
// answered, attachments.
func marks(r client.Row) string {
	m := []byte("   ")
	if !r.Flags.Has(mail.Seen) {
		m[0] = 'N'
	}
	switch {
	case r.Flags.Has(mail.Flagged):
		m[1] = '*'
	case r.Flags.Has(mail.Answered):
		m[1] = 'r'
	case r.Flags.Has(mail.Forwarded):
		m[1] = 'f'
	}
	if r.Attachments > 0 {
		m[2] = '@'
	}
	return string(m)
}

func sender(r client.Row) string {
	if r.FromName != "" {
		return r.FromName
	}
	return r.FromAddr
}

func subject(r client.Row) string {
	if r.Subject == "" {
		return "(no subject)"
	}
	return r.Subject
}

// when is a date as short as can be: the time of today, the day of this year.
func (a *app) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	now := time.Now()
	if a.now != nil {
		now = a.now()
	}
	t = t.Local()
	switch {
	case t.Format(time.DateOnly) == now.Format(time.DateOnly):
		return t.Format("15:04")
	case t.Year() == now.Year() && t.Before(now):
		return t.Format("02 Jan")
	}
	return t.Format(time.DateOnly)
}
