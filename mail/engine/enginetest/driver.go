package enginetest

import (
	"bytes"
	"context"
	"io"
	"math"
	"slices"

	"postrider/mail"
	"postrider/mail/engine"
	text "postrider/mail/message"
	"postrider/mail/store"
)

// Steps counts the steps of drivers and ends the connection before one of them:
// between any two things that a server or a store sees.
type Steps struct {
	Taken int
	Fail  int    // the connection ends before this step, from 1; 0: never
	Each  func() // called before each step: a rival client; may be nil
}

var errCut = &mail.Error{Op: "speak to the server", Kind: mail.KindOffline, Message: "the connection was cut"}

func (s *Steps) step() error {
	s.Taken++
	if s.Taken == s.Fail {
		return errCut
	}
	if s.Each != nil {
		s.Each()
	}
	return nil
}

// Driver speaks to a Server in memory.
type Driver struct {
	server *Server
	store  *store.Store
	steps  *Steps
	cut    bool
	heard  int // the server's turn when the last Pull began
}

// Connect returns drivers for a server. steps may be nil.
func Connect(s *Server, st *store.Store, steps *Steps) engine.Connect {
	if steps == nil {
		steps = &Steps{}
	}
	return func(ctx context.Context) (engine.Driver, error) {
		d := &Driver{server: s, store: st, steps: steps}
		if err := d.step(ctx); err != nil {
			return nil, err
		}
		return d, nil
	}
}

func (d *Driver) step(ctx context.Context) error {
	if d.cut {
		return errCut
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err := d.steps.step()
	d.cut = err != nil
	return err
}

// Close ends the connection.
func (d *Driver) Close() error {
	d.cut = true
	return nil
}

// Pull mirrors every mailbox.
func (d *Driver) Pull(ctx context.Context, scope engine.Scope, m *store.Mirror) error {
	d.heard = d.server.turn()
	list := d.server.list()
	if err := d.step(ctx); err != nil {
		return err
	}
	known, err := m.Listed(ctx, list)
	if err != nil {
		return err
	}
	for i, box := range known {
		if err := scope.Between(ctx); err != nil {
			return err
		}
		if err := d.pullMailbox(ctx, box, m); err != nil {
			return err
		}
		scope.Progress(engine.Progress{Doing: box.Path, Done: i + 1, Of: len(known)})
	}
	return nil
}

// view is a mailbox at one moment.
type view struct {
	validity mail.UIDValidity
	next     mail.UID
	modseq   mail.ModSeq
	messages []message
}

// view returns nil for a mailbox that is not there.
func (s *Server) view(name string) *view {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boxes[name]
	if b == nil {
		return nil
	}
	v := &view{validity: b.validity, next: b.next, modseq: s.modseq}
	for _, m := range b.messages {
		v.messages = append(v.messages, *m)
	}
	return v
}

func (d *Driver) pullMailbox(ctx context.Context, box mail.Mailbox, m *store.Mirror) error {
	v := d.server.view(box.Remote)
	if err := d.step(ctx); err != nil {
		return err
	}
	if v == nil { // deleted or renamed since the list
		return nil
	}
	if err := m.Begin(ctx, box.ID, v.validity); err != nil {
		return err
	}
	if err := d.flags(ctx, box, v, m); err != nil {
		return err
	}
	present := []mail.UIDRange{}
	for _, msg := range v.messages {
		present = append(present, mail.UIDRange{First: msg.uid, Last: msg.uid})
	}
	loss, err := m.Complete(ctx, box.ID, present, v.next, false)
	if err == nil && loss.Braked {
		_, err = m.Complete(ctx, box.ID, present, v.next, true)
	}
	if err != nil {
		return err
	}
	return m.Checkpoint(ctx, box.ID, v.next, v.modseq)
}

// flags shows every message's flags, then the headers of the unknown, then the
// bodies, each a step.
func (d *Driver) flags(ctx context.Context, box mail.Mailbox, v *view, m *store.Mirror) error {
	var seen []store.Seen
	for _, msg := range v.messages {
		o := store.Seen{UID: msg.uid, Flags: msg.flags, ModSeq: msg.modseq}
		if d.server.Traits.NoCondStore {
			o.ModSeq = 0
		}
		seen = append(seen, o)
	}
	unknown, err := m.Seen(ctx, box.ID, seen)
	if err != nil {
		return err
	}
	if err := d.step(ctx); err != nil {
		return err
	}
	if err := d.headers(ctx, box, v, unknown, m); err != nil {
		return err
	}
	uids, err := m.Bodiless(ctx, box.ID, zero, math.MaxInt32)
	if err != nil {
		return err
	}
	return d.bodies(ctx, box, v, uids, m)
}

func (d *Driver) headers(ctx context.Context, box mail.Mailbox, v *view, unknown []mail.UID, m *store.Mirror) error {
	var seen []store.Seen
	for _, msg := range v.messages {
		if !slices.Contains(unknown, msg.uid) {
			continue
		}
		head, _, _ := bytes.Cut(msg.raw, []byte("\r\n\r\n"))
		seen = append(seen, store.Seen{
			UID: msg.uid, Flags: msg.flags, ModSeq: msg.modseq, Received: msg.received, Size: int64(len(msg.raw)),
			Header: text.ParseHeader(append(head, "\r\n\r\n"...)),
		})
	}
	_, err := m.Seen(ctx, box.ID, seen)
	if err != nil {
		return err
	}
	return d.step(ctx)
}

func (d *Driver) bodies(ctx context.Context, box mail.Mailbox, v *view, uids []mail.UID, m *store.Mirror) error {
	for _, msg := range v.messages {
		if !slices.Contains(uids, msg.uid) {
			continue
		}
		st, err := m.Store().StageBytes(ctx, msg.raw)
		if err != nil {
			return err
		}
		o := store.Seen{UID: msg.uid, Flags: msg.flags, ModSeq: msg.modseq, Received: msg.received, Size: int64(len(msg.raw)), Staged: st}
		if _, err := m.Seen(ctx, box.ID, []store.Seen{o}); err != nil {
			return err
		}
		if err := d.step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Fetch reads one message.
func (d *Driver) Fetch(ctx context.Context, src store.Source, take func(io.Reader) error) error {
	if err := d.step(ctx); err != nil {
		return err
	}
	d.server.mu.Lock()
	m := d.server.find(src.Mailbox.Remote, src.UID)
	d.server.mu.Unlock()
	if m == nil {
		return mail.Errorf(mail.KindGone, "fetch the message", "it is not there any more")
	}
	return take(bytes.NewReader(m.raw))
}
