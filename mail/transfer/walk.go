package transfer

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"postrider/mail"
)

// leaf is a file with mail: one message, or an mbox.
type leaf struct {
	path   string
	kind   Kind // Message or Mbox
	folder string
	flags  mail.Flags
	date   time.Time
}

// walk calls visit for every file with mail at or below the path.
func (s *source) walk(visit func(leaf) error) error {
	switch s.kind {
	case Mbox, Message:
		return visit(leaf{path: s.path, kind: s.kind})
	}
	return walkDir(s.path, "", visit)
}

func walkDir(dir, folder string, visit func(leaf) error) error {
	if isMaildir(dir) {
		return walkMaildir(dir, folder, visit)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return mail.Wrap(mail.KindDisk, opImport, err)
	}
	for _, e := range entries {
		if err := walkEntry(dir, folder, e, visit); err != nil {
			return err
		}
	}
	return nil
}

// walkEntry passes over what is hidden, no file, or no mail.
func walkEntry(dir, folder string, e fs.DirEntry, visit func(leaf) error) error {
	path := filepath.Join(dir, e.Name())
	switch {
	case strings.HasPrefix(e.Name(), "."):
		return nil
	case e.IsDir():
		return walkDir(path, join(folder, folderName(e.Name())), visit)
	case !e.Type().IsRegular():
		return nil
	}
	kind, err := detectFile(path)
	if err != nil {
		kind = Message // whoever reads it gets the error
	}
	switch kind {
	case Message:
		return visit(leaf{path: path, kind: Message, folder: folder})
	case Mbox:
		return visit(leaf{path: path, kind: Mbox, folder: mboxFolder(folder, e.Name())})
	}
	return nil
}

// folderName is what a folder is called: Thunderbird keeps the folders below X
// in X.sbd, and Apple Mail exports X as X.mbox/mbox.
func folderName(name string) string {
	for _, suffix := range []string{".sbd", ".mbox"} {
		if rest, ok := strings.CutSuffix(name, suffix); ok && rest != "" {
			return rest
		}
	}
	return name
}

// mboxFolder gives an mbox its file's name, but for the one that only holds
// what its folder is called.
func mboxFolder(folder, name string) string {
	if name == "mbox" && folder != "" {
		return folder
	}
	return join(folder, folderName(name))
}

func join(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}
