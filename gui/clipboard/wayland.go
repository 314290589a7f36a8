//go:build unix && !darwin

package clipboard

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
)

// wayland asks wl-paste, of wl-clipboard: only a program with a window in front may
// read the clipboard there, and that tool knows the way around it. It is told
// nothing but our own words.
type wayland struct{ tool string }

func (w wayland) types(ctx context.Context) ([]string, error) {
	out, err := w.run(ctx, "--list-types")
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) { // nothing was copied
		return nil, nil
	}
	return strings.Fields(string(out)), err
}

func (w wayland) read(ctx context.Context, form string) ([]byte, error) {
	return w.run(ctx, "--no-newline", "--type", form)
}

func (w wayland) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, w.tool, args...)
	out := &bounded{}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// bounded takes as much as a picture may have.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxSize {
		return 0, errTooLarge
	}
	return b.Buffer.Write(p)
}
