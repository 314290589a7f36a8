package handover

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"postrider/mail"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve takes commands over in dir until the test ends.
func serve(t *testing.T, dir string, run func(context.Context, Request) int) *Listener {
	t.Helper()
	l, err := Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.Serve(ctx, run)
	}()
	t.Cleanup(func() {
		stop()
		l.Close()
		<-done
	})
	return l
}

// call hands words over and returns what came back.
func call(t *testing.T, dir string, args ...string) (code int, out, errs string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	code, err = Call(t.Context(), dir, Request{Args: args, Dir: dir, Width: 80, Bar: 100, Color: true, Out: &o, Err: &e})
	return code, o.String(), e.String(), err
}

// TestOutputAndExitCodeComeBack: as it was written, of any size and any bytes.
func TestOutputAndExitCodeComeBack(t *testing.T) {
	dir := t.TempDir()
	big := strings.Repeat("\x00\xff\n", maxReply)
	serve(t, dir, func(_ context.Context, r Request) int {
		fmt.Fprintf(r.Out, "%q in %s, %d %d %v\n", r.Args, filepath.Base(r.Dir), r.Width, r.Bar, r.Color)
		io.WriteString(r.Err, "oops\n")
		io.WriteString(r.Out, big)
		return 3
	})
	code, out, errs, err := call(t, dir, "mark", "1", "ü\n", "--seen")
	want := fmt.Sprintf("%q in %s, 80 100 true\n", []string{"mark", "1", "ü\n", "--seen"}, filepath.Base(dir)) + big
	if err != nil || code != 3 || errs != "oops\n" || out != want {
		t.Errorf("code %d, %d bytes on stdout, %q on stderr, %v; want 3, %d bytes, oops", code, len(out), errs, err, len(want))
	}
}

func TestNobodyAnswers(t *testing.T) {
	dir := t.TempDir()
	if _, _, _, err := call(t, dir, "sync"); !errors.Is(err, ErrNobody) {
		t.Errorf("without a socket: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, socketName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := call(t, dir, "sync"); !errors.Is(err, ErrNobody) {
		t.Errorf("with a file in its place: %v", err)
	}
	serve(t, dir, func(context.Context, Request) int { return 0 }) // the leftover is replaced
	if _, _, _, err := call(t, dir, "sync"); err != nil {
		t.Errorf("with a holder: %v", err)
	}
}

// TestSocketIsTheOwnersOnly: nobody else may even connect.
func TestSocketIsTheOwnersOnly(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir, func(context.Context, Request) int { return 0 })
	info, err := os.Stat(filepath.Join(dir, socketName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("socket %v, %v; want mode 0600", info.Mode(), err)
	}
}

// TestLongFolder: a data folder may be deeper than a socket's path may be long.
func TestLongFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("deep/", 40))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := Listen(dir)
	if err != nil {
		t.Skipf("this system takes short paths only: %v", err)
	}
	l.Close()
	serve(t, dir, func(context.Context, Request) int { return 7 })
	if code, _, _, err := call(t, dir, "x"); code != 7 || err != nil {
		t.Errorf("%d, %v; want 7", code, err)
	}
}

// TestCallerGoesAway: its command is told to stop.
func TestCallerGoesAway(t *testing.T) {
	dir := t.TempDir()
	begun, ended := make(chan struct{}), make(chan error, 1)
	serve(t, dir, func(ctx context.Context, r Request) int {
		close(begun)
		<-ctx.Done()
		ended <- ctx.Err()
		return 1
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	_, err := Call(ctx, dir, Request{Args: []string{"sync"}, Dir: dir, Out: io.Discard, Err: io.Discard})
	if !mail.Is(err, mail.KindCanceled) {
		t.Errorf("the call ended with %v, want canceled", err)
	}
	<-ended
}

// TestCloseWaitsForCommands: what has begun is brought to its end, and what
// comes after is told that there is nobody.
func TestCloseWaitsForCommands(t *testing.T) {
	dir := t.TempDir()
	begun, release := make(chan struct{}), make(chan struct{})
	l := serve(t, dir, func(context.Context, Request) int {
		close(begun)
		<-release
		return 5
	})
	result := make(chan int, 1)
	go func() {
		code, _ := Call(context.Background(), dir, Request{Args: []string{"sync"}, Dir: dir, Out: io.Discard, Err: io.Discard})
		result <- code
	}()
	<-begun
	if n := l.Busy(); n != 1 {
		t.Errorf("%d commands run, want 1", n)
	}
	closed := make(chan struct{})
	go func() {
		l.Close()
		close(closed)
	}()
	select {
	case <-closed:
		t.Error("closed while a command ran")
	default:
	}
	close(release)
	<-closed
	if code := <-result; code != 5 {
		t.Errorf("the command ended with %d, want 5", code)
	}
	if _, _, _, err := call(t, dir, "sync"); !errors.Is(err, ErrNobody) {
		t.Errorf("after the end: %v, want nobody", err)
	}
}

// TestHolderEnds: its end tells the commands it took over to end, too.
func TestHolderEnds(t *testing.T) {
	dir := t.TempDir()
	l, err := Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	go l.Serve(ctx, func(ctx context.Context, r Request) int {
		stop()
		<-ctx.Done()
		return 1
	})
	if code, _, _, err := call(t, dir, "sync", "--watch"); code != 1 || err != nil {
		t.Errorf("%d, %v; want the command's own end", code, err)
	}
	l.Close()
}

// TestOddCallers: what is no command of ours is not run.
func TestOddCallers(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir, func(_ context.Context, r Request) int {
		t.Errorf("ran %q", r.Args)
		return 0
	})
	for _, text := range []string{
		"", "\n", "GET / HTTP/1.1\r\n\r\n", "{}\n", `{"args":[],"dir":"/"}` + "\n", `{"args":["sync"],"dir":"relative"}` + "\n",
		`{"args":["sync"],"dir":"/","width":-1}` + "\n", `{"args":["sync"],"dir":"/"}`, `{"args":"sync","dir":"/"}` + "\n", "[1]\n",
		strings.Repeat("x", maxRequest+10) + "\n",
	} {
		conn, err := dialSocket(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, text)
		conn.(*net.UnixConn).CloseWrite()
		if got, _ := io.ReadAll(conn); len(got) > 0 {
			t.Errorf("%.40q was answered with %q", text, got)
		}
		conn.Close()
	}
}

func dialSocket(t *testing.T, dir string) (net.Conn, error) {
	return dial(t.Context(), filepath.Join(dir, socketName))
}
