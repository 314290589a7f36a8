package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// Options say what is played, and where.
type Options struct {
	Program string   // built with the tag stage
	Args    []string // "demo"
	Env     []string // on top of this process's
	Scale   float64  // of the window; 0: 1
	Log     io.Writer

	Patience time.Duration // of Wait; 0: 20 seconds
}

// A Stage is the program on a screen.
type Stage struct {
	ctx      context.Context
	patience time.Duration
	screen   *Screen
	program  *exec.Cmd
	ended    chan struct{} // closed when the program has
	err      error         // how

	mu   sync.Mutex
	conn net.Conn
	dec  *json.Decoder
	enc  *json.Encoder
}

// Rect is a part of the screen in its pixels.
type Rect struct{ X, Y, W, H int }

// Center is the middle of r.
func (r Rect) Center() (x, y int) { return r.X + r.W/2, r.Y + r.H/2 }

// request and answer are what goes over the socket, one JSON object a line.
type request struct {
	Do   string `json:"do"` // where, state
	Name string `json:"name,omitempty"`
}

type answer struct {
	Error string          `json:"error,omitempty"`
	Rect  *Rect           `json:"rect,omitempty"`
	State json.RawMessage `json:"state,omitempty"`
}

// Open starts the program on the screen and waits for its window. The caller
// closes the stage; the screen stays.
func Open(ctx context.Context, screen *Screen, opts Options) (*Stage, error) {
	dir, err := os.MkdirTemp("", "postrider-stage-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	l, err := net.Listen("unix", filepath.Join(dir, "stage"))
	if err != nil {
		return nil, err
	}
	defer l.Close()
	if opts.Scale == 0 {
		opts.Scale = 1
	}
	if opts.Patience == 0 {
		opts.Patience = 20 * time.Second
	}
	s := &Stage{ctx: ctx, patience: opts.Patience, screen: screen, ended: make(chan struct{})}
	s.program = exec.Command(opts.Program, opts.Args...)
	s.program.Stdout, s.program.Stderr = opts.Log, opts.Log
	s.program.Env = append(os.Environ(),
		"DISPLAY="+screen.Display, "WAYLAND_DISPLAY=", "FYNE_PLATFORM=x11", "FYNE_SCALE="+strconv.FormatFloat(opts.Scale, 'f', -1, 64),
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/dev/null", "LIBGL_ALWAYS_SOFTWARE=1", "LC_ALL=C.UTF-8",
		"POSTRIDER_STAGE="+l.Addr().String())
	s.program.Env = append(s.program.Env, opts.Env...)
	if err := s.program.Start(); err != nil {
		return nil, err
	}
	go func() {
		s.err = s.program.Wait()
		close(s.ended)
		l.Close()
	}()
	l.(*net.UnixListener).SetDeadline(time.Now().Add(30 * time.Second))
	if s.conn, err = l.Accept(); err != nil {
		s.Close()
		return nil, fmt.Errorf("the program did not come to the stage: %w", errors.Join(err, s.err))
	}
	s.dec, s.enc = json.NewDecoder(s.conn), json.NewEncoder(s.conn)
	return s, nil
}

// ask sends a request and waits for its answer.
func (s *Stage) ask(r request) (a answer, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn.SetDeadline(time.Now().Add(30 * time.Second))
	err = s.enc.Encode(r)
	if err == nil {
		err = s.dec.Decode(&a)
	}
	if err != nil {
		return a, fmt.Errorf("%w; %s", err, s.fate())
	}
	if a.Error != "" {
		return a, errors.New(a.Error)
	}
	return a, nil
}

// fate says what became of the program that does not answer.
func (s *Stage) fate() string {
	switch ended, how := s.Ended(2 * time.Second); {
	case !ended:
		return "the program is still there"
	case how != nil:
		return "the program ended: " + how.Error()
	}
	return "the program ended in order"
}

// Where is where a named part of the window is on the screen.
func (s *Stage) Where(name string) (Rect, error) {
	a, err := s.ask(request{Do: "where", Name: name})
	if err != nil {
		return Rect{}, fmt.Errorf("%s: %w", name, err)
	}
	return *a.Rect, nil
}

// State reads what the window says of itself into v.
func (s *Stage) State(v any) error {
	a, err := s.ask(request{Do: "state"})
	if err != nil {
		return err
	}
	return json.Unmarshal(a.State, v)
}

// Display is what other programs reach its screen by.
func (s *Stage) Display() string { return s.screen.Display }

// Picture is what is on the screen, a PNG.
func (s *Stage) Picture() ([]byte, error) { return s.screen.Picture() }

// Key presses keys as xdotool names them: "j", "ctrl+shift+r", "Delete".
func (s *Stage) Key(names ...string) error {
	return s.screen.do(s.ctx, append([]string{"key", "--delay", "20"}, names...)...)
}

// Type types text.
func (s *Stage) Type(text string) error {
	return s.screen.do(s.ctx, "type", "--delay", "20", "--", text)
}

// Move moves the pointer.
func (s *Stage) Move(x, y int) error {
	return s.screen.do(s.ctx, "mousemove", strconv.Itoa(x), strconv.Itoa(y))
}

// Click clicks a button of the mouse at a place: 1 is left, 3 right, 4 and 5
// turn the wheel.
func (s *Stage) Click(x, y, button int) error {
	return s.screen.do(s.ctx, "mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.05", "click", strconv.Itoa(button))
}

// ClickOn clicks in the middle of a named part.
func (s *Stage) ClickOn(name string) error {
	r, err := s.Where(name)
	if err != nil {
		return err
	}
	x, y := r.Center()
	return s.Click(x, y, 1)
}

// Drag presses the left button at one place and lets it go at another.
func (s *Stage) Drag(x0, y0, x1, y1 int) error {
	words := []string{"mousemove", strconv.Itoa(x0), strconv.Itoa(y0), "mousedown", "1"}
	const steps = 12
	for i := 1; i <= steps; i++ {
		words = append(words, "mousemove", strconv.Itoa(x0+(x1-x0)*i/steps), strconv.Itoa(y0+(y1-y0)*i/steps), "sleep", "0.03")
	}
	return s.screen.do(s.ctx, append(words, "mouseup", "1")...)
}

// Resize gives the window another size, in pixels.
func (s *Stage) Resize(width, height int) error {
	return s.screen.do(s.ctx, "search", "--onlyvisible", "--name", "Postrider", "windowsize", strconv.Itoa(width), strconv.Itoa(height))
}

// Shows reports whether a window of the program's is on the screen.
func (s *Stage) Shows() bool {
	return s.screen.do(s.ctx, "search", "--onlyvisible", "--name", "Postrider") == nil
}

// Wait waits until something is so; what says what, for the error.
func (s *Stage) Wait(what string, so func() bool) error {
	return until(s.ctx, s.patience, what, so)
}

// Pid is the program's process.
func (s *Stage) Pid() int { return s.program.Process.Pid }

// Ended reports whether the program has ended by itself, and how.
func (s *Stage) Ended(patience time.Duration) (bool, error) {
	select {
	case <-s.ended:
		return true, s.err
	case <-time.After(patience):
		return false, nil
	}
}

// Close ends the program, if it has not ended yet.
func (s *Stage) Close() {
	if s.conn != nil {
		s.conn.Close()
	}
	s.program.Process.Signal(os.Interrupt)
	if ended, _ := s.Ended(10 * time.Second); !ended {
		s.program.Process.Kill()
		<-s.ended
	}
}
