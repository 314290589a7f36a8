package gui

import (
	"os"
	"sync/atomic"
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
<<<<<<< ours
		Post:  widgets.Do,
=======
		Post:  post,
>>>>>>> theirs
		After: after,
		Style: phrase.StyleOf(phrase.LocaleOf(os.Getenv)),
		Now:   now,
	}
}

// over is set when the program ends.
var over atomic.Bool

// post runs f on Fyne's goroutine, soon, and never after the end: Fyne would then
// run it on whatever goroutine it came from.
func post(f func()) {
	if over.Load() {
		return
	}
	fyne.Do(func() {
		if !over.Load() {
			f()
		}
	})
}

// after runs fn on Fyne's goroutine when some time has passed, unless it is
// canceled there before.
func after(wait time.Duration, fn func()) (cancel func()) {
	canceled := false
	timer := time.AfterFunc(wait, func() {
<<<<<<< ours
		widgets.Do(func() {
=======
		post(func() {
>>>>>>> theirs
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
