package mailtest

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"
)

// Action is what a Rule does to a connection.
type Action int

const (
	Nothing Action = iota
	Cut            // end both sides in an orderly way (FIN)
	Reset          // abort both sides (RST)
	Freeze         // pass nothing any more, either way, but stay open
	Garble         // flip bits of one byte
	Stall          // pause this direction once, for the Rule's Pause
)

// Direction is a way through the proxy.
type Direction int

const (
	Either Direction = iota // Down for an Action; both for Latency and Rate
	Down                    // server to client
	Up                      // client to server
)

// Rule changes what passes a proxy. Several rules may hold for a connection.
type Rule struct {
	Conn    int // only the connection with this number, from 1; 0: all
	Dir     Direction
	Do      Action
	After   int64 // bytes that pass in the direction before Do
	Pause   time.Duration
	Latency time.Duration // delay of everything, on each way
	Rate    int64         // at most so many bytes a second
	// Deny are commands that the server shall not know, such as "UIDL" of
	// POP3: in lines that begin with one, its first letter becomes "X", so
	// that the server itself refuses it, in its turn.
	Deny []string
}

// holds reports whether the rule has something to do on a way.
func (r Rule) holds(d Direction) bool {
	return r.Dir == d || r.Dir == Either
}

// strikes reports whether the rule's action belongs to a way.
func (r Rule) strikes(d Direction) bool {
	if r.Do == Nothing {
		return false
	}
	return r.Dir == d || r.Dir == Either && d == Down
}

// Chaos makes rules by chance, the same for the same seed and connection.
type Chaos struct {
	Seed     uint64
	P        float64  // chance that a connection is hit at all
	Min, Max int64    // where: Min <= After < Max
	Do       []Action // one of these; default Cut, Reset, Freeze, Garble
}

// Rule returns what happens to a connection, if anything.
func (c Chaos) Rule(conn int) (Rule, bool) {
	r := rand.New(rand.NewPCG(c.Seed, uint64(conn)))
	if r.Float64() >= c.P {
		return Rule{}, false
	}
	actions := c.Do
	if len(actions) == 0 {
		actions = []Action{Cut, Reset, Freeze, Garble}
	}
	rule := Rule{Dir: Down, After: c.Min + r.Int64N(max(1, c.Max-c.Min)), Do: actions[r.IntN(len(actions))]}
	if r.IntN(5) == 0 {
		rule.Dir = Up
		rule.After /= 100 // commands are short
	}
	return rule, true
}

// faultsOn returns the actions for a way, the earliest first.
func faultsOn(rules []Rule, d Direction) []Rule {
	faults := slices.DeleteFunc(slices.Clone(rules), func(r Rule) bool { return !r.strikes(d) })
	slices.SortStableFunc(faults, func(a, b Rule) int { return cmp.Compare(a.After, b.After) })
	return faults
}
