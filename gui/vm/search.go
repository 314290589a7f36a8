package vm

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/query"
	"postrider/mail/store"
)

// Order is how found messages are sorted.
type Order uint8

// The orders.
const (
	Newest Order = iota
	Oldest
	BySender
	BySize
)

// Search looks through all mail on this computer while the person types.
type Search struct {
	Active bool
	Text   string // what is in the field, beside the chips
	Chips  []Chip

	Rows    []client.Row // found, in order
	More    bool         // there may be others behind them: see Extend
	Busy    bool         // an answer is awaited; what is shown is of the last one
	Order   Order
	Summary string   // "6 messages", "More than 200 messages"
	Notes   []string // what of the query was not understood as meant
	Covered string   // what was looked through, in sentences
	Offer   string   // to ask servers too: see AskServers; "" where they know no more
	Asking  bool     // servers are being asked
	Err     error

	Suggestions []Suggestion // while an operator or a name is typed
	Narrow      []Suggestion // what would narrow what was found

	Changed func()                   // after anything changed; may be nil
	Marked  func([]mail.PlacementID) // after marks of these came; may be nil

	desk   *Desk
	client *client.Client
	roster *Roster

	turn    Turn
	marking Turn
	cover   Turn
	limit   int
	words   []query.Text
	marks   map[mail.PlacementID]Marks
	people  []store.Correspondent
	peopled bool
	covered time.Time
	coverOf []store.Coverage
	waiting int
	narrow  Turn

	servers Turn
	asked   string  // of servers
	sought  *sought // what they told of it
}

// NewSearch makes a search that looks for nothing.
func NewSearch(d *Desk, c *client.Client, r *Roster) *Search {
	return &Search{desk: d, client: c, roster: r, marks: map[mail.PlacementID]Marks{}}
}

// Pages of answers: the first has to be there within a keystroke.
const (
	firstFound = 200
	mostFound  = 5000
)

// Type takes what is in the field now. A term that ends with a space and is an
// operator becomes a chip.
func (s *Search) Type(text string) {
	s.begin()
	s.Text = text
	if strings.HasSuffix(text, " ") {
		s.takeChips()
	}
	s.suggest()
	s.ask(firstFound)
}

// Enter ends the typing of the last term.
func (s *Search) Enter() {
	s.takeChips()
	s.Suggestions = nil
	s.ask(max(s.limit, firstFound))
}

// begin wakes the search up.
func (s *Search) begin() {
	if s.Active {
		return
	}
	s.Active = true
	s.readPeople()
	s.readCoverage()
}

func (s *Search) takeChips() {
	found, rest := chips(s.Text, s.desk.Style)
	s.Chips, s.Text = append(s.Chips, found...), rest
}

// RemoveChip takes a chip away.
func (s *Search) RemoveChip(i int) {
	if i >= 0 && i < len(s.Chips) {
		s.Chips = slices.Delete(s.Chips, i, i+1)
		s.ask(firstFound)
	}
}

// EditChip puts the last chip back into the field as text: Backspace at its
// beginning.
func (s *Search) EditChip() {
	if n := len(s.Chips); n > 0 {
		s.Text = query.String(s.Chips[n-1].expr) + s.Text
		s.Chips = s.Chips[:n-1]
		s.suggest()
		s.ask(firstFound)
	}
}

// Close ends the search and forgets what was found.
func (s *Search) Close() {
	for _, t := range []*Turn{&s.turn, &s.marking, &s.narrow, &s.servers} {
		t.Drop()
	}
	s.Active, s.Text, s.Chips, s.Busy, s.Err = false, "", nil, false, nil
	s.clear()
	s.changed()
}

func (s *Search) clear() {
	s.Rows, s.More, s.Summary, s.Notes, s.Suggestions, s.Narrow, s.words = nil, false, "", nil, nil, nil, nil
	clear(s.marks)
	s.forgetServers()
}

// Query is the whole search as one text, for the command line or to keep.
func (s *Search) Query() string {
	var parts []string
	for _, c := range s.Chips {
		parts = append(parts, query.String(c.expr))
	}
	return strings.TrimLeft(strings.Join(append(parts, s.Text), " "), " ")
}

// Words are what was looked for, for the reader to mark.
func (s *Search) Words() []query.Text { return s.words }

// Sort sorts what was found.
func (s *Search) Sort(o Order) {
	s.Order = o
	if o == Newest {
		s.ask(max(s.limit, firstFound))
		return
	}
	s.ask(mostFound)
}

// Extend looks for more of the same, when the person comes to the end.
func (s *Search) Extend() {
	if s.More && !s.Busy && s.limit < mostFound {
		s.ask(min(4*s.limit, mostFound))
	}
}

// Again looks once more: mail has come meanwhile.
func (s *Search) Again() {
	if s.Active && !s.Busy {
		s.ask(s.limit)
	}
}

func (s *Search) ask(limit int) {
	text := s.Query()
	s.limit = limit
	if strings.TrimSpace(text) == "" {
		s.turn.Drop()
		s.Busy, s.Err = false, nil
		keep := s.Suggestions
		s.clear()
		s.Suggestions = keep
		s.changed()
		return
	}
	s.Busy = true
	words := query.Texts(query.Parse(text, query.Options{AsYouType: true}).Expr)
	sought := s.soughtFor(text)
	Ask(s.desk, &s.turn, func(ctx context.Context) (client.Found, error) {
		if sought != nil {
			return s.client.SearchWith(ctx, text, nil, limit+1, sought.Found)
		}
		return s.client.Seek(ctx, text, nil, limit+1)
	}, func(f client.Found, err error) { s.take(f, err, words, limit) })
	s.changed()
}

func (s *Search) take(f client.Found, err error, words []query.Text, limit int) {
	s.Busy, s.Err = false, err
	if err != nil {
		s.changed()
		return
	}
	s.More = len(f.Rows) > limit
	s.Rows, s.Notes, s.waiting = f.Rows[:min(len(f.Rows), limit)], f.Notes, f.Waiting
	if !slices.Equal(words, s.words) {
		clear(s.marks)
		s.marking.Drop()
		s.words = words
	}
	s.sort()
	s.Summary = phrase.Messages(len(s.Rows))
	switch {
	case s.More:
		s.Summary = "More than " + s.Summary
	case len(s.Rows) == 0:
		s.Summary = "Nothing found"
	}
	s.sayCovered()
	s.narrowing()
	s.changed()
}

func (s *Search) sort() {
	switch s.Order {
	case Oldest:
		slices.Reverse(s.Rows)
	case BySender:
		slices.SortStableFunc(s.Rows, func(a, b client.Row) int {
			return compareNames(cmp.Or(a.FromName, a.FromAddr), cmp.Or(b.FromName, b.FromAddr))
		})
	case BySize:
		slices.SortStableFunc(s.Rows, func(a, b client.Row) int { return cmp.Compare(b.Size, a.Size) })
	}
}

func (s *Search) changed() {
	if s.Changed != nil {
		s.Changed()
	}
}
