package enginetest

import (
	"context"
	"time"
)

// change counts a change and rings for those who wait. The server is locked.
func (s *Server) change() {
	s.modseq++
	s.turns++
	close(s.bell)
	s.bell = make(chan struct{})
}

func (s *Server) turn() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.turns
}

// since returns nil if there were changes after turn, else what is closed at
// the next.
func (s *Server) since(turn int) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.turns != turn {
		return nil
	}
	return s.bell
}

// Wait returns when the server has changed since the last Pull by anybody else,
// or, where the server does not tell, after LookEvery.
func (d *Driver) Wait(ctx context.Context) error {
	if err := d.step(ctx); err != nil {
		return err
	}
	bell := d.server.since(d.heard)
	switch {
	case d.server.Traits.NoPush:
		bell = nil
	case bell == nil:
		return nil
	}
	timer := time.NewTimer(LookEvery)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-bell:
	case <-timer.C:
	}
	return nil
}
