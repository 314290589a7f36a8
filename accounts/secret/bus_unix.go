//go:build unix && !darwin

package secret

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// available says whether there is a session bus to ask. Without one, the D-Bus
// client would launch a bus of its own: a stray process, and no keyring on it.
func available() error {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return nil
	}
	runtime := os.Getenv("XDG_RUNTIME_DIR")
	if runtime == "" {
		runtime = "/run/user/" + strconv.Itoa(os.Getuid())
	}
	socket := filepath.Join(runtime, "bus")
	if info, err := os.Stat(socket); err != nil || info.Mode().Type() != os.ModeSocket {
		return ErrUnavailable
	}
	// The client looks in /run/user only; the variable is what it obeys.
	return os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+socket)
}
