package faulttest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A kind of fault befalls one call, or all from one on.
var kinds = []struct {
	name string
	of   func(c call) bool // which calls it can befall
	then fault
	on   bool // it goes on from there
}{
	{"kill", func(c call) bool { return c.changes || c.on == "" }, fault{kill: true}, false},
	{"kill in a write", func(c call) bool { return strings.HasSuffix(c.name, "write64") || c.name == "write" }, fault{kill: true, torn: true}, false},
	{"EIO", func(c call) bool { return c.on != "" }, fault{err: syscall.EIO}, false},
	{"ENOSPC", func(c call) bool { return c.on != "" && c.changes }, fault{err: syscall.ENOSPC}, false},
	{"EIO from then on", func(c call) bool { return c.on != "" && c.changes }, fault{err: syscall.EIO}, true},
	{"ENOSPC from then on", func(c call) bool { return c.on != "" && takesRoom(c) }, fault{err: syscall.ENOSPC}, true},
}

// takesRoom reports that a call fails on a full disk.
func takesRoom(c call) bool {
	switch c.name {
	case "write", "pwrite64", "writev", "fallocate", "mkdir", "mkdirat", "open", "openat":
		return c.changes
	}
	return false
}

// TestCalls lets a fault befall each system call of a small sync, in turn.
func TestCalls(t *testing.T) {
	server := dovecot(t)
	for _, s := range scenes(4) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s := s.lay(t, server)
			s.rehearse(t)
			for _, k := range kinds {
				t.Run(k.name, func(t *testing.T) { s.befallEach(t, k.of, k.then, k.on) })
			}
		})
	}
}

// sample is how many calls of each kind are tried unless all are.
const sample = 2

// choose returns which of so many calls are to be tried.
func choose(total int) (list []int) {
	if *every {
		for n := range total {
			list = append(list, n)
		}
		return list
	}
	random := rand.New(rand.NewPCG(*seed, uint64(total)))
	for i := range sample {
		list = append(list, (i*total+random.IntN(total))/sample)
	}
	return list
}

func (s *staged) befallEach(t *testing.T, of func(call) bool, then fault, on bool) {
	total := s.count(t, of)
	sum := tally{}
	for _, n := range choose(total) {
		s.restore(t)
		struck := s.befallOne(t, n, of, then, on, sum)
		if problems := s.settled(t, s.want); len(problems) > 0 {
			sum["DISAGREES"]++
			t.Errorf("after a fault at call %d, %v:", n, struck)
			report(t, problems)
		}
	}
	t.Logf("%d of about %d calls: %v", sum["tried"], total, sum)
}

// count tells how many calls a sync makes.
func (s *staged) count(t *testing.T, of func(call) bool) (n int) {
	t.Helper()
	s.restore(t)
	tr := tracer{program: s.program, befall: func(c call) fault {
		if of(c) {
			n++
		}
		return fault{}
	}}
	e, err := tr.run("", "sync")
	if err != nil {
		skipUntraced(t, err)
	}
	if e.code != 0 {
		t.Fatalf("the sync fails with nothing but being traced: %d %s%s", e.code, e.out, e.err)
	}
	return n
}

// skipUntraced skips the test where processes may not be traced: in containers
// with a strict seccomp profile, say.
func skipUntraced(t *testing.T, err error) {
	t.Helper()
	if strings.Contains(err.Error(), syscall.EPERM.Error()) {
		t.Skip("tracing a process is not permitted here: ", err)
	}
	t.Fatal(err)
}

// befallOne lets the fault befall call n of a sync, which it returns, and judges
// how that ends.
func (s *staged) befallOne(t *testing.T, n int, of func(call) bool, then fault, on bool, sum tally) (struck *call) {
	tr := tracer{program: s.program, befall: func(c call) fault {
		if !of(c) {
			return fault{}
		}
		n--
		if n == -1 {
			struck = &c
		}
		if n == -1 || n < 0 && on {
			return then
		}
		return fault{}
	}}
	e, err := tr.run("", "sync", "--json")
	if err != nil {
		t.Fatal(err)
	}
	if struck == nil {
		sum["ended before"]++
		return nil
	}
	sum["tried"]++
	sum[outcome(e)]++
	if problem := unfit(e, then); problem != "" {
		sum["UNFIT"]++
		t.Errorf("%v: %s: exit code %d after %v\n%s%s", struck, problem, e.code, e.took.Round(time.Millisecond), e.out, e.err)
	}
	return struck
}

// unfit tells what is wrong with how the program ended.
func unfit(e ending, then fault) string {
	switch {
	case then.kill && e.code < 0:
		return ""
	case e.crashed():
		return "crashed"
	case e.took >= patience:
		return "hung"
	case e.code == 0:
		return "" // it was nothing that mattered
	case e.code != 1 && e.code != 3:
		return "unexpected exit code"
	case !slices.Contains(e.failures(), "disk"):
		return "not told as a fault of the disk"
	case len(e.failures()) > 1:
		return "told more than once"
	}
	return ""
}

func outcome(e ending) string {
	switch {
	case e.code < 0:
		return "killed"
	case e.code == 0:
		return "went on"
	}
	return fmt.Sprintf("exit %d %s", e.code, strings.Join(e.failures(), "+"))
}

// tally counts how runs ended.
type tally map[string]int

func (t tally) String() string {
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(t)) {
		if key != "tried" {
			parts = append(parts, fmt.Sprintf("%d %s", t[key], key))
		}
	}
	return strings.Join(parts, ", ")
}
