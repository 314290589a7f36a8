//go:build unix && !darwin

package clipboard

import (
	"context"
	"os"
	"os/exec"
)

// Read reads the clipboard of the desktop: by Wayland's own tool in a session of
// Wayland, else, and where that is missing, by X11, which most of them serve too.
func Read(ctx context.Context) (Content, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		if tool, err := exec.LookPath("wl-paste"); err == nil {
			return from(ctx, wayland{tool})
		}
	}
	x, err := dialX11(ctx)
	if err != nil {
		return Content{}, err
	}
	defer x.close()
	return from(ctx, x)
}
