package mailtest

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest/gen"
)

// Stored is a message as it lies on the server's disk, past all protocols.
type Stored struct {
	UID   mail.UID // 0 while Dovecot has not yet numbered it
	Flags mail.Flags
	Raw   []byte // with CRLF line ends, as every client must see it
}

// maildir returns the directory of a mailbox; the name is UTF-8, levels are
// parted by "/" (Maildir++: all folders lie side by side in the root).
func (s *Server) maildir(user, mailbox string) string {
	root := filepath.Join(s.Dir, "home", user, "Maildir")
	return filepath.Join(root, gen.MaildirName(mailbox))
}

var delivered atomic.Int64

// Deliver puts messages into the user's INBOX as just arrived. They are
// stored as they are, byte for byte, and numbered in their order; a client that
// waits is told.
func (s *Server) Deliver(user string, raw ...[]byte) error {
	return s.DeliverTo(user, "INBOX", raw...)
}

// DeliverTo is Deliver to another mailbox, which is made if there is none.
func (s *Server) DeliverTo(user, mailbox string, raw ...[]byte) error {
	dir := s.maildir(user, mailbox)
	if err := s.makeMaildir(user, dir); err != nil {
		return err
	}
	for _, r := range raw {
		// Dovecot numbers new files in the order of their names.
		name := fmt.Sprintf("%d.Q%012dP%d.test", time.Now().Unix(), delivered.Add(1), os.Getpid())
		tmp := filepath.Join(dir, "tmp", name)
		if err := os.WriteFile(tmp, r, 0o600); err != nil {
			return err
		}
		if err := s.owner.own(tmp); err != nil {
			return err
		}
		if err := os.Rename(tmp, filepath.Join(dir, "new", name)); err != nil {
			return err
		}
	}
	return nil
}

// makeMaildir makes what is missing of a mailbox and of the way to it.
func (s *Server) makeMaildir(user, dir string) error {
	home := filepath.Join(s.Dir, "home", user)
	root := filepath.Join(home, "Maildir")
	dirs := []string{home, root}
	if dir != root {
		dirs = append(dirs, dir)
	}
	for _, sub := range []string{"cur", "new", "tmp"} {
		dirs = append(dirs, filepath.Join(dir, sub))
	}
	for _, d := range dirs {
		err := os.Mkdir(d, 0o700)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err := errors.Join(err, s.owner.own(d)); err != nil {
			return err
		}
	}
	return nil
}

// Messages returns what a mailbox holds, by UID, read from the disk: the
// truth to compare a client with. A mailbox that does not exist is empty.
func (s *Server) Messages(user, mailbox string) ([]Stored, error) {
	dir := s.maildir(user, mailbox)
	uids, err := readUIDs(dir)
	if err != nil {
		return nil, err
	}
	keywords, err := readKeywords(dir)
	if err != nil {
		return nil, err
	}
	var all []Stored
	for _, sub := range []string{"cur", "new"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			raw, err := os.ReadFile(filepath.Join(dir, sub, e.Name()))
			if err != nil {
				return nil, err
			}
			base, letters, _ := strings.Cut(e.Name(), ":2,")
			all = append(all, Stored{uids[base], maildirFlags(letters, keywords), gen.CRLF(raw)})
		}
	}
	slices.SortStableFunc(all, func(a, b Stored) int { return cmp.Compare(a.UID, b.UID) })
	return all, nil
}

// readUIDs reads Dovecot's list: a header line, then "UID extensions :name".
func readUIDs(dir string) (map[string]mail.UID, error) {
	uids := map[string]mail.UID{}
	err := eachLine(filepath.Join(dir, "dovecot-uidlist"), func(line string) {
		number, _, _ := strings.Cut(line, " ")
		uid, err := strconv.ParseUint(number, 10, 32)
		_, name, ok := strings.Cut(line, " :")
		if err == nil && ok {
			base, _, _ := strings.Cut(name, ":2,")
			uids[base] = mail.UID(uid)
		}
	})
	return uids, err
}

// readKeywords reads what the flag letters a to z mean: lines "0 name".
func readKeywords(dir string) (map[rune]string, error) {
	words := map[rune]string{}
	err := eachLine(filepath.Join(dir, "dovecot-keywords"), func(line string) {
		number, name, _ := strings.Cut(line, " ")
		if n, err := strconv.Atoi(number); err == nil && n < 26 {
			words['a'+rune(n)] = name
		}
	})
	return words, err
}

var maildirLetters = map[rune]string{
	'D': `\Draft`, 'F': `\Flagged`, 'R': `\Answered`, 'S': `\Seen`, 'T': `\Deleted`,
}

func maildirFlags(letters string, keywords map[rune]string) mail.Flags {
	var names []string
	for _, c := range letters {
		names = append(names, maildirLetters[c], keywords[c])
	}
	return mail.FlagsOf(names...)
}

// eachLine calls f with every line of a file; a missing file has none.
func eachLine(path string, f func(string)) error {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	for lines.Scan() {
		f(lines.Text())
	}
	return lines.Err()
}
