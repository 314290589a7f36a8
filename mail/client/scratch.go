package client

import (
	"os"
	"path/filepath"

	"postrider/mail"
)

// scratchDir has the files that are of use only while the program runs: what is
// attached to a message being written, copies that were given to other programs.
func (c *Client) scratchDir() string { return filepath.Join(c.Dir(), "temporary") }

// Scratch makes a folder for files that nobody needs when the program has ended.
// It lies below the data folder, closed to other people, and whoever asked for it
// removes it; after a crash the next start does.
func (c *Client) Scratch() (string, error) {
	const op = "make room for a copy"
	if err := os.MkdirAll(c.scratchDir(), 0o700); err != nil {
		return "", mail.Wrap(mail.KindDisk, op, err)
	}
	dir, err := os.MkdirTemp(c.scratchDir(), "") // mode 0700
	return dir, mail.Wrap(mail.KindDisk, op, err)
}

// sweep removes what a program that crashed left of its scratch. Only whoever
// holds the store may: nobody else has any.
func (c *Client) sweep() { os.RemoveAll(c.scratchDir()) }
