package widgets

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestGeometryFindsEveryRowAgain(t *testing.T) {
	g := geometry{rows: 40, row: 72, head: 28, at: []int{0, 3, 4, 39}, foot: 60}
	var y int64
	for i := range g.rows {
		if slices.Contains(g.at, i) {
			if got, inside := g.rowAt(y + 5); got != i || inside {
				t.Errorf("at the head of row %d: row %d, inside %v", i, got, inside)
			}
			y += g.head
		}
		if g.top(i) != y {
			t.Fatalf("row %d begins at %d, want %d", i, g.top(i), y)
		}
		for _, dy := range []int64{0, 35, 71} {
			if got, inside := g.rowAt(y + dy); got != i || !inside {
				t.Errorf("at %d: row %d, inside %v; want row %d", y+dy, got, inside, i)
			}
		}
		y += g.row
	}
	if got, inside := g.rowAt(y); got != 39 || inside {
		t.Errorf("in the foot: row %d, inside %v", got, inside)
	}
	if g.total() != y+60 {
		t.Errorf("total %d, want %d", g.total(), y+60)
	}
}

func TestGeometryIsExactAtTheMillionthRow(t *testing.T) {
	g := geometry{rows: 1_000_000, row: 72, head: 28}
	for i := 0; i < g.rows; i += 1000 {
		g.at = append(g.at, i)
	}
	want := int64(999_999)*72 + 1000*28
	if got := g.top(999_999); got != want {
		t.Errorf("the last row begins at %d, want %d", got, want)
	}
	for range 10_000 {
		i := rand.IntN(g.rows)
		if got, inside := g.rowAt(g.top(i)); got != i || !inside {
			t.Fatalf("row %d was found as %d, inside %v", i, got, inside)
		}
		if got, inside := g.rowAt(g.top(i) + 71); got != i || !inside {
			t.Fatalf("the last pixel of row %d was found in row %d, inside %v", i, got, inside)
		}
	}
}

func TestGeometryOfAnEmptyListHasNoRow(t *testing.T) {
	g := geometry{row: 72, head: 28}
	if i, _ := g.rowAt(10); i != -1 {
		t.Errorf("row %d", i)
	}
	if from, to := g.span(0, 800); from != 0 || to != 0 {
		t.Errorf("span %d to %d", from, to)
	}
}

func TestSpanHoldsWhatShows(t *testing.T) {
	g := geometry{rows: 100, row: 72, head: 28, at: []int{0, 2}}
	for _, c := range []struct {
		y, h     int64
		from, to int
	}{
		{0, 28, 0, 1},   // the head of row 0 alone
		{0, 100, 0, 1},  // head and row 0
		{0, 101, 0, 2},  // a pixel of row 1
		{100, 72, 1, 2}, // row 1 alone
		{172, 28, 2, 3}, // the head of row 2
		{0, 10000, 0, 100} /* more than there is */} {
		if from, to := g.span(c.y, c.h); from != c.from || to != c.to {
			t.Errorf("span(%d, %d) = %d, %d; want %d, %d", c.y, c.h, from, to, c.from, c.to)
		}
	}
}
