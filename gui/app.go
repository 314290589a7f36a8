package gui

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"

	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
)

// What the desktop knows the program by.
const (
	appID   = "app.postrider.Postrider"
	appName = "Postrider"
)

// App is the program with a window.
type App struct {
	mu    sync.Mutex
	names []string // to be opened once there is a window

	fyne   fyne.App
	window fyne.Window
}

// New makes an App; Run starts it.
func New() *App { return &App{} }

// run is Run on a Fyne application.
func (a *App) run(ctx context.Context, f fyne.App, in client.Entry) error {
	a.fyne, a.window = f, f.NewWindow(appName)
	a.window.Resize(fyne.NewSize(1280, 800))
	stop := context.AfterFunc(ctx, func() { fyne.Do(f.Quit) })
	defer stop()
	a.window.ShowAndRun()
	return nil
}

// Show brings the window to the front and opens what names name. Any goroutine
// may call it, also before Run.
func (a *App) Show(names []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.names = append(a.names, names...)
}

// Passphrase asks for the passphrase of the vault, or for a new one.
func (a *App) Passphrase(ctx context.Context, create bool) (secret.Secret, error) {
	return secret.Secret{}, mail.Errorf(mail.KindSignIn, "open the vault", "the vault needs its passphrase")
}
