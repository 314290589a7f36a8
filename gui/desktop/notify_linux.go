package desktop

import (
	"errors"
	"os"
	"strings"
	"sync"

	"github.com/godbus/dbus/v5"
)

// The desktop's notification service (Desktop Notifications Specification 1.2).
const (
	notifyName = "org.freedesktop.Notifications"
	notifyPath = "/org/freedesktop/Notifications"
)

// system is the connection to the session bus, made with the first note.
type system struct {
	mu     sync.Mutex
	bus    *dbus.Conn
	markup bool   // the service reads the body as markup
	id     uint32 // of the note that is shown
	open   func()
}

func (s *system) show(n Note) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.connect(); err != nil {
		return err
	}
	if s.markup {
		n.Body = escape.Replace(n.Body)
	}
	actions := []string{}
	if n.Open != nil {
		actions = []string{"default", "Open"}
	}
	hints := map[string]dbus.Variant{
		"desktop-entry": dbus.MakeVariant("app.postrider.Postrider"),
		"category":      dbus.MakeVariant("email.arrived"),
	}
	call := s.bus.Object(notifyName, notifyPath).Call(notifyName+".Notify", 0,
		"Postrider", s.id, "app.postrider.Postrider", n.Title, n.Body, actions, hints, int32(-1))
	if call.Err != nil {
		s.drop()
		return call.Err
	}
	s.open = n.Open
	return call.Store(&s.id)
}

// escape writes text as the markup that bodies are (section 4).
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// connect dials the bus that the session names. It never starts one: without an
// address, the library would.
func (s *system) connect() error {
	if s.bus != nil && s.bus.Connected() {
		return nil
	}
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" {
		return errors.New("this session has no message bus")
	}
	bus, err := dbus.Connect(address)
	if err != nil {
		return err
	}
	var offers []string
	if err := bus.Object(notifyName, notifyPath).Call(notifyName+".GetCapabilities", 0).Store(&offers); err != nil {
		bus.Close()
		return err
	}
	for _, o := range offers {
		s.markup = s.markup || o == "body-markup"
	}
	if err := bus.AddMatchSignal(dbus.WithMatchInterface(notifyName), dbus.WithMatchMember("ActionInvoked")); err != nil {
		bus.Close()
		return err
	}
	clicks := make(chan *dbus.Signal, 8)
	bus.Signal(clicks)
	s.bus, s.id = bus, 0
	go s.listen(clicks) // until the connection closes, which closes the channel
	return nil
}

func (s *system) listen(clicks <-chan *dbus.Signal) {
	for click := range clicks {
		if open := s.clicked(click); open != nil {
			open()
		}
	}
}

// clicked returns what to do for a click on our note.
func (s *system) clicked(click *dbus.Signal) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if click.Name != notifyName+".ActionInvoked" || len(click.Body) == 0 || click.Body[0] != s.id {
		return nil
	}
	return s.open
}

func (s *system) drop() {
	s.bus.Close()
	s.bus, s.id, s.open = nil, 0, nil
}

func (s *system) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bus == nil {
		return nil
	}
	if s.id != 0 {
		s.bus.Object(notifyName, notifyPath).Call(notifyName+".CloseNotification", 0, s.id)
	}
	s.drop()
	return nil
}
