package gen

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Manifest is the truth about written messages, to compare a client with.
// Sizes are in bytes of the CRLF form.
type Manifest struct {
	Seed      uint64            `json:"seed"`
	Messages  int               `json:"messages"`
	Bytes     int64             `json:"bytes"`
	Median    int64             `json:"median"`
	Mean      int64             `json:"mean"`
	Max       int64             `json:"max"`
	Threads   int               `json:"threads"`
	Mailboxes map[string]*Count `json:"mailboxes"`
	// Probes tells for some words, and a phrase, exactly how many messages
	// have them in a subject or text part.
	Probes map[string]int `json:"probes"`
	// Sum is that of all messages: see Sum.
	Sum string `json:"sum"`
}

// Count is what a mailbox holds.
type Count struct {
	Messages int   `json:"messages"`
	Bytes    int64 `json:"bytes"`
	Unseen   int   `json:"unseen"`
	Flagged  int   `json:"flagged"`
}

// Sum is the XOR of the SHA-256 of messages, whatever their order: two sets
// of different messages are the same if their sums are.
type Sum [sha256.Size]byte

// Add adds a message, which must have CRLF line ends.
func (s *Sum) Add(crlf []byte) { s.merge(sha256.Sum256(crlf)) }

func (s *Sum) merge(t Sum) {
	for i := range s {
		s[i] ^= t[i]
	}
}

// String is the sum in hexadecimal.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// tally is a manifest in the making.
type tally struct {
	Manifest
	sizes []int64
	sum   Sum
}

func newTally(seed uint64, mailboxes []string) *tally {
	t := &tally{Manifest: Manifest{Seed: seed, Mailboxes: map[string]*Count{}, Probes: map[string]int{}}}
	for _, m := range mailboxes {
		t.Mailboxes[m] = &Count{}
	}
	return t
}

// add counts one message.
func (t *tally) add(m Message, crlf []byte, startsThread bool) {
	size := int64(len(crlf))
	t.sum.Add(crlf)
	t.sizes = append(t.sizes, size)
	c := t.Mailboxes[m.Mailbox]
	c.Messages++
	c.Bytes += size
	if !strings.Contains(m.Letters, "S") {
		c.Unseen++
	}
	if strings.Contains(m.Letters, "F") {
		c.Flagged++
	}
	for _, word := range m.Probes {
		t.Probes[word]++
	}
	if startsThread {
		t.Threads++
	}
}

// merge adds what another one counted.
func (t *tally) merge(u *tally) {
	t.sum.merge(u.sum)
	t.sizes = append(t.sizes, u.sizes...)
	t.Threads += u.Threads
	for name, c := range u.Mailboxes {
		sum := t.Mailboxes[name]
		sum.Messages += c.Messages
		sum.Bytes += c.Bytes
		sum.Unseen += c.Unseen
		sum.Flagged += c.Flagged
	}
	for word, n := range u.Probes {
		t.Probes[word] += n
	}
}

// manifest finishes the counting.
func (t *tally) manifest() *Manifest {
	m := t.Manifest
	m.Sum = t.sum.String()
	m.Messages = len(t.sizes)
	if m.Messages == 0 {
		return &m
	}
	for _, size := range t.sizes {
		m.Bytes += size
	}
	slices.Sort(t.sizes)
	m.Median = t.sizes[len(t.sizes)/2]
	m.Mean = m.Bytes / int64(len(t.sizes))
	m.Max = t.sizes[len(t.sizes)-1]
	return &m
}
