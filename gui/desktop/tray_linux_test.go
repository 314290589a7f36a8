package desktop

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestTrayIsThereOnlyWhereSomethingShowsIt(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null")
	if HasTray() {
		t.Error("a tray without a bus")
	}
	s := desk(t)
	if HasTray() {
		t.Error("a tray on a bus where nobody shows one")
	}
	if _, err := s.bus.RequestName(trayName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	if !HasTray() {
		t.Error("no tray though somebody shows one")
	}
}
