package vm

import (
	"context"
	"strings"
	"time"

	"postrider/accounts/settings"
)

// Preferences are the person's settings while the window runs: what is chosen
// holds at once, and is kept behind it.
type Preferences struct {
	settings.Settings
	Err error // why they could not be read or kept; nil: they could

	desk *Desk
	file *settings.File
	told []func()
}

// NewPreferences reads the settings of a data folder: they are needed before the
// first frame, and are a small file.
func NewPreferences(d *Desk, dir string) *Preferences {
	p := &Preferences{desk: d, file: settings.In(dir)}
	p.Settings, p.Err = p.file.Load()
	return p
}

// OnChange has fn called after every change.
func (p *Preferences) OnChange(fn func()) { p.told = append(p.told, fn) }

// Set changes settings. change is called here, and once more on what is in the
// file by then.
func (p *Preferences) Set(change func(*settings.Settings)) {
	change(&p.Settings)
	Run(p.desk, func(ctx context.Context) error {
		_, err := p.file.Change(ctx, change)
		return err
	}, func(err error) {
		if p.Err = err; err != nil {
			p.tell()
		}
	})
	p.tell()
}

func (p *Preferences) tell() {
	for _, fn := range p.told {
		fn()
	}
}

// AllowPictures has the pictures of a sender shown at once from now on; whole
// means everybody of the same domain.
func (p *Preferences) AllowPictures(address string, whole bool) {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return
	}
	if whole {
		address = address[at:]
	}
	p.Set(func(s *settings.Settings) {
		s.Privacy.Pictures = settings.PicturesKnown
		s.Privacy.Senders = append(s.Privacy.Senders, strings.ToLower(address))
	})
}

// ForgetPictures takes a sender or a domain off the list.
func (p *Preferences) ForgetPictures(entry string) {
	p.Set(func(s *settings.Settings) {
		kept := []string{}
		for _, who := range s.Privacy.Senders {
			if !strings.EqualFold(who, entry) {
				kept = append(kept, who)
			}
		}
		s.Privacy.Senders = kept
	})
}

// WindowState keeps how the window is left, some time after it was changed.
type WindowState struct {
	settings.Window

	desk  *Desk
	file  *settings.File
	later func()
}

// NewWindowState reads how the window was left.
func NewWindowState(d *Desk, dir string) *WindowState {
	f := settings.In(dir)
	return &WindowState{Window: f.Window(), desk: d, file: f}
}

// keepAfter waits for the end of a drag.
const keepAfter = 2 * time.Second

// Set changes the state; it is kept a little later.
func (w *WindowState) Set(change func(*settings.Window)) {
	change(&w.Window)
	if w.later != nil {
		w.later()
	}
	w.later = w.desk.After(keepAfter, w.keep)
}

func (w *WindowState) keep() {
	w.later = nil
	state := w.Window
	state.Folded, state.Recent = append([]string(nil), state.Folded...), append([]string(nil), state.Recent...)
	Run(w.desk, func(ctx context.Context) error { return w.file.SetWindow(ctx, state) }, func(error) {}) // the next start is as the last
}

// Flush keeps what was not kept yet: before the window goes. It waits for the
// disk.
func (w *WindowState) Flush() error {
	if w.later == nil {
		return nil
	}
	w.later()
	w.later = nil
	return w.file.SetWindow(context.Background(), w.Window)
}
