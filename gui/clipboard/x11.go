//go:build unix && !darwin

package clipboard

import (
	"context"
	"io"
	"log"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

func init() { xgb.Logger = log.New(io.Discard, "", 0) } // a lost connection is an error, and no line of its own

// x11 asks the owner of the selection CLIPBOARD (ICCCM 2.4), as a client of its own
// beside the window's.
type x11 struct {
	conn   *xgb.Conn
	window xproto.Window
	atoms  map[string]xproto.Atom
	close  func()
}

// dialX11 connects to the display; the end of ctx ends whatever is waited for.
func dialX11(ctx context.Context) (*x11, error) {
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, err
	}
	x := &x11{conn: conn, atoms: map[string]xproto.Atom{}, close: sync.OnceFunc(conn.Close)}
	release := context.AfterFunc(ctx, x.close)
	if err := x.open(); err != nil {
		release()
		x.close()
		return nil, err
	}
	return x, nil
}

func (x *x11) open() (err error) {
	if x.window, err = xproto.NewWindowId(x.conn); err != nil {
		return err
	}
	screen := xproto.Setup(x.conn).DefaultScreen(x.conn)
	return xproto.CreateWindowChecked(x.conn, screen.RootDepth, x.window, screen.Root, 0, 0, 1, 1, 0, xproto.WindowClassInputOutput,
		screen.RootVisual, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
}

func (x *x11) atom(name string) (xproto.Atom, error) {
	if a, ok := x.atoms[name]; ok {
		return a, nil
	}
	r, err := xproto.InternAtom(x.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, err
	}
	x.atoms[name] = r.Atom
	return r.Atom, nil
}

func (x *x11) types(ctx context.Context) ([]string, error) {
	data, err := x.read(ctx, "TARGETS")
	if err != nil {
		return nil, err
	}
	var names []string
	for ; len(data) >= 4 && len(names) < 200; data = data[4:] {
		r, err := xproto.GetAtomName(x.conn, xproto.Atom(xgb.Get32(data))).Reply()
		if err != nil {
			continue
		}
		names = append(names, r.Name)
	}
	return names, nil
}

// read has the owner put the selection into a property of our window; nil where it
// has no such form.
func (x *x11) read(ctx context.Context, form string) ([]byte, error) {
	var atoms [3]xproto.Atom
	for i, name := range []string{"CLIPBOARD", form, "POSTRIDER_PASTE"} {
		a, err := x.atom(name)
		if err != nil {
			return nil, err
		}
		atoms[i] = a
	}
	if err := xproto.ConvertSelectionChecked(x.conn, x.window, atoms[0], atoms[1], atoms[2], xproto.TimeCurrentTime).Check(); err != nil {
		return nil, err
	}
	for {
		event, err := x.next(ctx)
		if err != nil {
			return nil, err
		}
		if e, ok := event.(xproto.SelectionNotifyEvent); ok && e.Target == atoms[1] {
			if e.Property == xproto.AtomNone {
				return nil, nil
			}
			return x.take(ctx, e.Property)
		}
	}
}

// next waits for an event.
func (x *x11) next(ctx context.Context) (xgb.Event, error) {
	event, xerr := x.conn.WaitForEvent()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case event == nil && xerr == nil:
		return nil, io.ErrUnexpectedEOF
	case xerr != nil:
		return nil, xerr
	}
	return event, nil
}

// take takes the property's value: whole, or piece by piece where the owner says
// that it comes so (ICCCM 2.7.2).
func (x *x11) take(ctx context.Context, property xproto.Atom) ([]byte, error) {
	incr, err := x.atom("INCR")
	if err != nil {
		return nil, err
	}
	data, kind, err := x.property(property)
	if err != nil || kind != incr {
		return data, err
	}
	var all []byte
	for {
		event, err := x.next(ctx)
		if err != nil {
			return nil, err
		}
		e, ok := event.(xproto.PropertyNotifyEvent)
		if !ok || e.Atom != property || e.State != xproto.PropertyNewValue {
			continue
		}
		piece, _, err := x.property(property)
		if err != nil || len(piece) == 0 {
			return all, err
		}
		if all = append(all, piece...); len(all) > maxSize {
			return nil, errTooLarge
		}
	}
}

// property reads a property of our window, and deletes it, which asks for the next
// piece.
func (x *x11) property(name xproto.Atom) (data []byte, kind xproto.Atom, err error) {
	const words = 64 << 10 // of four octets
	for {
		r, err := xproto.GetProperty(x.conn, true, x.window, name, xproto.GetPropertyTypeAny, uint32(len(data)/4), words).Reply()
		if err != nil {
			return nil, 0, err
		}
		if data = append(data, r.Value...); len(data) > maxSize {
			return nil, 0, errTooLarge
		}
		if r.BytesAfter == 0 {
			return data, r.Type, nil
		}
	}
}
