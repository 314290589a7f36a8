//go:build !unix || darwin

package desktop

// HasBus reports whether this session has a message bus.
func HasBus() bool { return false }
