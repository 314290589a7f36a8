package store

import (
	"bytes"
	"context"
	"io"
	"strings"
	"time"

	"postrider/mail/message"
	"postrider/mail/store/pack"
)

// stageInMemory is up to where a message is handled in memory; beyond, it
// streams through a file. Octets.
const stageInMemory = 4 << 20

// Staged is a message on its way in: hashed, compressed, parsed, and not yet
// stored. It holds memory or a temporary file: hand it to a call that stores
// it, or Release it.
type Staged struct {
	blob     *pack.Blob
	light    light
	words    words
	received time.Time
}

// Size is the size of the message in octets.
func (st *Staged) Size() int64 { return st.blob.Size }

// MessageID is the message's Message-ID without the angle brackets, or "".
func (st *Staged) MessageID() string { return st.light.messageID }

// Hash is the SHA-256 of the message.
func (st *Staged) Hash() [32]byte { return st.blob.Hash }

// Received is when the message's last server took it, and Date when it says
// that it was written, both by its header; zero where that does not say.
func (st *Staged) Received() time.Time { return st.received }

// Date: see Received.
func (st *Staged) Date() time.Time { return moment(st.light.header) }

// Release frees what a Staged holds. Twice is harmless.
func (st *Staged) Release() {
	if st != nil && st.blob != nil {
		st.blob.Release()
	}
}

// StageBytes stages a message that is in memory. It takes the processor time
// of storing a message and no lock: call it from as many goroutines as help.
func (s *Store) StageBytes(ctx context.Context, raw []byte) (*Staged, error) {
	blob, err := s.packs.EncodeBytes(raw)
	if err != nil {
		return nil, diskError(err, s.dir)
	}
	return newStaged(blob, message.ParseBytes(raw)), nil
}

// Stage stages a message of any size as it streams in. An error of r is
// returned as it is, and nothing is kept.
func (s *Store) Stage(ctx context.Context, r io.Reader) (*Staged, error) {
	head, err := io.ReadAll(io.LimitReader(r, stageInMemory+1))
	if err != nil {
		return nil, err
	}
	if len(head) <= stageInMemory {
		return s.StageBytes(ctx, head)
	}
	return s.stageStream(ctx, io.MultiReader(bytes.NewReader(head), r))
}

// stageStream parses and compresses in one pass.
func (s *Store) stageStream(ctx context.Context, r io.Reader) (*Staged, error) {
	w := s.packs.NewWriter()
	defer w.Close()
	m, err := message.Parse(io.TeeReader(r, w))
	if err != nil {
		return nil, err
	}
	blob, err := w.Blob()
	if err != nil {
		return nil, diskError(err, s.dir)
	}
	return newStaged(blob, m), nil
}

func newStaged(blob *pack.Blob, m *message.Message) *Staged {
	return &Staged{blob: blob, light: lightOf(m), words: wordsOf(m), received: m.Received}
}

// light is what a list shows of a message, and what threads it.
type light struct {
	messageID   string
	refs        string // oldest first, parted by spaces
	header      int64  // the Date header, Unix seconds; 0: none
	subject     string
	fromName    string
	fromAddr    string
	recipients  string
	cc          string
	snippet     string
	attachments int
}

func lightOf(m *message.Message) light {
	l := light{
		messageID: m.MessageID, refs: refsOf(m), subject: clip(m.Subject, 2000),
		recipients: joinAddresses(m.To), cc: joinAddresses(m.Cc),
		snippet: m.Snippet(), attachments: len(m.Attachments()),
	}
	if !m.Date.IsZero() {
		l.header = m.Date.Unix()
	}
	if len(m.From) > 0 {
		l.fromName, l.fromAddr = clip(m.From[0].Name, 500), clip(m.From[0].Addr, 500)
	}
	return l
}

// refsOf joins References and In-Reply-To, the newest 100 of them. What reports
// of a message, and names it nowhere else, belongs to it too.
func refsOf(m *message.Message) string {
	refs := m.References
	if len(refs) == 0 && m.InReplyTo == "" {
		if r := m.Report(); r != nil && r.MessageID != "" {
			refs = []string{r.MessageID}
		}
	}
	if m.InReplyTo != "" && (len(refs) == 0 || refs[len(refs)-1] != m.InReplyTo) {
		refs = append(refs[:len(refs):len(refs)], m.InReplyTo)
	}
	if len(refs) > 100 {
		refs = append(refs[:1:1], refs[len(refs)-99:]...)
	}
	return clip(strings.Join(refs, " "), 8000)
}

// joinAddresses writes addresses as a header does, up to 1,000 octets.
func joinAddresses(list []message.Address) string {
	var b strings.Builder
	for i, a := range list {
		if b.Len() > 1000 {
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(a.String())
	}
	return clip(b.String(), 1200)
}

// clip cuts a string to n octets at a rune's border.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
