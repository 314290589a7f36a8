package transfer

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// maildirSink writes a Maildir++ as Dovecot does: folders as ".A.B", sizes in
// the names, keywords in a list.
type maildirSink struct {
	tree
	session string // tells the names of one export from those of another
	count   int
	folders map[string]*maildirFolder
}

type maildirFolder struct {
	dir      string
	keywords []string // by their letter
}

func createMaildir(path string) (*maildirSink, error) {
	t, err := newTree(path)
	if err != nil {
		return nil, err
	}
	random := make([]byte, 6)
	rand.Read(random)
	s := &maildirSink{tree: t, session: hex.EncodeToString(random), folders: map[string]*maildirFolder{}}
	if _, err := s.folder(""); err != nil { // an empty mailbox is a Maildir, too
		s.Abort()
		return nil, exportError(err)
	}
	return s, nil
}

func (s *maildirSink) folder(name string) (*maildirFolder, error) {
	name = strings.Join(levels(name), "/")
	if f := s.folders[name]; f != nil {
		return f, nil
	}
	f := &maildirFolder{dir: s.temp}
	if name != "" {
		f.dir = filepath.Join(s.temp, maildirName(name))
	}
	for _, sub := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(f.dir, sub), 0o700); err != nil {
			return nil, err
		}
	}
	s.folders[name] = f
	return f, nil
}

func (s *maildirSink) Put(ctx context.Context, item Item) error {
	if err := s.put(ctx, item); err != nil {
		return exportError(err)
	}
	return nil
}

func (s *maildirSink) put(ctx context.Context, item Item) error {
	f, err := s.folder(item.Folder)
	if err != nil {
		return err
	}
	name := s.name(item.Date)
	temp := filepath.Join(f.dir, "tmp", name)
	size, err := writeFile(ctx, temp, item, item.Raw)
	if err != nil {
		return err
	}
	name += fmt.Sprintf(",S=%d%c%s", size, infoMark(), maildirInfo(item.Flags, f.letter))
	return os.Rename(temp, filepath.Join(f.dir, "cur", name))
}

// name is unique, and sorts by the time received. A real host name would tell
// strangers about this computer.
func (s *maildirSink) name(received time.Time) string {
	if received.IsZero() {
		received = time.Now()
	}
	s.count++
	return fmt.Sprintf("%010d.%s_%08d.postrider", max(0, received.Unix()), s.session, s.count)
}

// infoMark parts the name from the flags; Windows knows no colon in names.
func infoMark() rune {
	if runtime.GOOS == "windows" {
		return ';'
	}
	return ':'
}

// letter returns the number of a keyword's letter; there are 26.
func (f *maildirFolder) letter(keyword string) (int, bool) {
	for i, k := range f.keywords {
		if strings.EqualFold(k, keyword) {
			return i, true
		}
	}
	if len(f.keywords) == maxKeywords {
		return 0, false
	}
	f.keywords = append(f.keywords, keyword)
	return len(f.keywords) - 1, true
}

func (s *maildirSink) Close() error {
	if s.temp == "" {
		return nil
	}
	for _, f := range s.folders {
		if err := f.writeKeywords(); err != nil {
			s.Abort()
			return exportError(err)
		}
	}
	return s.close()
}

func (f *maildirFolder) writeKeywords() error {
	if len(f.keywords) == 0 {
		return nil
	}
	file, err := os.OpenFile(filepath.Join(f.dir, keywordFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	for i, k := range f.keywords {
		fmt.Fprintf(w, "%d %s\n", i, k)
	}
	err = w.Flush()
	if e := file.Close(); err == nil {
		err = e
	}
	return err
}
