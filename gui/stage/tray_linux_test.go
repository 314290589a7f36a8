package stage_test

import (
	"bufio"
	"context"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"postrider/accounts/settings"
)

// panel shows the icons of programs, as that of a desktop does.
type panel struct {
	bus     *dbus.Conn
	address string

	mu   sync.Mutex
	item string // the program whose icon shows
}

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	itemName    = "org.kde.StatusNotifierItem"
	menuName    = "com.canonical.dbusmenu"
)

// RegisterStatusNotifierItem takes an icon in.
func (p *panel) RegisterStatusNotifierItem(_ string, sender dbus.Sender) *dbus.Error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.item = string(sender)
	return nil
}

func (p *panel) shown() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.item
}

// newPanel starts a message bus of the test's own, and with show what shows icons
// on it.
func newPanel(t *testing.T, show bool) *panel {
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
	p := &panel{address: strings.TrimSpace(address)}
	if p.bus, err = dbus.Connect(p.address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.bus.Close() })
	if !show {
		return p
	}
	if err := p.bus.Export(p, "/StatusNotifierWatcher", watcherName); err != nil {
		t.Fatal(err)
	}
	if _, err := p.bus.RequestName(watcherName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return p
}

// menu is the path of the icon's menu and its items, by what they say.
func (p *panel) menu(t *testing.T) (at dbus.BusObject, items map[string]int32) {
	t.Helper()
	icon := p.bus.Object(p.shown(), "/StatusNotifierItem")
	path, err := icon.GetProperty(itemName + ".Menu")
	if err != nil {
		t.Fatal(err)
	}
	at = p.bus.Object(p.shown(), path.Value().(dbus.ObjectPath))
	var revision uint32
	var layout struct {
		ID       int32
		Props    map[string]dbus.Variant
		Children []dbus.Variant
	}
	if err := at.Call(menuName+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &layout); err != nil {
		t.Fatal(err)
	}
	items = map[string]int32{}
	for _, child := range layout.Children {
		line := child.Value().([]any)
		if label, ok := line[1].(map[string]dbus.Variant)["label"]; ok {
			items[label.Value().(string)] = line[0].(int32)
		}
	}
	return at, items
}

// click chooses from the menu of the icon.
func (p *panel) click(t *testing.T, label string) {
	t.Helper()
	at, items := p.menu(t)
	id, ok := items[label]
	if !ok {
		t.Fatalf("the menu has no %q: %v", label, items)
	}
	if err := at.Call(menuName+".Event", 0, id, "clicked", dbus.MakeVariant(""), uint32(0)).Err; err != nil {
		t.Fatal(err)
	}
}

// toTray has the program go on in the tray when its window is closed.
func (p *post) toTray(t *testing.T, bus *panel) {
	t.Helper()
	if _, err := settings.In(p.dir).Change(context.Background(), func(s *settings.Settings) { s.General.CloseToTray = true }); err != nil {
		t.Fatal(err)
	}
	p.opts.Env = append(p.opts.Env, "DBUS_SESSION_BUS_ADDRESS="+bus.address)
}

// With a tray the program goes on without its window, and the menu of the icon
// brings it back.
func TestTray(t *testing.T) {
	bus := newPanel(t, true)
	mail := postWith(t, letter("First", "text/plain", "One.", nil))
	mail.toTray(t, bus)
	p := mail.open(t, 1)
	p.until("the icon", func(state) bool { return bus.shown() != "" })
	_, items := bus.menu(t)
	for _, want := range []string{"Open Postrider", "New message", "Get mail now", "Quit"} {
		if _, ok := items[want]; !ok {
			t.Errorf("the menu has no %q: %v", want, items)
		}
	}
	title, err := bus.bus.Object(bus.shown(), "/StatusNotifierItem").GetProperty(itemName + ".IconPixmap")
	if err != nil || !strings.Contains(title.Signature().String(), "iiay") {
		t.Errorf("the icon's picture: %v, %v", title.Signature(), err)
	}
	p.keys("ctrl+w")
	p.until("no window", func(s state) bool { return !p.Shows() })
	if ended, _ := p.Ended(500 * time.Millisecond); ended {
		t.Fatal("the program ended with its window")
	}
	bus.click(t, "Open Postrider")
	p.until("the window", func(s state) bool { return p.Shows() })
	bus.click(t, "New message")
	p.until("a composer", func(s state) bool { return s.Writing == "ready" })
	bus.click(t, "Quit")
	if ended, err := p.Ended(patience); !ended || err != nil {
		t.Errorf("Quit ended it: %v, %v", ended, err)
	}
}

// On a desktop that shows no icons a window that is closed cannot come back, so
// the program ends with it, whatever was chosen once.
func TestNoTray(t *testing.T) {
	bus := newPanel(t, false)
	mail := postWith(t, letter("First", "text/plain", "One.", nil))
	mail.toTray(t, bus)
	p := mail.open(t, 1)
	p.keys("ctrl+comma")
	s := p.says("Be quiet from")
	if strings.Contains(s.Says, "tray") {
		t.Error("the settings speak of a tray")
	}
	p.keys("Escape", "ctrl+w")
	if ended, err := p.Ended(patience); !ended || err != nil {
		t.Errorf("closing the window ended it: %v, %v", ended, err)
	}
	if log := p.log.String(); slices.Contains(strings.Fields(log), "panic:") {
		t.Error(log)
	}
}
