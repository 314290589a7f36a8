package stage

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// ErrMissing is in the chain of errors for lack of a program that shows or works
// a window.
var ErrMissing = errors.New("not installed")

// A Screen is an X server without a monitor, with a window manager.
type Screen struct {
	Display string // ":7"
	dir     string // where the server keeps its framebuffer
	server  *exec.Cmd
	manager *exec.Cmd
}

// NewScreen starts an X server of a size in pixels on a free display.
func NewScreen(ctx context.Context, width, height int) (*Screen, error) {
	for _, name := range []string{"Xvfb", "openbox", "xdotool"} {
		if _, err := exec.LookPath(name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, ErrMissing)
		}
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	dir, err := os.MkdirTemp("", "postrider-screen-")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "openbox.xml"), []byte(manners), 0o600); err != nil {
		return nil, err
	}
	s := &Screen{dir: dir, server: exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height),
		"-fbdir", dir, "-nolisten", "tcp", "-noreset")}
	s.server.ExtraFiles = []*os.File{write}
	err = s.server.Start()
	write.Close()
	if err != nil {
		return nil, err
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("the X server did not start: %w", err)
	}
	s.Display = ":" + strings.TrimSpace(number)
	s.manager = exec.Command("openbox", "--sm-disable", "--config-file", filepath.Join(dir, "openbox.xml"))
	s.manager.Env = append(os.Environ(), "DISPLAY="+s.Display)
	if err := s.manager.Start(); err != nil {
		s.manager = nil
		s.Close()
		return nil, err
	}
	return s, s.managed(ctx)
}

// manners have the window manager give windows no frame, and the place and size
// that they ask for.
const manners = `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <placement><policy>Smart</policy><center>no</center></placement>
  <applications><application class="*"><decor>no</decor><position force="yes"><x>0</x><y>0</y></position></application></applications>
</openbox_config>
`

// managed waits until the window manager answers.
func (s *Screen) managed(ctx context.Context) error {
	return until(ctx, 10*time.Second, "the window manager", func() bool {
		return s.do(ctx, "get_desktop") == nil
	})
}

// do runs an xdotool command.
func (s *Screen) do(ctx context.Context, words ...string) error {
	cmd := exec.CommandContext(ctx, "xdotool", words...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.Display)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("xdotool %s: %w: %s", strings.Join(words, " "), err, out)
	}
	return nil
}

// Close ends the server and all that is on it.
func (s *Screen) Close() {
	for _, cmd := range []*exec.Cmd{s.manager, s.server} {
		if cmd != nil {
			cmd.Process.Kill()
			cmd.Wait()
		}
	}
	os.RemoveAll(s.dir)
}

// until waits for something to be so.
func until(ctx context.Context, patience time.Duration, what string, so func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited for %s in vain", what)
		case <-tick.C:
		}
	}
	return nil
}
