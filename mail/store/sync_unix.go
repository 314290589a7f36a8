//go:build unix

package store

import (
	"errors"
	"os"
)

// syncDir makes renames and removals in a folder last.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
