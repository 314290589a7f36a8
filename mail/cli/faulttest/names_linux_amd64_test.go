package faulttest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNamesLast: before the server is told to delete anything, the names of all
// files and folders are as durable as what is in them: their folders were
// synced after they were made (fsync(2): syncing a file does not ensure that
// the entry in its folder has reached the disk).
func TestNamesLast(t *testing.T) {
	b := newBed(t, dovecot(t), "dave", "pop3", "--keep", "none")
	b.deliver(t, 0, 2)
	b.dir = filepath.Join(b.root, "new", "place", "for", "mail")
	n := &naming{root: b.root, made: map[string]bool{}}
	tr := tracer{program: b.program, root: b.root, befall: n.look}
	if e, err := tr.run(b.password(), b.adding("pop3", "--keep", "none")...); err != nil {
		skipUntraced(t, err)
	} else if e.code != 0 {
		t.Fatalf("%d %s%s", e.code, e.out, e.err)
	}
	if e, err := tr.run("", "sync"); err != nil || e.code != 0 {
		t.Fatalf("%v %d %s%s", err, e.code, e.out, e.err)
	}
	if len(n.atQuit) > 0 {
		t.Errorf("as QUIT went out, the names of these could still be lost: %q", n.atQuit)
	}
}

// naming follows which names may not last.
type naming struct {
	root   string
	made   map[string]bool
	atQuit []string // as the last was said to the server
}

func (n *naming) look(c call) fault {
	switch _, err := os.Lstat(filepath.Join(n.root, c.on)); {
	case c.on == "" && c.name == "write":
		n.atQuit = slices.Sorted(maps.Keys(n.made))
	case c.on == "" || passing(c.on):
	case c.name == "fsync":
		maps.DeleteFunc(n.made, func(path string, _ bool) bool { return filepath.Dir(path) == c.on })
	case strings.HasPrefix(c.name, "unlink"):
		delete(n.made, c.on)
	case c.changes && os.IsNotExist(err):
		n.made[c.on] = true
	}
	return fault{}
}

// passing reports a file that nobody misses after a crash.
func passing(path string) bool {
	name := filepath.Base(path)
	return name == "lock" || strings.HasSuffix(name, ".lock") || strings.HasSuffix(name, "-shm") || strings.HasSuffix(name, ".new")
}
