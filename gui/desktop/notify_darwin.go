package desktop

import (
	"os/exec"
	"strings"
)

// system has osascript show the words.
type system struct{}

func (*system) show(n Note) error {
	script, err := macScript(n)
	if err != nil {
		return err
	}
	cmd := exec.Command("/usr/bin/osascript", "-l", "JavaScript", "-")
	cmd.Stdin = strings.NewReader(script)
	return cmd.Run()
}

func (*system) close() error { return nil }
