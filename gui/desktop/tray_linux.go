package desktop

import (
	"context"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
)

// trayName is what shows the icons of programs (StatusNotifierItem, KDE and most
// others); a desktop without a tray has nobody of that name.
const trayName = "org.kde.StatusNotifierWatcher"

// trayWait is how long the bus may take to say who is there. It is on this
// computer, and windows wait for the answer.
const trayWait = 300 * time.Millisecond

// HasTray reports whether this session shows icons of programs: without, a
// window that goes there could not be brought back.
func HasTray() bool {
	if !HasBus() {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), trayWait)
	defer cancel()
	bus, err := dbus.Connect(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer bus.Close()
	there := false
	err = bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, trayName).Store(&there)
	return err == nil && there
}
