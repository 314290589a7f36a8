package transfer

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncTree writes the whole file system out: one call, where ten thousand
// messages would be ten thousand.
func syncTree(root string) error {
	d, err := os.Open(root)
	if err != nil {
		return err
	}
	defer d.Close()
	return unix.Syncfs(int(d.Fd()))
}
