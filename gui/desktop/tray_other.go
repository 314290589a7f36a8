//go:build !linux

package desktop

// HasTray reports whether this session shows icons of programs.
func HasTray() bool { return true }
