package message

import (
	"io"
)

// WireOptions say how a finished message goes to a server.
type WireOptions struct {
	KeepBcc  bool // leave the Bcc fields in; on the wire they tell what they are to hide
	EightBit bool // the server takes 8-bit bodies (RFC 6152)
	UTF8     bool // the server takes 8-bit headers (RFC 6531)
}

// WireMessage is a finished message made ready for a server.
type WireMessage struct {
	plan *wirePlan
	open func() (io.ReadCloser, error)

	Size     int64 // octets on the wire, dots not doubled: what SIZE announces
	EightBit bool  // it holds 8-bit bytes: BODY=8BITMIME
	UTF8     bool  // it needs SMTPUTF8
}

// Wire makes a message of any origin ready for a server: without Bcc, with
// CRLF line ends, no line longer than 998 octets, and nothing that the server
// did not say it takes; what has to change is encoded anew. open gives its
// bytes, more than once. A part that is signed is left as it is.
func Wire(open func() (io.ReadCloser, error), opts WireOptions) (*WireMessage, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	plan, err := planWire(r, opts)
	r.Close()
	if err != nil {
		return nil, err
	}
	m := &WireMessage{plan: plan, open: open, EightBit: plan.EightBit, UTF8: plan.UTF8}
	var n counter
	err = m.Write(&n)
	m.Size = int64(n)
	return m, err
}

// Write writes it, in flat memory.
func (m *WireMessage) Write(w io.Writer) error {
	r, err := m.open()
	if err != nil {
		return err
	}
	defer r.Close()
	return m.plan.write(w, r)
}

// counter is a Writer that counts.
type counter int64

func (n *counter) Write(p []byte) (int, error) {
	*n += counter(len(p))
	return len(p), nil
}
