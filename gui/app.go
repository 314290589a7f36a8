package gui

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"postrider/accounts/secret"
	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail/client"
	"postrider/mail/typeset"
)

// What the desktop knows the program by.
const (
	appID   = "app.postrider.Postrider"
	appName = "Postrider"
)

// App is the program with a window. Its exported methods may be called from any
// goroutine, except Run.
type App struct {
	mu    sync.Mutex
	names []string // to be opened as soon as there is a window to do it
	up    bool     // the window takes names

	ctx     context.Context
	fyne    fyne.App
	window  fyne.Window
	library *typeset.Library // the faces of all text
	shell   *shell           // once the store is open
}

// New makes an App; Run starts it.
func New() *App { return &App{} }

// opening is how long the window waits for the store before it shows itself
// without mail. Mostly the store is faster than the graphics.
const opening = 250 * time.Millisecond

// fyneFirst is how long Fyne has to end by itself: it hears most signals, too, and
// complains of whoever asks it to end when it has.
const fyneFirst = 200 * time.Millisecond

// run is Run on a Fyne application.
func (a *App) run(ctx context.Context, f fyne.App, in client.Entry) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a.ctx, a.fyne = ctx, f
	a.library = typeset.New(cacheDir())
	widgets.UseLibrary(a.library)
	theme.Install(f)
	f.SetIcon(theme.AppIconResource())
	opened := make(chan func(), 1)
	go func() { opened <- a.open(in) }()

	a.window = f.NewWindow(appName)
	a.window.SetPadded(false)
	a.window.Resize(fyne.NewSize(1280, 800))
	a.window.SetMaster()
	select {
	case enter := <-opened:
		enter()
	case <-time.After(opening):
		a.window.SetContent(loadingFace())
		go func() {
			enter := <-opened
			fyne.Do(enter)
		}()
	}
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		widgets.End()
		select {
		case <-ended:
		case <-time.After(fyneFirst):
			fyne.Do(a.quit)
		}
	})
	a.hand()
	if a.shell == nil || !a.shell.startsHidden() {
		a.window.Show()
	}
	f.Run()
	close(ended)
	stop() // from here on, nobody may ask Fyne to end
	cancel()
	widgets.End()
	if a.shell != nil {
		a.shell.flush()
		a.shell.close()
	}
	return nil
}

// quit ends the program.
func (a *App) quit() {
	widgets.End()
	a.fyne.Quit()
}

// cacheDir is where the index of the system's typefaces is kept.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "postrider")
}

// open opens the store and returns what the window does about it.
func (a *App) open(in client.Entry) (enter func()) {
	c, err := in.Open(a.ctx)
	if err != nil {
		return func() { a.refuse(in, err) }
	}
	return func() { a.enter(c) }
}

// enter shows the mail.
func (a *App) enter(c *client.Client) {
	a.shell = newShell(a, c)
	a.window.SetContent(a.shell.object)
	a.shell.list.rows.BeginQuietly()
	a.window.Canvas().Focus(a.shell.list.rows) // keys work before anything is clicked
	a.shell.start(a.ctx)
	saveMemory(a.ctx)
	a.mu.Lock()
	names := a.names
	a.names, a.up = nil, true
	a.mu.Unlock()
	if len(names) > 0 {
		a.shell.openNames(names)
	}
}

// refuse says why the store cannot be opened, and what can be done.
func (a *App) refuse(in client.Entry, err error) {
	var mend func()
	if client.Lost(err) {
		mend = func() {
			a.window.SetContent(loadingFace())
			go func() {
				_, err := in.Rebuild(a.ctx)
				enter := func() { a.refuse(in, err) }
				if err == nil {
					enter = a.open(in)
				}
				fyne.Do(enter)
			}()
		}
	}
	a.window.SetContent(refusedFace(err, mend, func() {
		a.window.SetContent(loadingFace())
		go func() { fyne.Do(a.open(in)) }()
	}, a.quit))
}

// Show brings the window to the front and opens what names name: mailto: links,
// and files of messages.
func (a *App) Show(names []string) {
	a.mu.Lock()
	up := a.up
	if !up {
		a.names = append(a.names, names...)
	}
	a.mu.Unlock()
	if !up {
		return
	}
	fyne.Do(func() {
		a.window.Show()
		a.window.RequestFocus()
		a.shell.openNames(names)
	})
}

// Passphrase asks for the passphrase of the vault, or for a new one.
func (a *App) Passphrase(ctx context.Context, create bool) (secret.Secret, error) {
	type reply struct {
		secret secret.Secret
		err    error
	}
	answer := make(chan reply, 1)
	widgets.Do(func() {
		askPassphrase(a.window, create, func(s secret.Secret, err error) { answer <- reply{s, err} })
	})
	select {
	case r := <-answer:
		return r.secret, r.err
	case <-ctx.Done():
		return secret.Secret{}, ctx.Err()
	case <-a.ctx.Done():
		return secret.Secret{}, a.ctx.Err()
	}
}
