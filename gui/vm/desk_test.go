package vm_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"postrider/gui/vm"
)

// table is a desk whose work waits until the test lets it happen: one thing
// after the other, on the test's goroutine, with a clock of its own.
type table struct {
	vm.Desk
	now    time.Time
	jobs   []func() // given to Go
	posts  []func()
	timers []*timer
}

type timer struct {
	at   time.Time
	fn   func()
	gone bool
}

func newTable() *table {
	t := &table{now: time.Date(2026, 3, 10, 9, 30, 0, 0, time.Local)}
	t.Desk = vm.Desk{
		Go:   func(fn func()) { t.jobs = append(t.jobs, fn) },
		Post: func(fn func()) { t.posts = append(t.posts, fn) },
		Now:  func() time.Time { return t.now },
		After: func(d time.Duration, fn func()) func() {
			tm := &timer{at: t.now.Add(d), fn: fn}
			t.timers = append(t.timers, tm)
			return func() { tm.gone = true }
		},
	}
	return t
}

// settle lets all that was asked for happen.
func (t *table) settle() {
	for len(t.jobs)+len(t.posts) > 0 {
		if len(t.posts) > 0 {
			fn := t.posts[0]
			t.posts = t.posts[1:]
			fn()
			continue
		}
		fn := t.jobs[0]
		t.jobs = t.jobs[1:]
		fn()
	}
}

// pass lets time go by, with the timers that end in it.
func (t *table) pass(d time.Duration) {
	t.settle()
	until := t.now.Add(d)
	for {
		var next *timer
		for _, tm := range t.timers {
			if !tm.gone && !tm.at.After(until) && (next == nil || tm.at.Before(next.at)) {
				next = tm
			}
		}
		if next == nil {
			break
		}
		next.gone = true
		t.now = next.at
		next.fn()
		t.settle()
	}
	t.now = until
}

func TestAskTellsOnlyTheLatestAnswer(t *testing.T) {
	desk := newTable()
	var turn vm.Turn
	var told []int
	for i := range 3 {
		vm.Ask(&desk.Desk, &turn, func(ctx context.Context) (int, error) {
			if i < 2 && ctx.Err() == nil {
				t.Errorf("question %d runs on though a later one was asked", i)
			}
			return i, ctx.Err()
		}, func(n int, err error) { told = append(told, n) })
	}
	desk.settle()
	if len(told) != 1 || told[0] != 2 {
		t.Errorf("told %v, want the last only", told)
	}
	if turn.Busy() {
		t.Error("the turn is busy after its answer")
	}
}

func TestDropTellsNobody(t *testing.T) {
	desk := newTable()
	var turn vm.Turn
	vm.Ask(&desk.Desk, &turn, func(context.Context) (int, error) { return 0, errors.New("lost") }, func(int, error) { t.Error("told") })
	turn.Drop()
	desk.settle()
}
