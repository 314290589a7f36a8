package mailtest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// keeper is the shell that minds one Dovecot. It reads its standard input,
// which only this process holds open: however this process ends, the shell
// sees the end of its input and stops Dovecot.
type keeper struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
}

// keep starts Dovecot, which returns when it listens on all ports and leaves a
// process group of its own; waits for that group's number, which is written a
// moment later; says so; and waits. $1 is Dovecot, $2 the directory. The end is
// a kill because Dovecot's own way out takes seconds; its files are made to
// survive that, except for the sockets in run, which a dying process may still
// hold open when the next one looks. The directory goes when this process died
// without a word.
const keep = `
"$1" -c "$2/dovecot.conf" >"$2/log/start" 2>&1 </dev/null || exit 1
tries=0
while ! [ -s "$2/run/master.pid" ]; do
	tries=$((tries + 1))
	[ $tries -lt 2000 ] || { echo "no master.pid" >"$2/log/start"; exit 1; }
	sleep 0.005
done
pid=$(cat "$2/run/master.pid")
echo ready
exec 1>&-
read -r word
kill -s KILL -- "-$pid"
rm -rf "$2/run/"*
[ "$word" = stop ] || rm -rf "$2"
`

// stopLimit bounds how long Dovecot may take to end.
const stopLimit = 20 * time.Second

func (s *Server) launch() error {
	cmd := exec.Command("/bin/sh", "-c", keep, "sh", s.install.dovecot, s.Dir)
	s.asOwner(cmd)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	if line != "ready\n" {
		stdin.Close()
		return errors.Join(cmd.Wait(), s.startError())
	}
	s.keeper = &keeper{cmd, stdin}
	return nil
}

// startError is what Dovecot said when it did not start.
func (s *Server) startError() error {
	b, err := os.ReadFile(filepath.Join(s.Dir, "log", "start"))
	if err != nil {
		return err
	}
	return errors.New(strings.TrimSpace(string(b)))
}

// halt kills Dovecot and all its processes; the mail stays.
func (s *Server) halt() error {
	if s.keeper == nil {
		return nil
	}
	k := s.keeper
	s.keeper = nil
	_, err := io.WriteString(k.stdin, "stop\n")
	if err = errors.Join(err, k.cmd.Wait()); err == nil {
		err = s.waitClosed()
	}
	if err != nil {
		return fmt.Errorf("stop dovecot: %w", err)
	}
	return nil
}

// waitClosed returns when no port is listened on: the processes were told to
// die, but only the ports tell that they are dead.
func (s *Server) waitClosed() error {
	deadline := time.Now().Add(stopLimit)
	for _, addr := range []string{s.IMAP, s.IMAPS, s.POP3, s.POP3S} {
		for listens(addr) {
			if time.Now().After(deadline) {
				return fmt.Errorf("%s is still open", addr)
			}
			time.Sleep(time.Millisecond)
		}
	}
	return nil
}

func listens(addr string) bool {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// asOwner sets cmd up to run as Dovecot does, in a directory it may enter.
func (s *Server) asOwner(cmd *exec.Cmd) {
	s.owner.run(cmd)
	cmd.Dir = s.Dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.Dir}
	if tz, ok := os.LookupEnv("TZ"); ok {
		cmd.Env = append(cmd.Env, "TZ="+tz)
	}
}

// Doveadm runs a doveadm command on the server's side of things and returns
// its output:
//
//	s.Doveadm("mailbox", "status", "-u", "alice", "messages", "*")
func (s *Server) Doveadm(args ...string) (string, error) {
	args = append([]string{"-c", filepath.Join(s.Dir, "dovecot.conf")}, args...)
	cmd := exec.Command(s.install.doveadm, args...)
	s.asOwner(cmd)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return string(out), fmt.Errorf("doveadm %s: %w: %s", strings.Join(args[2:], " "), err, stderr.String())
	}
	return string(out), nil
}
