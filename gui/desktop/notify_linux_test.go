package desktop

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// service is a notification service as a desktop has one.
type service struct {
	bus   *dbus.Conn
	notes chan []any
}

func (s *service) GetCapabilities() ([]string, *dbus.Error) {
	return []string{"body", "actions", "body-markup"}, nil
}

func (s *service) Notify(app string, replaces uint32, icon, title, body string, actions []string, hints map[string]dbus.Variant, timeout int32) (uint32, *dbus.Error) {
	s.notes <- []any{replaces, title, body, strings.Join(actions, " ")}
	return 7, nil
}

func (s *service) CloseNotification(uint32) *dbus.Error { return nil }

// desk starts a message bus of the test's own, with a notification service.
func desk(t *testing.T) *service {
	t.Helper()
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Skip("no dbus-daemon here")
	}
	t.Cleanup(func() { daemon.Process.Kill(); daemon.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	bus, err := dbus.Connect(os.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	s := &service{bus: bus, notes: make(chan []any, 4)}
	if err := bus.Export(s, notifyPath, notifyName); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName(notifyName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNotesReachTheDesktopAndClicksComeBack(t *testing.T) {
	s := desk(t)
	var n Notifier
	defer n.Close()
	clicked := make(chan bool, 1)
	if err := n.Show(Note{Title: "Ada <3", Body: "<b>1 & 2</b>", Open: func() { clicked <- true }}); err != nil {
		t.Fatal(err)
	}
	got := <-s.notes
	if want := []any{uint32(0), "Ada <3", "&lt;b&gt;1 &amp; 2&lt;/b&gt;", "default Open"}; got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || got[3] != want[3] {
		t.Errorf("shown %q, want %q", got, want)
	}
	if err := s.bus.Emit(notifyPath, notifyName+".ActionInvoked", uint32(7), "default"); err != nil {
		t.Fatal(err)
	}
	<-clicked
	if err := n.Show(Note{Title: "another"}); err != nil {
		t.Fatal(err)
	}
	if got := <-s.notes; got[0] != uint32(7) || got[3] != "" {
		t.Errorf("the second note %q, want it to take the place of note 7, without an action", got)
	}
}

func TestNoBusIsAnErrorAndStartsNone(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	var n Notifier
	if err := n.Show(Note{Title: "x"}); err == nil {
		t.Error("shown without a message bus")
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}
