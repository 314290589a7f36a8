package gui

import (
	"context"
	"time"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/mail/phrase"
)

const (
	// leaveWithin is how long the program stays for what is going out.
	leaveWithin = 30 * time.Second
	leaveLook   = 500 * time.Millisecond
	// flushWithin is how long a session waits, at least, for programs that it asks to end.
	flushWithin = 5 * time.Second
)

// end ends the program, once all that is being written is kept. A composer that
// cannot keep its words asks, and stays.
func (s *shell) end() {
	s.keepWindow()
	s.room.CloseAll(func(all bool) {
		if all {
			s.leave()
		}
	})
}

// flush keeps what is still being written when the program has ended: the person
// signs out, or something else stops it. Whoever left it has no composer open.
func (s *shell) flush() {
	ctx, cancel := context.WithTimeout(context.Background(), flushWithin)
	defer cancel()
	s.room.Flush(ctx)
}

// leave ends the program once what the person sent a moment ago has gone out: it
// would lie in the Outbox until the program runs again, and nobody expects that.
// Whoever asks a second time does not wait.
func (s *shell) leave() {
	if s.leaving {
		s.app.quit()
		return
	}
	s.leaving = true
	s.leaveBy(s.client.Now().Add(leaveWithin))
}

func (s *shell) leaveBy(until time.Time) {
	vm.GoingOut(s.desk, s.client, func(n int) {
		switch {
		case len(s.room.Windows()) > 0: // the person stays, and writes
			s.leaving = false
		case n == 0 || s.client.Now().After(until):
			s.app.quit()
		default:
			s.tell(theme.IconSend, phrase.Things(n, "message goes", "messages go")+" out first, then Postrider ends.", "End now", s.app.quit)
			s.desk.After(leaveLook, func() { s.leaveBy(until) })
		}
	})
}
