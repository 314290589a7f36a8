package desktop

import "os/exec"

// system has osascript show the words, which are its arguments and never part
// of the script.
type system struct{}

func (*system) show(n Note) error {
	return exec.Command("/usr/bin/osascript",
		"-e", "on run words", "-e", "display notification (item 2 of words) with title (item 1 of words)", "-e", "end run",
		"--", n.Title, n.Body).Run()
}

func (*system) close() error { return nil }
