package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// TableColumn is a column of a table.
type TableColumn struct {
	Head   string
	Width  float32      // 0 shares what the others leave
	End    bool         // aligned at its end
	Weight theme.Weight // 0 is regular
	Quiet  bool         // secondary text
}

// TableRow is a row of a table, which may have an action that shows in place of
// the last cell while the pointer or the cursor is on it.
type TableRow struct {
	Cells  []string
	Action string
	Act    func()
}

// A Table shows a few dozen rows at most, on a card; longer lists are a [List].
type Table struct {
	control
	columns []TableColumn
	rows    []TableRow
	over    int // the row under the pointer or the cursor; -1 is none
	onLink  bool
}

const (
	tableHead float32 = 28
	tableRow  float32 = 36
	tableSide float32 = 17 // the outline and 16
	tableGap  float32 = 12
	tableEdge         = theme.Hairline
)

// NewTable is an empty table.
func NewTable(columns ...TableColumn) *Table {
	t := &Table{columns: columns, over: -1}
	t.ringed(theme.RadiusCard)
	t.become(t)
	return t
}

// SetRows replaces the rows.
func (t *Table) SetRows(rows []TableRow) {
	before := len(t.rows)
	t.rows = rows
	if t.over >= len(rows) {
		t.over = -1
	}
	if len(rows) != before {
		t.remeasure()
		return
	}
	t.repaint()
}

// RowBox is where a row lies in the table.
func (t *Table) RowBox(i int) (fyne.Position, fyne.Size) {
	return fyne.NewPos(0, t.top(i)), fyne.NewSize(t.Size().Width, tableRow)
}

// AccessibilityLabel is for Fyne: the row that the cursor is on.
func (t *Table) AccessibilityLabel() string {
	if t.over < 0 {
		return ""
	}
	label := ""
	for _, c := range t.rows[t.over].Cells {
		label += c + ". "
	}
	return label + t.rows[t.over].Action
}

// AccessibilityRole is for Fyne.
func (t *Table) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

func (t *Table) measure() fyne.Size {
	w := 2 * tableSide
	for _, c := range t.columns {
		w += max(c.Width, 60) + tableGap
	}
	return fyne.NewSize(w-tableGap, 2*tableEdge+tableHead+tableRow*float32(len(t.rows)))
}

// widths are those of the columns.
func (t *Table) widths(room float32) []float32 {
	widths := make([]float32, len(t.columns))
	left, growing := room-2*tableSide-tableGap*float32(len(t.columns)-1), 0
	for i, c := range t.columns {
		widths[i] = c.Width
		left -= c.Width
		if c.Width == 0 {
			growing++
		}
	}
	for i, c := range t.columns {
		if c.Width == 0 {
			widths[i] = max(0, left/float32(growing))
		}
	}
	return widths
}

func (t *Table) top(row int) float32 { return tableEdge + tableHead + tableRow*float32(row) }

func (t *Table) paint(s *Sheet) {
	size := t.Size()
	s.Box(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Paper)
	widths := t.widths(size.Width)
	x := tableSide
	for i, c := range t.columns {
		s.Text(x, tableEdge+(tableHead-theme.TextCaption.Line)/2, widths[i], Words{Text: c.Head, Style: theme.TextCaption, Color: theme.Ink3, Align: c.align()})
		x += widths[i] + tableGap
	}
	for i, r := range t.rows {
		y := t.top(i)
		s.HLine(0, y-theme.Hairline, size.Width, theme.Line)
		if i == t.over {
			t.paintHover(s, i, y, size)
		}
		t.paintRow(s, r, y, widths, i == t.over)
	}
	s.Outline(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Hairline, theme.Line)
}

// paintHover fills a row; the last one has the card's corners.
func (t *Table) paintHover(s *Sheet, row int, y float32, size fyne.Size) {
	s.clip(0, y, size.Width, tableRow, func() {
		if row == len(t.rows)-1 {
			s.Box(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Hover)
			return
		}
		s.Box(0, y, size.Width, tableRow-theme.Hairline, 0, theme.Hover)
	})
}

func (c TableColumn) align() Align {
	if c.End {
		return AlignEnd
	}
	return AlignStart
}

func (t *Table) paintRow(s *Sheet, r TableRow, y float32, widths []float32, under bool) {
	x := tableSide
	for i, c := range t.columns {
		words := Words{Style: theme.TextLine, Color: theme.Ink, Align: c.align()}
		if i < len(r.Cells) {
			words.Text = r.Cells[i]
		}
		if c.Weight != 0 {
			words.Style = words.Style.With(c.Weight)
		}
		if c.Quiet {
			words.Color = theme.Ink2
		}
		if under && r.Action != "" && i == len(t.columns)-1 {
			words.Text, words.Style, words.Color = r.Action, theme.TextButton, theme.Accent
		}
		s.Text(x, y+(tableRow-theme.Hairline-theme.TextLine.Line)/2, widths[i], words)
		x += widths[i] + tableGap
	}
}

// linkWidth is how wide the action's place is, from the right edge.
func (t *Table) linkWidth() float32 {
	if t.over < 0 || t.rows[t.over].Action == "" {
		return 0
	}
	return tableSide + TextWidth(t.rows[t.over].Action, theme.TextButton)
}

func (t *Table) at(y float32) int {
	row := int((y - tableEdge - tableHead) / tableRow)
	if y < tableEdge+tableHead || row >= len(t.rows) {
		return -1
	}
	return row
}

func (t *Table) moveTo(row int) {
	row = min(row, len(t.rows)-1)
	if row != t.over {
		t.over = row
		t.repaint()
	}
}

// MouseMoved is for Fyne.
func (t *Table) MouseMoved(e *desktop.MouseEvent) {
	t.moveTo(t.at(e.Position.Y))
	t.onLink = t.linkWidth() > 0 && e.Position.X >= t.Size().Width-t.linkWidth()
}

// MouseOut is for Fyne.
func (t *Table) MouseOut() {
	t.control.MouseOut()
	t.onLink = false
	t.moveTo(-1)
}

// Cursor is for Fyne.
func (t *Table) Cursor() desktop.Cursor {
	if t.onLink {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Tapped acts if the action was hit.
func (t *Table) Tapped(e *fyne.PointEvent) {
	t.moveTo(t.at(e.Position.Y))
	if t.linkWidth() > 0 && e.Position.X >= t.Size().Width-t.linkWidth() {
		t.run()
	}
}

func (t *Table) run() {
	if t.over >= 0 && t.rows[t.over].Act != nil {
		t.rows[t.over].Act()
	}
}

// TypedKey moves the cursor and acts.
func (t *Table) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		t.moveTo(t.over + 1)
	case fyne.KeyUp:
		t.moveTo(max(t.over-1, 0))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.run()
	default:
		t.control.TypedKey(e)
	}
}
