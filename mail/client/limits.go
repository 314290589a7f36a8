package client

import (
	"encoding/json"
	"maps"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"postrider/accounts"
)

// limits remembers how large a message each outgoing server takes (RFC 1870), as it
// said the last time: whoever writes is told before anything is uploaded. It is of
// use only, and may be lost.
type limits struct {
	mu   sync.Mutex
	read bool
	size map[string]int64 // octets, by server
}

// SendLimit is how large a message an account's outgoing server takes, octets on
// the wire; 0: it does not say, or nobody asked it yet.
func (a *Accounts) SendLimit(acc accounts.Account) int64 {
	if acc.Outgoing == nil {
		return 0
	}
	a.limits.mu.Lock()
	defer a.limits.mu.Unlock()
	return a.knownLimits()[serverKey(acc.Outgoing)]
}

// noteLimit remembers what a server said.
func (a *Accounts) noteLimit(server *accounts.Server, size int64) {
	a.limits.mu.Lock()
	defer a.limits.mu.Unlock()
	known, key := a.knownLimits(), serverKey(server)
	if known[key] == size {
		return
	}
	next := maps.Clone(known)
	next[key] = size
	if size == 0 {
		delete(next, key)
	}
	a.limits.size = next
	if text, err := json.Marshal(next); err == nil {
		replaceFile(a.limitsFile(), text) // without it the next sending says so again
	}
}

func (a *Accounts) knownLimits() map[string]int64 {
	if a.limits.read {
		return a.limits.size
	}
	a.limits.read, a.limits.size = true, map[string]int64{}
	if text, err := os.ReadFile(a.limitsFile()); err == nil && json.Unmarshal(text, &a.limits.size) != nil {
		a.limits.size = map[string]int64{}
	}
	return a.limits.size
}

func (a *Accounts) limitsFile() string { return filepath.Join(a.Dir(), "limits.json") }

// serverKey tells servers apart; another user may have another limit.
func serverKey(s *accounts.Server) string {
	return s.User + " " + net.JoinHostPort(s.Host, strconv.Itoa(s.Port))
}
