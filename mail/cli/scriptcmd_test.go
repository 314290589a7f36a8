//go:build unix

package cli

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"

	"postrider/mail/mailtest"
)

// servers are the Dovecots of the scripts.
type servers struct {
	mu sync.Mutex
	of map[*testscript.TestScript]*mailtest.Server

	sinks map[*testscript.TestScript]*mailtest.Sink
}

func (s *servers) get(ts *testscript.TestScript) *mailtest.Server {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[ts] == nil {
		ts.Fatalf("no server: begin with dovecot")
	}
	return s.of[ts]
}

// noPenalty lets a client sign in again at once after a wrong password.
const noPenalty = `service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`

// dovecot [expired|wrong-name|self-signed|no-tls] starts a server for the
// script and tells where by $IMAP $IMAPS $POP3 $POP3S and $CA.
func (s *servers) dovecot(ts *testscript.TestScript, neg bool, args []string) {
	opts := []mailtest.Option{mailtest.Config(noPenalty)}
	for _, arg := range args {
		switch arg {
		case "expired":
			opts = append(opts, mailtest.Certificate(mailtest.Expired))
		case "wrong-name":
			opts = append(opts, mailtest.Certificate(mailtest.WrongName))
		case "self-signed":
			opts = append(opts, mailtest.Certificate(mailtest.SelfSigned))
		default:
			ts.Fatalf("dovecot: what is %s?", arg)
		}
	}
	server, err := mailtest.Start(opts...)
	ts.Check(err)
	ts.Defer(func() { server.Stop() })
	s.mu.Lock()
	if s.of == nil {
		s.of = map[*testscript.TestScript]*mailtest.Server{}
	}
	s.of[ts] = server
	s.mu.Unlock()
	for name, value := range map[string]string{
		"IMAP": server.IMAP, "IMAPS": server.IMAPS, "POP3": server.POP3, "POP3S": server.POP3S, "CA": server.CAFile,
	} {
		ts.Setenv(name, value)
	}
}

// deliver USER FILE… puts messages into the user's INBOX; line ends become CRLF.
func (s *servers) deliver(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args[1:] {
		ts.Check(s.get(ts).Deliver(args[0], withCRLF([]byte(ts.ReadFile(file)))))
	}
}

// doveadm ARG… runs doveadm on the server and prints what it says.
func (s *servers) doveadm(ts *testscript.TestScript, neg bool, args []string) {
	out, err := s.get(ts).Doveadm(args...)
	if (err != nil) != neg {
		ts.Fatalf("doveadm %v: %v\n%s", args, err, out)
	}
	io.WriteString(ts.Stdout(), out)
}

func withCRLF(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

// crlf FILE… gives files CRLF line ends.
func crlf(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		path := ts.MkAbs(file)
		b, err := os.ReadFile(path)
		ts.Check(err)
		ts.Check(os.WriteFile(path, withCRLF(b), 0o600))
	}
}

// scripted VAR FILE starts a server that says the lines of FILE to every client,
// each line after one of the client's but for the first; "(silence)" says
// nothing any more. VAR becomes its address.
func scripted(ts *testscript.TestScript, neg bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[1])), "\n")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go recite(conn, lines)
		}
	}()
	ts.Setenv(args[0], l.Addr().String())
}

func recite(conn net.Conn, lines []string) {
	defer conn.Close()
	buf := make([]byte, 4096)
	tag := "*"
	for i, line := range lines {
		if line == "(silence)" {
			io.Copy(io.Discard, conn)
			return
		}
		if i > 0 {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			tag, _, _ = strings.Cut(string(buf[:n]), " ")
		}
		for _, part := range strings.Split(strings.ReplaceAll(line, "$tag", tag), " / ") {
			fmt.Fprintf(conn, "%s\r\n", part)
		}
	}
	io.Copy(io.Discard, conn)
}

// runs CODE ARG… runs postrider, which has to end with that exit code.
func runs(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("postrider", args[1:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got, err = exit.ExitCode(), nil
	}
	ts.Check(err)
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// field VAR KEY [FILE] sets VAR to a key of the first JSON line of FILE, else of
// stdout.
func field(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile("stdout")
	if len(args) > 2 {
		text = ts.ReadFile(args[2])
	}
	line, _, _ := strings.Cut(text, "\n")
	var object map[string]any
	ts.Check(json.Unmarshal([]byte(line), &object))
	value, ok := object[args[1]]
	if !ok {
		ts.Fatalf("there is no %q in %s", args[1], line)
	}
	if n, ok := value.(float64); ok {
		value = strconv.FormatInt(int64(n), 10)
	}
	ts.Setenv(args[0], fmt.Sprint(value))
}

// absent TEXT PATH… fails if a file at or below the paths holds the text.
func absent(ts *testscript.TestScript, neg bool, args []string) {
	for _, path := range args[1:] {
		files := 0
		err := filepath.WalkDir(ts.MkAbs(path), func(p string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			files++
			b, err := os.ReadFile(p)
			if err == nil && bytes.Contains(b, []byte(args[0])) {
				ts.Fatalf("%q stands in %s", args[0], p)
			}
			return err
		})
		ts.Check(err)
		if files == 0 {
			ts.Fatalf("there is no file at %s", path)
		}
	}
}

// poke FILE OFFSET HEX overwrites bytes of a file; a negative offset counts from
// its end.
func poke(ts *testscript.TestScript, neg bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	defer f.Close()
	at, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	if at < 0 {
		info, err := f.Stat()
		ts.Check(err)
		at += info.Size()
	}
	b, err := hex.DecodeString(args[2])
	ts.Check(err)
	_, err = f.WriteAt(b, at)
	ts.Check(err)
}

// await FILE [TEXT] waits until the file is there, and holds the text: another
// process writes it.
func await(ts *testscript.TestScript, neg bool, args []string) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); runtime.Gosched() {
		b, err := os.ReadFile(ts.MkAbs(args[0]))
		if len(args) == 1 {
			if _, err := os.Lstat(ts.MkAbs(args[0])); err == nil {
				return
			}
		} else if err == nil && bytes.Contains(b, []byte(args[1])) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	ts.Fatalf("%v did not come", args)
}

// hold takes the lock of the store without answering anybody, as a process that
// hangs does.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	f, err := os.OpenFile(filepath.Join(ts.Getenv("POSTRIDER_DATA"), "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	ts.Check(err)
	ts.Defer(func() { f.Close() })
	ts.Check(unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB))
}
