//go:build unix && !darwin

package desktop

import (
	"os"
	"strings"
)

// HasBus reports whether this session has a message bus. None is ever started
// for asking.
func HasBus() bool {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	path, ok := strings.CutPrefix(address, "unix:path=")
	if !ok {
		return address != ""
	}
	path, _, _ = strings.Cut(path, ",")
	info, err := os.Stat(path)
	return err == nil && info.Mode()&os.ModeSocket != 0
}
