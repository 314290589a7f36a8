package stage_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"postrider/gui/stage"
)

// pictures is a folder for pictures of what the tests do, to look at.
var pictures = flag.String("pictures", "", "keep pictures of the window in this folder")

// detect has the program tell of what its goroutines do at the same time. It is
// built anew for that, which takes minutes.
var detect = flag.Bool("detect", false, "build the program with the race detector")

// built is the program, built once for all tests.
var built struct {
	once sync.Once
	dir  string
	path string
	err  error
}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "postrider-built-"); built.err == nil {
			var flags []string
			if *detect {
				flags = append(flags, "-race")
			}
			built.path, built.err = stage.Build(context.Background(), built.dir, flags...)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// row is a row of the list as the window shows it.
type row struct {
	ID                               int64
	Sender, Subject                  string
	Unread, Starred, Picked, Loading bool
	Answered                         bool
}

// state is what the window says of itself.
type state struct {
	Ready, Whole, Text, Painted, Covered, Overlay, Drawer, ReaderUp bool
	Place, Subject, Reading, Find, Toast, Foot, Panel               string
	Focus, Mode, Title, Writing, Draft, Words, Says, Sought         string
	FullScreen, Asks                                                bool
	Rows, Selected, Cursor, Cards, Open, Windows, Busy              int
	Shown                                                           []row
	Zoom                                                            float32
}

// play is a test with the program on a screen.
type play struct {
	*stage.Stage
	t     *testing.T
	log   *safeLog
	scale float64
	home  string
}

// safeLog takes what the program prints, from its own goroutine.
type safeLog struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *safeLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *safeLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// open starts the program on a screen of its own and waits for its first list.
func open(t *testing.T, width, height int, args ...string) *play {
	t.Helper()
	return openWith(t, width, height, stage.Options{Args: args})
}

// openWith is open with more to say about how.
func openWith(t *testing.T, width, height int, opts stage.Options) *play {
	t.Helper()
	if testing.Short() {
		t.Skip("a real window takes long")
	}
	path := program(t)
	screen, err := stage.NewScreen(t.Context(), width, height)
	if errors.Is(err, stage.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(screen.Close)
	home := t.TempDir()
	p := &play{t: t, log: &safeLog{}, scale: opts.Scale, home: home}
	opts.Program, opts.Log = path, p.log
	if *detect {
		opts.Patience = 2 * time.Minute
	}
	opts.Env = append([]string{"HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_CACHE_HOME=" + filepath.Join(home, "cache"), "FYNE_THEME=light", "TZ=UTC"}, opts.Env...)
	p.Stage, err = stage.Open(context.WithoutCancel(t.Context()), screen, opts)
	if err != nil {
		t.Fatal(err, p.log)
	}
	t.Cleanup(p.end)
	return p
}

// end closes the program and checks that it kept to Fyne's rules and did not
// fall.
func (p *play) end() {
	p.Close()
	log := p.log.String()
	for _, bad := range []string{"Error in Fyne call thread", "panic:", "fatal error:", "DATA RACE", "Failed to focus"} {
		if strings.Contains(log, bad) {
			p.t.Errorf("the program printed %q:\n%s", bad, log)
			return
		}
	}
	if p.t.Failed() {
		p.t.Log(log)
	}
}

func (p *play) state() (s state) {
	p.t.Helper()
	if err := p.State(&s); err != nil {
		p.t.Fatal(err, p.log)
	}
	return s
}

// until waits for the window to be so, and returns how it then is.
func (p *play) until(what string, so func(state) bool) (s state) {
	p.t.Helper()
	err := p.Wait(what, func() bool {
		s = p.state()
		return so(s)
	})
	if err != nil {
		p.picture("failed")
		p.t.Fatalf("%v; the window: %+v", err, s)
	}
	return s
}

// settled waits for the demo's mail to be here.
func (p *play) settled() state {
	p.t.Helper()
	return p.until("the demo's mail", func(s state) bool {
		return s.Ready && s.Whole && s.Busy == 0 && s.Rows > 50 && len(s.Shown) > 5 && !slices.ContainsFunc(s.Shown, func(r row) bool { return r.Loading }) &&
			strings.HasPrefix(s.Foot, "Sailing club")
	})
}

// keys presses keys.
func (p *play) keys(names ...string) {
	p.t.Helper()
	if err := p.Key(names...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *play) types(text string) {
	p.t.Helper()
	if err := p.Type(text); err != nil {
		p.t.Fatal(err)
	}
}

// clickOn clicks in the middle of a part of the window.
func (p *play) clickOn(name string, button int) {
	p.t.Helper()
	x, y := p.middle(name)
	if err := p.Click(x, y, button); err != nil {
		p.t.Fatal(err)
	}
}

// where is where a part of the window is, once it is drawn and stays there.
func (p *play) where(name string) (r stage.Rect) {
	p.t.Helper()
	var err error
	found := p.Wait(name, func() bool {
		var now stage.Rect
		was := r
		if now, err = p.Where(name); err != nil {
			return false
		}
		r = now
		return now == was
	})
	if found != nil {
		p.picture("failed")
		p.t.Fatalf("%v: %v; the window: %+v", found, err, p.state())
	}
	return r
}

func (p *play) middle(name string) (x, y int) {
	p.t.Helper()
	return p.where(name).Center()
}

// rowPart names a row for Where.
func rowPart(r row) string { return fmt.Sprintf("row %d", r.ID) }

// picture keeps a picture, if that was asked for.
func (p *play) picture(name string) {
	if *pictures == "" {
		return
	}
	png, err := p.Picture()
	if err == nil {
		name = strings.ReplaceAll(p.t.Name(), "/", "-") + "-" + name + ".png"
		err = os.WriteFile(filepath.Join(*pictures, name), png, 0o644)
	}
	if err != nil {
		p.t.Error(err)
	}
}
