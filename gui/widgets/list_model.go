package widgets

import "postrider/gui/theme"

// A RowID names a row, whatever comes and goes around it. No row has the id 0.
type RowID int64

// A ListModel is what a [List] shows. All of it is called on Fyne's goroutine,
// while scrolling too, so it answers from memory: what is not there yet is
// Loading, and the list is told by [List.Update] when it has come.
type ListModel interface {
	// Len is how many rows there are.
	Len() int
	// ID names row i; 0 if that is not known yet.
	ID(i int) RowID
	// Index is where the row of this name is now, or -1. It is asked for the
	// rows that show, the cursor and the anchor.
	Index(id RowID) int
	// Row is what row i says.
	Row(i int) RowData
	// Heads are the groups of rows from the first to the last; nil for none.
	Heads() []ListHead
}

// A ListHead is the title of a group of rows.
type ListHead struct {
	Row  int // the first row of the group
	Text string
}

// A Hit is what a search found in a string: bytes From up to, not including, To.
type Hit struct{ From, To int }

// Where says where a message's bytes are, if not in both places.
type Where uint8

// The places that a row marks.
const (
	EverywhereOrUnknown Where = iota // no mark
	OnServerOnly                     // a cloud
	HereOnly                         // a monitor
)

// RowData is what a row says, ready to be drawn.
type RowData struct {
	Loading bool // nothing is known yet; a quiet placeholder is drawn

	Sender  string // or who takes part, or whom it is to
	Date    string
	Subject string
	Snippet string
	// What a search found in them.
	SenderHits, SubjectHits, SnippetHits []Hit

	Unread    bool
	Starred   bool
	Attached  bool
	Tags      []string // what people call them
	Answered  bool
	Forwarded bool
	Count     int         // messages of the conversation; below 2 it is not shown
	Where     Where       //
	Swatch    theme.Token // the account's colour in views of several; None for no swatch
}

// A ListSelection keeps which rows are selected. It is the owner's, since it is
// what actions work on and knows about rows that were never shown.
type ListSelection interface {
	// Selected says whether row i is.
	Selected(i int) bool
	// Selection counts the selected rows.
	Selection() int
	// Select selects the rows from first to last, both included, in any order.
	Select(first, last int, how SelectHow)
}

// SelectHow is what becomes of the other rows.
type SelectHow uint8

// The ways to select.
const (
	SelectOnly   SelectHow = iota // these and no others
	SelectMore                    // these too
	SelectFewer                   // all that are, without these
	SelectNobody                  // none at all; the rows do not matter
)
