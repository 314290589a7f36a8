package transfer

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"time"

	"postrider/mail"
)

// mboxSink writes an mboxrd.
type mboxSink struct {
	path   string
	f      *os.File // nil once closed
	w      *bufio.Writer
	r      *bufio.Reader
	size   int64 // bytes of the messages that are in
	broken error // a failed message could not be taken out again
}

func createMbox(path string) (*mboxSink, error) {
	if err := checkFree(path, false); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), tempPattern(path))
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, opExport, err)
	}
	return &mboxSink{
		path: path, f: f,
		w: bufio.NewWriterSize(f, mboxBuffer), r: bufio.NewReaderSize(nil, mboxBuffer),
	}, nil
}

// Put writes an item; its flags and folder have no place in an mbox.
func (s *mboxSink) Put(ctx context.Context, item Item) error {
	if s.broken != nil {
		return s.broken
	}
	if err := s.write(ctx, item); err != nil {
		s.rollBack()
		return exportError(err)
	}
	size, err := s.f.Seek(0, io.SeekCurrent)
	if err != nil {
		s.broken = exportError(err)
	}
	s.size = size
	return s.broken
}

func (s *mboxSink) write(ctx context.Context, item Item) error {
	s.r.Reset(ctxReader{ctx, item.Raw})
	unended, err := writeMbox(s.w, s.r, item.Date)
	if err == nil {
		err = s.w.Flush()
	}
	if err == nil && unended {
		_, err = s.f.WriteAt([]byte(senderUnended), s.size+int64(len(fromMark)))
	}
	return err
}

// writeMbox writes a message with its separators. Where it is unended, the
// sender has to be changed to say so.
func writeMbox(w *bufio.Writer, r *bufio.Reader, received time.Time) (unended bool, err error) {
	w.WriteString(formatFrom(senderNormal, received))
	unended, err = writeQuoted(w, r)
	if err != nil {
		return unended, err
	}
	if unended {
		w.WriteByte('\n')
	}
	return unended, w.WriteByte('\n')
}

// rollBack takes out what there is of a message that failed.
func (s *mboxSink) rollBack() {
	s.w.Reset(s.f)
	err := s.f.Truncate(s.size)
	if err == nil {
		_, err = s.f.Seek(s.size, io.SeekStart)
	}
	if err != nil {
		s.broken = exportError(err)
	}
}

// quoteWindow is how many ">" are looked past in one step.
const quoteWindow = 4096

// writeQuoted copies a message with one more ">" before every line of ">" and
// "From ". Unended says that its last line has no line feed.
func writeQuoted(w *bufio.Writer, r *bufio.Reader) (unended bool, err error) {
	for start := true; ; {
		if start {
			b, _ := r.Peek(quoteWindow)
			run := len(b) - len(bytes.TrimLeft(b, ">"))
			if run > quoteWindow-len(fromMark) {
				// More may follow: one stays, to begin the rest with.
				w.Write(b[:run-1])
				r.Discard(run - 1)
				continue
			}
			if bytes.HasPrefix(b[run:], fromMark) {
				w.WriteByte('>')
			}
		}
		b, err := r.ReadSlice('\n')
		if len(b) > 0 {
			start = b[len(b)-1] == '\n'
			unended = !start
		}
		if _, err := w.Write(b); err != nil {
			return false, err
		}
		switch err {
		case nil, bufio.ErrBufferFull:
		case io.EOF:
			return unended, nil
		default:
			return false, err
		}
	}
}

func (s *mboxSink) Close() error {
	if s.f == nil {
		return nil
	}
	if s.broken != nil {
		s.Abort()
		return s.broken
	}
	f := s.f
	s.f = nil
	err := f.Sync()
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(f.Name())
		return exportError(err)
	}
	return publish(f.Name(), s.path, false)
}

func (s *mboxSink) Abort() error {
	if s.f == nil {
		return nil
	}
	f := s.f
	s.f = nil
	f.Close()
	if err := os.Remove(f.Name()); err != nil {
		return exportError(err)
	}
	return nil
}
