package client

import (
	"encoding/json"
	"io"
	"os"
	"sync"
	"time"

	"postrider/mail"
)

// Trace is a log of how long things took, one JSON object a line. The nil Trace
// takes everything and writes nothing; what cannot be written is left out, for
// a measurement must not end the work.
type Trace struct {
	mu sync.Mutex
	w  io.WriteCloser
}

// OpenTrace appends to a file that only its owner can read; "" is no trace.
func OpenTrace(path string) (*Trace, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, mail.Errorf(mail.KindDisk, "open the trace", "the trace cannot be written: %w", err)
	}
	return &Trace{w: f}, nil
}

type span struct {
	Span    string         `json:"span"`
	MS      float64        `json:"ms"`
	Account mail.AccountID `json:"account,omitempty"`
}

// Span notes that name took the time since began; account may be "".
func (t *Trace) Span(name string, account mail.AccountID, began time.Time) {
	if t == nil {
		return
	}
	line, err := json.Marshal(span{name, float64(time.Since(began).Microseconds()) / 1000, account})
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.w.Write(append(line, '\n'))
}

// Close closes the file.
func (t *Trace) Close() error {
	if t == nil {
		return nil
	}
	return t.w.Close()
}
