package mailtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// install is the Dovecot of this machine.
type install struct{ dovecot, doveadm string }

// errMissing is Available's reason where there is no Dovecot.
var errMissing = errors.New("Dovecot 2.3 is not installed (Debian and Ubuntu: apt install dovecot-imapd dovecot-pop3d)")

// findInstall looks once per process; Dovecot 2.4 has another configuration
// language and does not count.
var findInstall = sync.OnceValues(func() (install, error) {
	var in install
	for name, path := range map[string]*string{"dovecot": &in.dovecot, "doveadm": &in.doveadm} {
		if *path = lookSystem(name); *path == "" {
			return in, errMissing
		}
	}
	out, err := exec.Command(in.dovecot, "--version").Output()
	if err != nil {
		return in, fmt.Errorf("dovecot --version: %w", err)
	}
	if v := strings.TrimSpace(string(out)); !strings.HasPrefix(v, "2.3.") {
		return in, fmt.Errorf("Dovecot 2.3 is needed, this is %s", v)
	}
	return in, nil
})

// Available tells why Dovecot cannot run here, or nil.
func Available() error {
	_, err := findInstall()
	return err
}

// lookSystem also looks where a plain user's PATH does not lead.
func lookSystem(name string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	for _, dir := range []string{"/usr/sbin/", "/usr/local/sbin/", "/opt/homebrew/sbin/"} {
		if _, err := os.Stat(dir + name); err == nil {
			return dir + name
		}
	}
	return ""
}
