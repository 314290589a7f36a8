package desktop

import (
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
)

// Open opens a file or a folder with the system's program for it. The path is a
// whole one.
func Open(path string) error {
	if !filepath.IsAbs(path) {
		return fmt.Errorf("%q is no whole path", path)
	}
	return start(opener(path))
}

// Browse opens a page with the person's browser. Links come from strangers:
// only http and https with a host go on, and anything else is an error.
func Browse(link string) error {
	u, err := url.Parse(link)
	if err != nil {
		return err
	}
	if scheme := strings.ToLower(u.Scheme); scheme != "http" && scheme != "https" || u.Host == "" {
		return fmt.Errorf("links of this kind are not opened from here: %s", u.Scheme)
	}
	return start(opener(u.String()))
}

// start starts a program and does not wait for what it opens.
func start(name string, args []string) error {
	cmd := exec.Command(name, args...)
	err := cmd.Start()
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("there is no %s here to open it with", name)
	}
	if err != nil {
		return err
	}
	go cmd.Wait() // takes its exit in
	return nil
}
