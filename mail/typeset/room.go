//go:build !linux

package typeset

// room is memory for a large table. Elsewhere than on Linux the fonts for
// Chinese, Japanese and Korean that come with the system have no such table.
func room(n int) []byte { return make([]byte, n) }

func giveBack(b []byte, from, to int) {}

func leave(b []byte) {}
