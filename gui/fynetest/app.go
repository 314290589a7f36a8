// Package fynetest is for tests of what Fyne draws: Fyne's test app, kept to the
// test's goroutine. Only tests may import it.
//
// Fyne's own test driver does what other goroutines give it to do at once, on
// theirs: a caret that blinks then changes what the test is looking at. Here it
// waits until the test lets it happen.
package fynetest

import (
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// App is the app of a test. Its methods are for the test's goroutine.
type App struct {
	fyne.App
	driver *driver
}

// New makes an app and makes it the current one. It stays that when the test ends,
// until another is made: what comes late waits with it for ever.
func New(t testing.TB) *App {
	var a *App
	t.Cleanup(func() { fyne.SetCurrentApp(a) }) // after Fyne's own, which makes a plain one
	app := test.NewTempApp(t)
	a = &App{App: app, driver: &driver{Driver: app.Driver()}}
	fyne.SetCurrentApp(a)
	return a
}

// Driver has what is to be done wait.
func (a *App) Driver() fyne.Driver { return a.driver }

// Settle does what waits, and what that brings.
func (a *App) Settle() {
	for {
		next := a.driver.take()
		if next == nil {
			return
		}
		for _, fn := range next {
			fn()
		}
	}
}

// driver is Fyne's test driver with a queue.
type driver struct {
	fyne.Driver
	mu    sync.Mutex
	queue []func()
}

// DoFromGoroutine is what fyne.Do calls. Whoever waits is Fyne itself, on the
// test's goroutine: that happens at once.
func (d *driver) DoFromGoroutine(fn func(), wait bool) {
	if wait {
		fn()
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queue = append(d.queue, fn)
}

func (d *driver) take() []func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := d.queue
	d.queue = nil
	return list
}
