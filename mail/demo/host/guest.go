package host

import (
	"net"
	"sync"
)

// guestBuffer is how much a guest holds back, at most.
const guestBuffer = 32 << 10

// guest is a connection that a gate let in. A server closes it as the last
// thing that it does with it.
//
// The IMAP server flushes after every line, which costs a system call and a
// wake-up of the client for each message of a long FETCH. So a guest gathers
// what is written until the server comes back to read, and lets it pass at
// once while the server is reading, as in IDLE.
type guest struct {
	net.Conn
	gate *gate
	once sync.Once

	mu      sync.Mutex
	held    []byte
	reading bool
}

// Read implements net.Conn.
func (in *guest) Read(b []byte) (int, error) {
	if err := in.setReading(true); err != nil {
		return 0, err
	}
	n, err := in.Conn.Read(b)
	if flushErr := in.setReading(false); err == nil {
		err = flushErr
	}
	return n, err
}

func (in *guest) setReading(on bool) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.reading = on
	return in.flush()
}

// Write implements net.Conn.
func (in *guest) Write(b []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.held = append(in.held, b...)
	if !in.reading && len(in.held) < guestBuffer {
		return len(b), nil
	}
	if err := in.flush(); err != nil {
		return 0, err
	}
	return len(b), nil
}

func (in *guest) flush() error {
	if len(in.held) == 0 {
		return nil
	}
	_, err := in.Conn.Write(in.held)
	in.held = in.held[:0]
	return err
}

// Close implements net.Conn.
func (in *guest) Close() error {
	in.mu.Lock()
	in.flush() // the farewell; who has gone does not hear it
	in.mu.Unlock()
	in.once.Do(func() {
		in.gate.mu.Lock()
		delete(in.gate.guests, in)
		in.gate.mu.Unlock()
		in.gate.inside.Done()
	})
	return in.Conn.Close()
}
