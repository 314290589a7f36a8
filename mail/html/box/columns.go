package box

import "slices"

// column is what the cells of one table column ask for (CSS Tables 3, 4.1).
// Widths are in px and include the cells' padding and borders.
type column struct {
	min, max float64
	percent  float64 // of the table's width; below 0: none
	edges    float64 // comes on top of the percentage, in tables with fixed layout
	fixed    bool    // a width was given in px
	merged   bool    // no cell has it for itself, so it takes no part
}

// empty says that nothing in the column has a width.
func (c column) empty() bool { return c.max == 0 }

// auto says that the column has neither a width in px nor in percent.
func (c column) auto() bool { return !c.fixed && c.percent < 0 }

// take widens the column for a cell that is in this column alone. A given width
// replaces the widest line of cells without one, but never their widest word.
func (c *column) take(min, max, percent float64, fixed bool) {
	c.min = larger(c.min, min)
	switch {
	case c.fixed == fixed:
		c.max = larger(c.max, max)
	case c.fixed:
		c.max = larger(c.max, min)
	default:
		c.max = larger(c.min, max)
	}
	c.fixed = c.fixed || fixed
	c.max = larger(c.max, c.min)
	c.percent = larger(c.percent, percent)
}

// span is a cell over several columns.
type span struct {
	from, to         int // columns from ≤ i < to
	min, max         float64
	percent          float64
	fixed            bool    // it has a width in px itself
	gaps             float64 // border spacing between the columns
	scratch, reserve []float64
}

// share lets the columns of a spanning cell grow until they hold it.
func (s span) share(columns []column) {
	columns = columns[s.from:s.to]
	s.sharePercent(columns)
	widths := s.scratch[:len(columns)]
	distribute(larger(0, s.min-s.gaps), columns, true, false, widths)
	copy(s.reserve, widths)
	distribute(larger(0, s.max-s.gaps), columns, s.fixed, false, widths)
	for i := range columns {
		columns[i].min = larger(columns[i].min, s.reserve[i])
		columns[i].max = larger(columns[i].max, larger(columns[i].min, widths[i]))
	}
}

// sharePercent gives the part of the percentage that the columns do not have
// yet to those without one, by their widths.
func (s span) sharePercent(columns []column) {
	if s.percent < 0 {
		return
	}
	rest, open, total := s.percent, 0, 0.0
	for _, c := range columns {
		if c.merged {
			continue
		}
		if c.percent >= 0 {
			rest -= c.percent
			continue
		}
		open++
		total += c.max
	}
	if open == 0 || rest <= 0 {
		return
	}
	for i := range columns {
		c := &columns[i]
		switch {
		case c.percent >= 0 || c.merged:
		case total > 0:
			c.percent = rest * c.max / total
		default:
			c.percent = rest / float64(open)
		}
	}
}

// guesses are the sums of the four widths a column may have, from its widest
// word to its widest line (CSS Tables 3, 4.4).
type guesses struct{ min, percent, specified, max float64 }

func guess(columns []column, target float64) (g guesses) {
	left := 100.0
	for _, c := range columns {
		g.min += c.min
		switch {
		case c.percent >= 0:
			w := larger(c.min, smaller(c.percent, left)/100*target+c.edges)
			left = larger(0, left-c.percent)
			g.percent, g.specified, g.max = g.percent+w, g.specified+w, g.max+w
		case c.fixed:
			g.percent, g.specified, g.max = g.percent+c.min, g.specified+c.max, g.max+c.max
		default:
			g.percent, g.specified, g.max = g.percent+c.min, g.specified+c.min, g.max+c.max
		}
	}
	return g
}

// distribute divides target px among the columns, into widths. must says that
// all of it has to go somewhere; else columns with a width in px keep to it, as
// they do for the lines of a cell over several. With evenly,
// columns without a width share what is left alike, as in tables with fixed
// layout.
func distribute(target float64, columns []column, must, evenly bool, widths []float64) {
	g := guess(columns, target)
	left := 100.0
	for i, c := range columns {
		percent := c.min
		if c.percent >= 0 {
			percent = larger(c.min, smaller(c.percent, left)/100*target+c.edges)
			left = larger(0, left-c.percent)
		}
		widths[i] = between(target, g, c, percent)
	}
	if target > g.max {
		if evenly && give(target-g.max, columns, widths, column.auto, func(column) float64 { return 1 }) {
			return
		}
		surplus(target-g.max, columns, must, widths)
	}
}

// between is the width of one column, on the way between two guesses.
func between(target float64, g guesses, c column, percent float64) float64 {
	switch {
	case target <= g.min:
		return c.min
	case target < g.percent:
		return c.min + (percent-c.min)*(target-g.min)/(g.percent-g.min)
	case c.percent >= 0:
		return percent
	case target < g.specified:
		if c.fixed {
			return c.min + (c.max-c.min)*(target-g.percent)/(g.specified-g.percent)
		}
		return c.min
	case c.fixed || target >= g.max:
		return c.max
	}
	return c.min + (c.max-c.min)*(target-g.specified)/(g.max-g.specified)
}

// surplus gives out what is left when every column has its widest line: to
// columns that asked for nothing first, to percentages last.
func surplus(extra float64, columns []column, must bool, widths []float64) {
	byMax := func(c column) float64 { return c.max }
	byPercent := func(c column) float64 { return c.percent }
	evenly := func(column) float64 { return 1 }
	autos := func(c column) bool { return c.auto() && !c.empty() }
	fixed := func(c column) bool { return c.percent < 0 && c.fixed && !c.empty() }
	emptyAuto := func(c column) bool { return c.auto() && c.empty() }
	percent := func(c column) bool { return c.percent > 0 }
	switch {
	case give(extra, columns, widths, autos, byMax):
	case give(extra, columns, widths, emptyAuto, evenly):
	case must && give(extra, columns, widths, fixed, byMax):
	case give(extra, columns, widths, percent, byPercent):
	case !must && slices.ContainsFunc(columns, fixed):
	default:
		give(extra, columns, widths, func(column) bool { return true }, evenly)
	}
}

// give widens the columns that are of a kind, in proportion to their weights.
// It reports whether there are any.
func give(extra float64, columns []column, widths []float64, kind func(column) bool, weight func(column) float64) bool {
	total := 0.0
	for _, c := range columns {
		if !c.merged && kind(c) {
			total += weight(c)
		}
	}
	if total <= 0 {
		return false
	}
	for i, c := range columns {
		if !c.merged && kind(c) {
			widths[i] += extra * weight(c) / total
		}
	}
	return true
}

// widest is the max-content width of columns together. Percentages ask for a
// table in which the other columns have the rest; where that has no bound, the
// table is as wide as it may be.
func widest(columns []column, percentages bool) float64 {
	var sum, others, byPercent, percents float64
	for _, c := range columns {
		sum += c.max
		if c.percent < 0 {
			others += c.max
			continue
		}
		p := smaller(c.percent, larger(0, 100-percents))
		percents += p
		if p > 0 {
			byPercent = larger(byPercent, c.max*100/p)
		}
	}
	if !percentages || percents == 0 {
		return sum
	}
	switch {
	case others > 0 && percents >= 100:
		byPercent = widestTable
	case others > 0:
		byPercent = larger(byPercent, others*100/(100-percents))
	}
	return larger(sum, smaller(byPercent, widestTable))
}

// widestTable is the bound of what percentages may ask for.
const widestTable = 1e6

func larger(a, b float64) float64 {
	if a > b {
		return a
	}
	return b
}

func smaller(a, b float64) float64 {
	if a < b {
		return a
	}
	return b
}
