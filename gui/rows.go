package gui

import (
	"time"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/phrase"
)

// rows shows a message list of vm as one of widgets.
type rows struct {
	list    *vm.List
	style   phrase.Style
	now     func() time.Time
	unified func() bool                              // the list shows several accounts
	swatch  func(account mail.AccountID) theme.Token // the colour of an account
}

var (
	_ widgets.ListModel     = (*rows)(nil)
	_ widgets.ListSelection = (*rows)(nil)
)

func (r *rows) Len() int                   { return r.list.Len() }
func (r *rows) ID(i int) widgets.RowID     { return widgets.RowID(r.list.ID(i)) }
func (r *rows) Index(id widgets.RowID) int { return r.list.IndexOf(mail.PlacementID(id)) }
func (r *rows) Selected(i int) bool        { return r.list.Picked(i) }
func (r *rows) Selection() int             { return r.list.PickedCount() }

// Heads are the days.
func (r *rows) Heads() (heads []widgets.ListHead) {
	for _, day := range r.list.Days() {
		heads = append(heads, widgets.ListHead{Row: day.At, Text: day.Title})
	}
	return heads
}

// Row is what row i says.
func (r *rows) Row(i int) widgets.RowData {
	row := r.list.Row(i)
	if row.Loading {
		return widgets.RowData{Loading: true}
	}
	data := widgets.RowData{
		Sender: row.Who, Date: r.style.Short(row.Date, r.now()), Subject: subjectOf(row.Row.Subject), Snippet: row.Row.Snippet,
		Unread: row.Unread, Starred: row.Starred, Attached: row.Attached, Answered: row.Answered, Forwarded: row.Forwarded,
		Count: row.Count, Where: whereOf(row.Kept),
	}
	if r.unified() {
		data.Swatch = r.swatch(row.Row.Account)
	}
	return data
}

func subjectOf(subject string) string {
	if subject == "" {
		return "(no subject)"
	}
	return subject
}

// whereOf marks what is in one place only.
func whereOf(k vm.Keeping) widgets.Where {
	switch k {
	case vm.OnServer:
		return widgets.OnServerOnly
	case vm.OnComputer:
		return widgets.HereOnly
	}
	return widgets.EverywhereOrUnknown
}

// Select changes the selection.
func (r *rows) Select(first, last int, how widgets.SelectHow) {
	switch how {
	case widgets.SelectNobody:
		r.list.PickNone()
	case widgets.SelectOnly:
		r.list.PickRange(first, last, vm.Only)
	case widgets.SelectMore:
		r.list.PickRange(first, last, vm.Also)
	case widgets.SelectFewer:
		r.list.PickRange(first, last, vm.Except)
	}
}
