package vm

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"postrider/mail"
	"postrider/mail/message"
)

// Enclosure is a file that goes along. Its bytes were taken when it was attached:
// what becomes of the file afterwards does not matter.
type Enclosure struct {
	Name    string
	Type    string // media type
	Size    int64  // octets
	Loading bool   // its bytes are being taken

	id   int
	file message.File
}

// usualLimit is what most servers take, octets on the wire.
const usualLimit = 25_000_000

// inMemory is how large a file is at most that is kept in memory.
const inMemory = 4 << 20

// spool has the bytes of what is attached. Its goroutines are those of Run.
type spool struct {
	scratch func() (string, error) // makes a folder for them
	mu      sync.Mutex
	dir     string // for large files; "": none yet
	ended   bool
	next    int
}

const opAttach = "attach the file"

// take takes the bytes of files.
func (s *spool) take(files []message.File) (list []Enclosure, err error) {
	for _, f := range files {
		e, err := s.takeOne(f)
		if err != nil {
			return list, err
		}
		list = append(list, e)
	}
	return list, nil
}

func (s *spool) takeOne(f message.File) (e Enclosure, err error) {
	r, err := f.Open()
	if err != nil {
		return e, err
	}
	defer r.Close()
	e = Enclosure{Name: f.Name, Type: f.Type, file: f}
	head, err := io.ReadAll(io.LimitReader(r, inMemory+1))
	if err != nil {
		return e, mail.Wrap(mail.KindDisk, opAttach, err)
	}
	if e.Type == "" {
		e.Type = typeOf(f.Name, head)
	}
	kept := message.FileOf(f.Name, e.Type, head)
	e.Size = int64(len(head))
	if len(head) > inMemory {
		if kept.Open, e.Size, err = s.spill(io.MultiReader(strings.NewReader(string(head)), r)); err != nil {
			return e, err
		}
	}
	kept.ContentID, kept.Size = f.ContentID, e.Size
	e.file = kept
	return e, nil
}

// spill puts bytes into a file of our own, which only the person can read.
func (s *spool) spill(r io.Reader) (open func() (io.ReadCloser, error), n int64, err error) {
	dir, err := s.folder()
	if err != nil {
		return nil, 0, err
	}
	f, err := os.CreateTemp(dir, "file-")
	if err != nil {
		return nil, 0, mail.Wrap(mail.KindDisk, opAttach, err)
	}
	n, err = io.Copy(f, r)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, 0, mail.Wrap(mail.KindDisk, opAttach, err)
	}
	path := f.Name()
	return func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		return f, mail.Wrap(mail.KindDisk, "read the attachment", err)
	}, n, nil
}

func (s *spool) folder() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return "", mail.Errorf(mail.KindCanceled, opAttach, "the message is closed")
	}
	if s.dir == "" {
		dir, err := s.scratch()
		if err != nil {
			return "", err
		}
		s.dir = dir
	}
	return s.dir, nil
}

// drop removes what was taken into files.
func (s *spool) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	if s.dir != "" {
		os.RemoveAll(s.dir)
		s.dir = ""
	}
}

// typeOf is the media type of a file.
func typeOf(name string, head []byte) string {
	ext := strings.ToLower(filepath.Ext(name))
	if ext == ".eml" {
		return "message/rfc822"
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return http.DetectContentType(head[:min(len(head), 512)])
}

// Attach takes files in by their paths.
func (w *Composition) Attach(paths ...string) {
	for _, path := range paths {
		w.attach(Enclosure{Name: filepath.Base(path)}, func() (message.File, error) { return fileAt(path) })
	}
}

// AttachBytes takes something in that is no file, such as a picture that was
// pasted.
func (w *Composition) AttachBytes(name, mediaType string, data []byte) {
	w.attach(Enclosure{Name: name, Type: mediaType, Size: int64(len(data))}, func() (message.File, error) {
		return message.FileOf(name, mediaType, data), nil
	})
}

// attach shows a file at once, and takes its bytes elsewhere.
func (w *Composition) attach(e Enclosure, open func() (message.File, error)) {
	if w.State != ComposeReady || w.Redirects() {
		return
	}
	w.spool.next++
	e.id, e.Loading = w.spool.next, true
	w.Files = append(w.Files, e)
	w.tell()
	var got Enclosure
	Run(w.desk, func(context.Context) error {
		f, err := open()
		if err != nil {
			return err
		}
		got, err = w.spool.takeOne(f)
		return err
	}, func(err error) {
		w.attached(e.id, got, err)
		w.fileRead()
	})
}

// attached takes in that the bytes of a file were taken.
func (w *Composition) attached(id int, got Enclosure, err error) {
	i := slices.IndexFunc(w.Files, func(f Enclosure) bool { return f.id == id })
	if i < 0 {
		return // it was taken off meanwhile
	}
	w.Files = slices.Clone(w.Files)
	if err != nil {
		w.Files = slices.Delete(w.Files, i, i+1)
		w.fail(err)
		w.tell()
		return
	}
	got.id = id
	w.Files[i] = got
	w.touch()
}

// fileAt is a file on the person's disk.
func fileAt(path string) (f message.File, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return f, mail.Wrap(mail.KindInput, opAttach, err)
	}
	if !info.Mode().IsRegular() {
		return f, mail.Errorf(mail.KindInput, opAttach, "%s is a folder; only files can be attached", filepath.Base(path))
	}
	return message.File{Name: filepath.Base(path), Open: func() (io.ReadCloser, error) {
		r, err := os.Open(path)
		return r, mail.Wrap(mail.KindInput, opAttach, err)
	}}, nil
}

// Detach takes a file off.
func (w *Composition) Detach(i int) {
	if i < 0 || i >= len(w.Files) {
		return
	}
	w.Files = slices.Delete(slices.Clone(w.Files), i, i+1)
	w.touch()
	w.fileRead()
}

// Loading reports whether bytes of some file are still being taken.
func (w *Composition) Loading() bool {
	return slices.ContainsFunc(w.Files, func(e Enclosure) bool { return e.Loading })
}

// FileSize is how large all files are together, octets, with the pictures in the
// text.
func (w *Composition) FileSize() (n int64) {
	for _, f := range w.Files {
		n += f.Size
	}
	if len(w.draft.Pictures) == 0 {
		return n
	}
	text := w.Text()
	for _, p := range w.draft.Pictures {
		if strings.Contains(text, p.ContentID) {
			n += p.Size
		}
	}
	return n
}

// room is how much of files a message of the largest size has room for: on the
// wire they grow, by base64 and its line ends. known says that the sender's own
// server told so.
func (w *Composition) room() (n int64, known bool) {
	limit := w.Sender().Limit
	if known = limit > 0; !known {
		limit = usualLimit
	}
	return limit / 78 * 57, known
}

// FileText says how large the files are and how much may be, "852 kB of 18 MB", and
// where it is too much who says so.
func (w *Composition) FileText() (text string, tooMuch bool) {
	n := w.FileSize()
	room, known := w.room()
	text = fmt.Sprintf("%s of %s", sizeText(n), sizeText(room))
	switch {
	case n <= room:
		return text, false
	case known:
		return text + " that your server takes", true
	}
	return text + " that most servers take", true
}
