package gui

import (
	"os"
	"time"

	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

// newDesk is where the view models of the window work: slow things in
// goroutines, the rest on Fyne's.
func newDesk(now func() time.Time) *vm.Desk {
	return &vm.Desk{
		Go:    func(work func()) { go work() },
		Post:  widgets.Do,
		After: after,
		Style: phrase.StyleOf(phrase.LocaleOf(os.Getenv)),
		Now:   now,
	}
}

// after runs fn on Fyne's goroutine when some time has passed, unless it is
// canceled there before.
func after(wait time.Duration, fn func()) (cancel func()) {
	canceled := false
	timer := time.AfterFunc(wait, func() {
		widgets.Do(func() {
			if !canceled {
				fn()
			}
		})
	})
	return func() {
		canceled = true
		timer.Stop()
	}
}
