package pop_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

var cycles = flag.Int("cycles", 12, "how many faulted syncs each fault gets")

// faults are ways in which a connection ends, or what it carries is spoilt.
var faults = map[string]mailtest.Action{"fin": mailtest.Cut, "rst": mailtest.Reset, "garble": mailtest.Garble}

// TestFaults: delete after download, with every sync broken at a random octet
// either way: nothing is lost, doubled or damaged, and the server ends up empty.
func TestFaults(t *testing.T) {
	s := mailtest.Dovecot(t)
	users := mailtest.Users
	for name, do := range faults {
		user := users[0]
		users = users[1:]
		t.Run(name, func(t *testing.T) {
			proxy := mailtest.Proxy(t, s.POP3)
			o := &oracle{t: t, s: s, user: user, plan: gen.New(gen.Options{N: 12 * (*cycles), User: user, Flat: true}), want: map[[32]byte]int{}}
			c := newClient(t, proxy.Addr, user, "none")
			r := rand.New(rand.NewPCG(1, uint64(do)))
			for range *cycles {
				o.deliver(12)
				proxy.SetRules(mailtest.Rule{Dir: []mailtest.Direction{mailtest.Down, mailtest.Down, mailtest.Up}[r.IntN(3)], Do: do, After: r.Int64N(o.pending())})
				c.worker.Once(t.Context())
				c.check()
			}
			proxy.SetRules()
			if do == mailtest.Garble {
				o.garbled = true
			}
			o.settle(c)
		})
	}
}

// TestQuitCut breaks the session around QUIT, where other programs download
// everything again.
func TestQuitCut(t *testing.T) {
	for _, quit := range []string{"before", "after", "-ERR"} {
		s := newOdd(t)
		c := newClient(t, s.addr, "alice", "none")
		want := ""
		for i := range 10 {
			for j := range 4 {
				n := fmt.Sprintf("m%02d", 4*i+j)
				s.add("u"+n, letterOf(n, 2000))
				want += " " + n
			}
			s.change(func() { s.quit = quit })
			if _, err := c.worker.Once(t.Context()); err == nil {
				t.Errorf("%s: the person is not told", quit)
			}
			if n := s.asked("RETR"); n > 4 {
				t.Errorf("%s: %d messages were downloaded, there were 4 new", quit, n)
			}
		}
		s.change(func() { s.quit = "" })
		c.sync()
		c.sync()
		c.want(want[1:])
		if got := s.left(); got != "" {
			t.Errorf("%s: the server has %q left", quit, got)
		}
	}
}

// TestStops ends the context of syncs here and there.
func TestStops(t *testing.T) {
	s := mailtest.Dovecot(t)
	o := &oracle{t: t, s: s, user: "alice", plan: gen.New(gen.Options{N: 200, Flat: true}), want: map[[32]byte]int{}}
	proxy := mailtest.Proxy(t, s.POP3)
	c := newClient(t, proxy.Addr, "alice", "none")
	for i := range 10 {
		o.deliver(20)
		ctx, cancel := context.WithCancel(t.Context())
		sub, _ := c.store.Subscribe()
		done := make(chan struct{})
		go func() { // ends the sync after so many commits
			defer close(done)
			for range i {
				if _, err := sub.Next(ctx); err != nil {
					return
				}
			}
			cancel()
		}()
		c.worker.Once(ctx)
		cancel()
		<-done
		sub.Close()
	}
	o.settle(c)
}

// oracle knows what was delivered.
type oracle struct {
	t       *testing.T
	s       *mailtest.Server
	user    string
	plan    *gen.Plan
	made    int
	want    map[[32]byte]int
	garbled bool // the network changed octets: what came is not to be compared
}

func (o *oracle) deliver(n int) {
	o.t.Helper()
	var raws [][]byte
	for range n {
		raw := o.plan.Message(o.made).Raw
		if raw[len(raw)-1] != '\n' {
			raw = append(raw, '\n') // POP3 adds it
		}
		raws = append(raws, raw)
		o.want[sha(gen.CRLF(raw))]++
		o.made++
	}
	if err := o.s.Deliver(o.user, raws...); err != nil {
		o.t.Fatal(err)
	}
}

// pending is how many octets lie on the server.
func (o *oracle) pending() (n int64) {
	stored, err := o.s.Messages(o.user, "INBOX")
	if err != nil {
		o.t.Fatal(err)
	}
	for _, m := range stored {
		n += int64(len(m.Raw))
	}
	return n + 2000
}

// settle compares after two clean syncs.
func (o *oracle) settle(c *client) {
	o.t.Helper()
	c.sync()
	c.sync()
	lost, doubled, damaged := 0, 0, 0
	got := c.hashes()
	for hash, n := range o.want {
		switch {
		case got[hash] < n:
			lost++
		case got[hash] > n:
			doubled++
		}
	}
	for hash := range got {
		if o.want[hash] == 0 {
			damaged++
		}
	}
	if !o.garbled && lost+doubled+damaged > 0 || doubled > 0 {
		o.t.Errorf("of %d messages: %d lost, %d doubled, %d damaged", o.made, lost, doubled, damaged)
	}
	if o.garbled && lost > damaged {
		o.t.Errorf("of %d messages %d are lost, and only %d are here with octets that the network changed", o.made, lost, damaged)
	}
	if stored, err := o.s.Messages(o.user, "INBOX"); err != nil || len(stored) > 0 {
		o.t.Errorf("the server has %d messages left (%v)", len(stored), err)
	}
}
