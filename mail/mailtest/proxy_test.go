package mailtest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// answerer is a server that takes a line and answers with data, then closes.
func answerer(t *testing.T, data []byte) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if _, err := c.Read(make([]byte, 100)); err == nil {
					c.Write(data)
				}
			}()
		}
	}()
	return l.Addr().String()
}

// ask sends a line through a proxy and returns all that comes back.
func ask(t *testing.T, p *FaultProxy) ([]byte, error) {
	t.Helper()
	c, err := net.Dial("tcp", p.Addr)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if _, err := c.Write([]byte("hello\r\n")); err != nil {
		return nil, err
	}
	return io.ReadAll(c)
}

func TestProxyBreaksWhereItIsTold(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789"), 10000)
	target := answerer(t, data)
	garbled := bytes.Clone(data)
	garbled[77] ^= 0x15
	garbled[99999] ^= 0x15
	for name, tc := range map[string]struct {
		rules []Rule
		want  []byte
		err   error
		hits  int
	}{
		"nothing":         {nil, data, nil, 0},
		"cut":             {[]Rule{{Do: Cut, After: 1234}}, data[:1234], nil, 1},
		"cut at the end":  {[]Rule{{Do: Cut, After: 100000}}, data, nil, 1},
		"cut upwards":     {[]Rule{{Do: Cut, After: 2, Dir: Up}}, nil, nil, 1},
		"garble":          {[]Rule{{Do: Garble, After: 99999}, {Do: Garble, After: 77}}, garbled, nil, 2},
		"stall, cut":      {[]Rule{{Do: Stall, After: 10, Pause: time.Millisecond}, {Do: Cut, After: 20}}, data[:20], nil, 2},
		"another conn":    {[]Rule{{Do: Cut, Conn: 2}}, data, nil, 0},
		"latency and cut": {[]Rule{{Latency: time.Millisecond}, {Do: Cut, After: 5}}, data[:5], nil, 1},
		"rate":            {[]Rule{{Rate: 10 << 20, Dir: Down}}, data, nil, 0},
		"reset":           {[]Rule{{Do: Reset}}, nil, syscall.ECONNRESET, 1},
	} {
		t.Run(name, func(t *testing.T) {
			p := Proxy(t, target, tc.rules...)
			got, err := ask(t, p)
			if !errors.Is(err, tc.err) {
				t.Errorf("got error %v, want %v", err, tc.err)
			}
			if !bytes.Equal(got, tc.want) {
				t.Errorf("got %d bytes, want %d, or others", len(got), len(tc.want))
			}
			if c := p.Counters(); c.Hits != tc.hits || c.Conns != 1 {
				t.Errorf("got %+v, want %d hits", c, tc.hits)
			}
		})
	}
}

func TestProxyCounts(t *testing.T) {
	p := Proxy(t, answerer(t, make([]byte, 5000)))
	for range 2 {
		if _, err := ask(t, p); err != nil {
			t.Fatal(err)
		}
	}
	got := p.Counters()
	if got.Conns != 2 || got.Up != 14 || got.Down != 10000 || got.Turns != 2 {
		t.Errorf("got %+v", got)
	}
	p.ResetCounters()
	if got := p.Counters(); got.Conns != 0 || got.Down != 0 {
		t.Errorf("after reset: got %+v", got)
	}
}

func TestFrozenLineIsOpenAndSilent(t *testing.T) {
	p := Proxy(t, answerer(t, make([]byte, 5000)), Rule{Do: Freeze, After: 77})
	c, err := net.Dial("tcp", p.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Write([]byte("hello\r\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(c, make([]byte, 77)); err != nil {
		t.Fatal(err)
	}
	c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if n, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %d bytes, %v, want silence", n, err)
	}
	c.SetReadDeadline(time.Time{})
	p.Kill()
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("after Kill: got %v", err)
	}
}

func TestLatencyAndRateTakeTheirTime(t *testing.T) {
	target := answerer(t, make([]byte, 10000))
	for name, rule := range map[string]Rule{
		"latency": {Latency: 30 * time.Millisecond},
		"rate":    {Rate: 150000, Dir: Down},
		"stall":   {Do: Stall, Pause: 60 * time.Millisecond},
	} {
		start := time.Now()
		got, err := ask(t, Proxy(t, target, rule))
		if took := time.Since(start); err != nil || len(got) != 10000 || took < 60*time.Millisecond {
			t.Errorf("%s: got %d bytes, %v in %v, want 10000 in 60 ms or more", name, len(got), err, took)
		}
	}
}

func TestRefuseAndAcceptAgain(t *testing.T) {
	p := Proxy(t, answerer(t, []byte("hi")))
	p.Refuse()
	if got, err := ask(t, p); err == nil {
		t.Errorf("refused: got %q", got)
	}
	p.Accept()
	if got, err := ask(t, p); err != nil || string(got) != "hi" {
		t.Errorf("accepted: got %q, %v", got, err)
	}
}

func TestChaosIsAFunctionOfTheSeed(t *testing.T) {
	draw := func(seed uint64) (all []Rule) {
		c := Chaos{Seed: seed, P: 0.5, Min: 10, Max: 1 << 20}
		for i := range 50 {
			if r, ok := c.Rule(i); ok {
				all = append(all, r)
			}
		}
		return all
	}
	same := func(a, b []Rule) bool {
		if len(a) != len(b) {
			return false
		}
		for i := range a {
			if a[i].Do != b[i].Do || a[i].After != b[i].After || a[i].Dir != b[i].Dir {
				return false
			}
		}
		return true
	}
	if a := draw(1); !same(a, draw(1)) || same(a, draw(2)) || len(a) < 10 || len(a) > 40 {
		t.Errorf("got %d of 50 connections hit", len(a))
	}
	p := Proxy(t, answerer(t, make([]byte, 5000)))
	p.SetChaos(Chaos{P: 1, Max: 1, Do: []Action{Cut}})
	for range 5 {
		ask(t, p)
	}
	if got := p.Counters().Hits; got != 5 {
		t.Errorf("got %d hits, want 5", got)
	}
}

func TestDeniedCommandIsUnknownToTheServer(t *testing.T) {
	s := Dovecot(t)
	if err := s.Deliver("alice", []byte("Subject: a\n\na\n")); err != nil {
		t.Fatal(err)
	}
	p := Proxy(t, s.POP3, Rule{Deny: []string{"UIDL", "CAPA"}})
	c := dial(t, p.Addr, nil)
	c.line()
	for command, want := range map[string]string{"CAPA": "-ERR", "capa": "-ERR"} {
		if got := c.pop(command); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q", command, got)
		}
	}
	c.pop("USER alice")
	c.pop("PASS alice-secret")
	if got := c.pop("UIDL"); !strings.HasPrefix(got, "-ERR") {
		t.Errorf("UIDL: got %q", got)
	}
	if got := c.pop("STAT"); !strings.HasPrefix(got, "+OK 1 ") {
		t.Errorf("STAT: got %q", got)
	}
}

func BenchmarkProxy(b *testing.B) {
	data := make([]byte, 16<<20)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Write(data)
			c.Close()
		}
	}()
	p := Proxy(b, l.Addr().String())
	b.SetBytes(int64(len(data)))
	for range b.N {
		c, err := net.Dial("tcp", p.Addr)
		if err != nil {
			b.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, c); err != nil || n != int64(len(data)) {
			b.Fatal(n, err)
		}
		c.Close()
	}
}
