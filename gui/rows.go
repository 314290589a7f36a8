package gui

import (
	"time"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/query"
)

// rows shows a message list of vm as one of widgets.
type rows struct {
	list    *vm.List
	style   phrase.Style
	now     func() time.Time
	marks   func(client.Row) (vm.Marks, bool)        // what a search found in a row; false: there is none
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
		Count: row.Count, Where: whereOf(row.Kept), Tags: tagsOf(row.Row.Flags),
	}
	if r.marks != nil {
		r.mark(&data, row)
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

// mark shows what a search found in a row.
func (r *rows) mark(data *widgets.RowData, row vm.ListRow) {
	m, ok := r.marks(row.Row)
	if !ok {
		return
	}
	data.SenderHits, data.SubjectHits = hits(m.Who, data.Sender), hits(m.Subject, data.Subject)
	if m.Text != "" {
		data.Snippet = m.Text
	}
	data.SnippetHits = hits(m.Passage, data.Snippet)
}

// hits are the marks that lie in a text.
func hits(spans []query.Span, in string) (list []widgets.Hit) {
	for _, s := range spans {
		if s.From < s.Until && s.Until <= len(in) {
			list = append(list, widgets.Hit{From: s.From, To: s.Until})
		}
	}
	return list
}
