package handover

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"postrider/mail"
)

// Request is a command to run for another process.
type Request struct {
	Args       []string // without the program's name
	Dir        string   // the folder that relative paths start from
	Width, Bar int      // of the caller's stdout and stderr in cells; 0: no terminal
	Color      bool     // stdout takes colours
	In         io.Reader
	Out, Err   io.Writer
}

// Listener takes commands over. Close must be called.
type Listener struct {
	net  net.Listener
	path string

	mu     sync.Mutex
	closed bool
	open   map[net.Conn]bool // callers whose command has not begun
	runs   sync.WaitGroup
	busy   int // commands that run
}

// Listen opens the socket of a data folder. The caller has the store's lock: a
// socket that is there already is of a process that is gone.
func Listen(dir string) (*Listener, error) {
	path := filepath.Join(dir, socketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, mail.Wrap(mail.KindDisk, "listen for commands", err)
	}
	l, err := listen(path)
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "listen for commands", err)
	}
	return &Listener{net: l, path: path, open: map[net.Conn]bool{}}, nil
}

// Serve runs commands, each in a goroutine of its own, until Close. They are told
// to end when ctx does.
func (l *Listener) Serve(ctx context.Context, run func(context.Context, Request) int) {
	for {
		conn, err := l.net.Accept()
		if err != nil {
			return
		}
		if !l.enter(conn) {
			conn.Close()
			return
		}
		go func() {
			defer l.runs.Done()
			defer conn.Close()
			l.serve(ctx, conn, run)
		}()
	}
}

// enter counts a caller in, unless the listener is closed.
func (l *Listener) enter(conn net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.open[conn] = true
	l.runs.Add(1)
	return true
}

// begin says that a caller's command is complete; false when it comes too late.
func (l *Listener) begin(conn net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, conn)
	if l.closed {
		return false
	}
	l.busy++
	return true
}

// refuse lets a caller go whose command does not begin.
func (l *Listener) refuse(conn net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, conn)
}

func (l *Listener) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy--
}

// Busy is how many commands of others run.
func (l *Listener) Busy() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.busy
}

func (l *Listener) serve(ctx context.Context, conn net.Conn, run func(context.Context, Request) int) {
	out := &lines{enc: json.NewEncoder(conn)}
	in := bufio.NewReader(conn)
	var c command
	err := checkPeer(conn)
	if err == nil {
		err = readLine(in, maxRequest, &c)
	}
	if err == nil {
		err = c.check()
	}
	if err != nil || !l.begin(conn) {
		l.refuse(conn)
		return
	}
	defer l.end()
	if out.send(reply{Taken: true}) != nil {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { // nothing more comes from a caller: an end of the line is an end of interest
		in.ReadByte()
		cancel()
	}()
	code := run(ctx, Request{
		Args: c.Args, Dir: c.Dir, Width: c.Width, Bar: c.Bar, Color: c.Color, In: strings.NewReader(""),
		Out: stream{out, func(p []byte) reply { return reply{Out: p} }},
		Err: stream{out, func(p []byte) reply { return reply{Err: p} }},
	})
	out.send(reply{Exit: &code})
}

// Close takes no more commands, and waits for those that run.
func (l *Listener) Close() error {
	l.mu.Lock()
	l.closed = true
	for conn := range l.open {
		conn.Close()
	}
	l.mu.Unlock()
	os.Remove(l.path) // while the store is still ours; a leftover would do no harm
	err := l.net.Close()
	l.runs.Wait()
	return err
}
