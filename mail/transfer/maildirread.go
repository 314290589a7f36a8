package transfer

import (
	"os"
	"path/filepath"
	"strings"

	"postrider/mail"
)

// walkMaildir visits the messages of a Maildir and then the folders in it:
// those of Maildir++ (".A.B" is A/B) and those of the plain layout (A/B).
func walkMaildir(dir, folder string, visit func(leaf) error) error {
	keywords := readKeywords(dir)
	for _, sub := range []string{"cur", "new"} {
		if err := walkMessages(filepath.Join(dir, sub), folder, keywords, visit); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return mail.Wrap(mail.KindDisk, opImport, err)
	}
	for _, e := range entries {
		name := e.Name()
		path := filepath.Join(dir, name)
		if !e.IsDir() || name == "cur" || name == "new" || name == "tmp" {
			continue
		}
		if below, ok := strings.CutPrefix(name, "."); ok {
			if !isMaildir(path) {
				continue
			}
			name = maildirPath(below)
		}
		if err := walkDir(path, join(folder, name), visit); err != nil {
			return err
		}
	}
	return nil
}

// walkMessages visits the files of cur or new, in the order of their names,
// which begin with the time.
func walkMessages(dir, folder string, keywords []string, visit func(leaf) error) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return mail.Wrap(mail.KindDisk, opImport, err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if os.IsNotExist(err) {
			continue // a mail program at work on it
		}
		if err != nil {
			return mail.Wrap(mail.KindDisk, opImport, err)
		}
		l := leaf{path: filepath.Join(dir, e.Name()), kind: Message, folder: folder, date: info.ModTime()}
		l.flags = maildirFlags(e.Name(), keywords)
		if err := visit(l); err != nil {
			return err
		}
	}
	return nil
}
