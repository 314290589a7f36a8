//go:build unix

package mailtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// owner is whom Dovecot runs as: the user of this process or, because Dovecot
// refuses to touch mail as root, nobody.
type owner struct {
	User, Group string
	uid, gid    int
	switches    bool
}

func findOwner() (*owner, error) {
	u, err := user.Current()
	if err != nil {
		return nil, err
	}
	root := os.Getuid() == 0
	if root {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		return nil, err
	}
	o := &owner{User: u.Username, Group: g.Name, switches: root}
	if o.uid, err = strconv.Atoi(u.Uid); err != nil {
		return nil, fmt.Errorf("user %s: %w", u.Username, err)
	}
	if o.gid, err = strconv.Atoi(u.Gid); err != nil {
		return nil, fmt.Errorf("user %s: %w", u.Username, err)
	}
	return o, nil
}

// own gives a file to the owner.
func (o *owner) own(path string) error {
	if !o.switches {
		return nil
	}
	return os.Chown(path, o.uid, o.gid)
}

// run makes cmd run as the owner, out of reach of the terminal's signals.
func (o *owner) run(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if o.switches {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(o.uid), Gid: uint32(o.gid)}
	}
}
