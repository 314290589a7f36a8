package handover

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"postrider/mail"
)

// maxPath is how long a socket's path may be (unix(7): 108 bytes with the NUL).
const maxPath = 107

// within calls fn with a path to the socket that is short enough: by way of the
// open folder where its own path is not.
func within(path string, fn func(string) error) error {
	if len(path) <= maxPath {
		return fn(path)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return fn(fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)))
}

func listen(path string) (l net.Listener, err error) {
	err = within(path, func(p string) error {
		if l, err = net.Listen("unix", p); err != nil {
			return err
		}
		l.(*net.UnixListener).SetUnlinkOnClose(false) // the next holder may have made its own by then
		return os.Chmod(path, 0o600)
	})
	return l, err
}

func dial(ctx context.Context, path string) (conn net.Conn, err error) {
	err = within(path, func(p string) error {
		conn, err = (&net.Dialer{}).DialContext(ctx, "unix", p)
		return err
	})
	return conn, err
}

// checkPeer refuses other users: the folder's permissions should, but people
// change those.
func checkPeer(conn net.Conn) error {
	raw, err := conn.(*net.UnixConn).SyscallConn()
	if err != nil {
		return err
	}
	var cred *unix.Ucred
	var failed error
	if err := raw.Control(func(fd uintptr) {
		cred, failed = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED)
	}); err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	if int(cred.Uid) != os.Getuid() {
		return mail.Errorf(mail.KindUnsafe, "hand the command over", "the other process belongs to another user")
	}
	return nil
}
