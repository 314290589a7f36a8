//go:build !nogui

package gui

import (
	"context"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"postrider/mail/client"
)

// Run shows the window and returns when it is closed for good, or ctx ends. It
// is called once, on the main goroutine.
func (a *App) Run(ctx context.Context, in client.Entry) error {
	if dir, err := os.UserCacheDir(); err == nil {
		os.MkdirAll(dir, 0o700) // Fyne makes its own folder in it, but not this
	}
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: appName})
	return a.run(ctx, app.NewWithID(appID), in)
}
