package widgets

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
)

// over says that the program ends.
var over atomic.Bool

// End has [Do] do nothing any more. It is called before the program quits: what
// Fyne is given to do after that runs at once, on whatever goroutine brought it.
// Any goroutine may call it.
func End() { over.Store(true) }

// Do runs f on Fyne's goroutine, unless the program ends before.
func Do(f func()) {
	fyne.Do(func() {
		if !over.Load() {
			f()
		}
	})
}
