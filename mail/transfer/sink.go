package transfer

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"postrider/mail"
)

const opExport = "export mail"

// Create begins an mbox, a Maildir or a folder of .eml files at path. What is
// there already is left alone: only an empty file or folder may be, else it is
// an input error, as is a path whose folder does not exist.
func Create(path string, kind Kind) (Sink, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, mail.Wrap(mail.KindInput, opExport, err)
	}
	if !isDirOrLink(filepath.Dir(path)) {
		return nil, mail.Errorf(mail.KindInput, opExport, "there is no folder %s", filepath.Dir(path))
	}
	switch kind {
	case Mbox:
		return createMbox(path)
	case Maildir:
		return createMaildir(path)
	case Folder:
		return createFolder(path)
	}
	return nil, mail.Errorf(mail.KindInput, opExport, "mail cannot be written as %q", kind)
}

func isDirOrLink(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// exportError gives an error of a Put its kind: the context's, the one that
// reading the message had, or else the disk's.
func exportError(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return mail.Wrap(mail.KindCanceled, opExport, err)
	}
	return mail.Wrap(mail.KindDisk, opExport, err)
}

// checkFree refuses a path at which something is, but for an empty file or
// folder of the sort that is to be there.
func checkFree(path string, wantDir bool) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return mail.Wrap(mail.KindDisk, opExport, err)
	case wantDir && info.IsDir() && isEmptyDir(path), !wantDir && info.Mode().IsRegular() && info.Size() == 0:
		return nil
	}
	return mail.Errorf(mail.KindInput, opExport, "there already is something at %s, and it is not replaced", path)
}

func isEmptyDir(path string) bool {
	entries, err := os.ReadDir(path)
	return err == nil && len(entries) == 0
}

// tempPattern names what is in the making: hidden, beside its place, so that
// moving it there is one rename.
func tempPattern(path string) string { return "." + filepath.Base(path) + ".part-*" }

// publish moves temp, finished and on the disk, to path. It never replaces
// what holds anything. If it fails, temp stays: it is the whole export.
func publish(temp, path string, dir bool) error {
	if err := checkFree(path, dir); err != nil {
		return unpublished(temp, err)
	}
	// Nothing or something empty is there. Remove takes away no more.
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unpublished(temp, err)
	}
	if err := moveNew(temp, path, dir); err != nil {
		return unpublished(temp, err)
	}
	syncDir(filepath.Dir(path))
	return nil
}

// moveNew renames without replacing. A folder never replaces a file or a full
// folder; a file would, so it gets a second name first, which fails if it is
// taken. File systems without links (FAT) have to do with looking once more.
func moveNew(temp, path string, dir bool) error {
	if dir {
		return os.Rename(temp, path)
	}
	err := os.Link(temp, path)
	switch {
	case err == nil:
		return os.Remove(temp)
	case errors.Is(err, fs.ErrExist):
		return err
	}
	if err := checkFree(path, false); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

func unpublished(temp string, err error) error {
	return mail.Errorf(mail.KindOf(mail.Wrap(mail.KindDisk, opExport, err)), opExport,
		"the mail was written, but could not be moved to its place, and is in %s: %w", temp, err)
}

// syncDir makes a rename in dir durable, where the system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}

// levels parts a Folder; what would lead out of the place is left out.
func levels(folder string) []string {
	var kept []string
	for l := range strings.SplitSeq(folder, "/") {
		if l != "" && l != "." && l != ".." {
			kept = append(kept, l)
		}
	}
	return kept
}
