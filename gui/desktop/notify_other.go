//go:build !linux && !darwin && !windows

package desktop

import "errors"

// system knows no notifications.
type system struct{}

func (*system) show(Note) error { return errors.New("no notifications are known for this system") }
func (*system) close() error    { return nil }
