package transfer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"postrider/mail/message"
)

// folderSink writes .eml files, named by date, sender and subject, in folders
// as the mailboxes are.
type folderSink struct {
	tree
	r     *bufio.Reader
	taken map[string]int // how often a name was given, by its lower case
}

func createFolder(path string) (*folderSink, error) {
	t, err := newTree(path)
	if err != nil {
		return nil, err
	}
	return &folderSink{tree: t, r: bufio.NewReaderSize(nil, mboxBuffer), taken: map[string]int{}}, nil
}

// Put writes an item; its flags have no place in an .eml file.
func (s *folderSink) Put(ctx context.Context, item Item) error {
	if err := s.put(ctx, item); err != nil {
		return exportError(err)
	}
	return nil
}

func (s *folderSink) put(ctx context.Context, item Item) error {
	s.r.Reset(ctxReader{ctx, item.Raw})
	dir := filepath.Join(append([]string{s.temp}, folderLevels(item.Folder)...)...)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	name := fileName(peekHeader(s.r), item.Date)
	for {
		_, err := writeFile(ctx, filepath.Join(dir, s.unused(dir, name)), item, s.r)
		// Taken by a name that only this file system holds to be the same:
		// nothing of the message was read yet.
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}

// Close moves the folder to its place.
func (s *folderSink) Close() error { return s.close() }

// unused puts " (2)", " (3)" … behind a name that was given before.
func (s *folderSink) unused(dir, name string) string {
	key := strings.ToLower(filepath.Join(dir, name))
	s.taken[key]++
	if n := s.taken[key]; n > 1 {
		stem := strings.TrimSuffix(name, emlExt)
		return fmt.Sprintf("%s (%d)%s", stem, n, emlExt)
	}
	return name
}

const emlExt = ".eml"

// peekHeader returns the header at the front of r, as far as the buffer goes.
func peekHeader(r *bufio.Reader) []byte {
	b, _ := r.Peek(mboxBuffer / 2)
	for _, end := range []string{"\n\n", "\n\r\n"} {
		if i := bytes.Index(b, []byte(end)); i >= 0 {
			b = b[:i+1]
		}
	}
	return b
}

// fileName is "2026-03-04 0912 Sender - Subject.eml". The time is that of
// receipt, or else the sender's, in its own zone.
func fileName(header []byte, received time.Time) string {
	m := message.ParseHeader(header)
	if received.IsZero() {
		received = m.Date
	}
	name := ""
	if !received.IsZero() {
		name = received.Format("2006-01-02 1504 ")
	}
	if len(m.From) > 0 {
		name += clip(m.From[0].Label(), 40) + " - "
	}
	subject := m.Subject
	if subject == "" {
		subject = "no subject"
	}
	return message.CleanFilename(name + clip(subject, 80) + emlExt)
}

// clip keeps the first n characters.
func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return strings.TrimSpace(string(runes[:n])) + "…"
}

// folderLevels makes a path of folder names that every system takes. The ones
// of a Maildir would be read as that.
func folderLevels(folder string) []string {
	parts := levels(folder)
	for i, p := range parts {
		parts[i] = message.CleanFilename(p)
		switch strings.ToLower(parts[i]) {
		case "cur", "new", "tmp":
			parts[i] += "_"
		}
	}
	return parts
}
