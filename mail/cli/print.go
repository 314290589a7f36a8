package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// line prints one JSON object on a line of its own.
func (a *app) line(v any) {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.Encode(v) // a reader that has gone away ends the program by its signal
}

// print prints text for people on stdout; it must be harmless already.
func (a *app) print(format string, args ...any) { fmt.Fprintf(a.out, format, args...) }

// say tells people something on stderr, on a line of its own.
func (a *app) say(format string, args ...any) {
	a.bar.clear()
	fmt.Fprintf(a.errs, format+"\n", args...)
}

// style is how a cell is shown on a terminal.
type style string

const (
	normal style = ""
	bold   style = "1"
	faint  style = "2"
	red    style = "31"
)

func (a *app) styled(s style, text string) string {
	if s == normal || !a.term.Color {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// column is how the cells of a table's column are set.
type column struct {
	min, max int  // width in cells of the terminal; max 0: as wide as it needs
	right    bool // numbers
}

// table sets rows in columns as wide as their widest cell. Columns are parted by
// two blanks; cells are made harmless, cut with an ellipsis, and never wrapped.
type table struct {
	a       *app
	columns []column
	rows    [][]string
	styles  []style
}

func (a *app) table(columns ...column) *table { return &table{a: a, columns: columns} }

func (t *table) row(s style, cells ...string) {
	for i := range cells {
		cells[i] = plain(cells[i])
	}
	t.rows, t.styles = append(t.rows, cells), append(t.styles, s)
}

func (t *table) print() {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = c.min
		for _, r := range t.rows {
			widths[i] = max(widths[i], uniseg.StringWidth(r[i]))
		}
		if c.max > 0 {
			widths[i] = min(widths[i], c.max)
		}
	}
	if last := len(widths) - 1; t.a.term.Width > 0 {
		widths[last] = min(widths[last], max(10, t.a.term.Width-sum(widths[:last])-2*last))
	}
	for i, r := range t.rows {
		var b strings.Builder
		for j, cell := range r {
			if j > 0 {
				b.WriteString("  ")
			}
			b.WriteString(fit(cell, widths[j], t.columns[j].right))
		}
		t.a.print("%s\n", t.a.styled(t.styles[i], strings.TrimRight(b.String(), " ")))
	}
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

// fit makes a cell exactly width wide.
func fit(s string, width int, right bool) string {
	w := uniseg.StringWidth(s)
	if w > width {
		s, w = cut(s, width)
	}
	pad := strings.Repeat(" ", max(0, width-w))
	if right {
		return pad + s
	}
	return s + pad
}

// cut shortens s to width with an ellipsis, between characters as people see
// them.
func cut(s string, width int) (string, int) {
	var b strings.Builder
	used := 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if used+g.Width() > width-1 {
			break
		}
		b.WriteString(g.Str())
		used += g.Width()
	}
	return b.String() + "…", used + 1
}

// size is a number of octets for people.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000_000:
		return fmt.Sprintf("%.0f kB", float64(n)/1000)
	case n < 1000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// count is a number with its noun: "1 message", "12,345 messages".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "x") {
		return number(n) + " " + noun + "es"
	}
	return number(n) + " " + noun + "s"
}

// number writes n with commas between thousands.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
