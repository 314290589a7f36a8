package pack

import (
	"errors"
	"io/fs"

	"postrider/mail"
)

// ErrDamaged is in the chain of every error about bytes that are not what was
// written; its kind is disk.
var ErrDamaged = errors.New("stored bytes are damaged")

// What is attempted, as errors say it.
const (
	opOpen    = "open mail files"
	opWrite   = "store message"
	opRead    = "read stored message"
	opRecover = "recover mail files"
	opScan    = "scan mail files"
	opCompact = "compact mail files"
)

func damaged(ref Ref, what string) error {
	return mail.Errorf(mail.KindDisk, opRead, "%s: %s: %w", ref, what, ErrDamaged)
}

// diskError says which file failed; the path is said once, in our sentence.
func diskError(op, path string, err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	if isFull(err) {
		return &mail.Error{Op: op, Kind: mail.KindDisk, Message: "the disk is full: " + path, Detail: err.Error(), Err: err}
	}
	return mail.Errorf(mail.KindDisk, op, "%s: %w", path, err)
}

func misuse(op, what string) error { return mail.Errorf(mail.KindBug, op, "%s", what) }
