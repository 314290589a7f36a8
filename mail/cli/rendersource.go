package cli

import (
	"bytes"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"postrider/mail"
	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/picture"
	"postrider/mail/message"
)

// source is a mail to lay out: its HTML, and the pictures that came with it.
type source struct {
	name  string // without folder and ending
	sum   string // the beginning of its SHA-1
	html  string
	parts map[string][]byte // pictures by Content-ID and Content-Location
	album *picture.Album

	remote *remotePictures // nil: nothing is fetched
}

// errNothing says that a message has no HTML.
var errNothing = errors.New("the message has no HTML")

// readSource reads a file: a message if its name says so, else HTML.
func readSource(path string) (*source, error) {
	ext := filepath.Ext(path)
	name := strings.TrimSuffix(filepath.Base(path), ext)
	if strings.EqualFold(ext, ".eml") {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, mail.Wrap(mail.KindDisk, "read "+path, err)
		}
		return sourceOf(name, message.ParseBytes(b), bytes.NewReader(b))
	}
	text, sum, err := readPage(path)
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read "+path, err)
	}
	s := &source{name: name, sum: sum, html: decoded(text)}
	s.album = picture.NewAlbum(s)
	return s, nil
}

// pageAtMost bounds what is read of a file of HTML, in bytes. It is more than
// the largest mail has.
const pageAtMost = 64 << 20

// readPage reads a file of HTML, with its digest. It is in memory once.
func readPage(path string) (text, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	var b strings.Builder
	if info, err := f.Stat(); err == nil {
		b.Grow(int(min(info.Size(), pageAtMost)))
	}
	h := sha1.New()
	if _, err := io.Copy(&b, io.TeeReader(io.LimitReader(f, pageAtMost), h)); err != nil {
		return "", "", err
	}
	return b.String(), hex.EncodeToString(h.Sum(nil)[:6]), nil
}

func digest(b []byte) string {
	h := sha1.Sum(b)
	return hex.EncodeToString(h[:6])
}

// decoded is a file's text: UTF-8, or else what browsers take it for.
func decoded(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	if utf8.ValidString(s) {
		return s
	}
	text, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return text
}

// sourceOf takes a message's HTML, with the pictures that came with it put into
// it as in a page that a browser saved.
func sourceOf(name string, m *message.Message, raw io.Reader) (*source, error) {
	b, err := io.ReadAll(raw)
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	s := &source{name: name, sum: digest(b), html: htmlOf(m), parts: map[string][]byte{}}
	if strings.TrimSpace(s.html) == "" {
		return nil, mail.Wrap(mail.KindInput, "render "+name, errNothing)
	}
	inline := map[string]string{}
	m.Root.Walk(func(p *message.Part) bool {
		if p.Type == "image" && p.Offset+p.Length <= int64(len(b)) {
			s.take(p, b[p.Offset:p.Offset+p.Length], inline)
		}
		return true
	})
	s.html = contentID.ReplaceAllStringFunc(s.html, func(ref string) string {
		if data, ok := inline[ref[len("cid:"):]]; ok {
			return data
		}
		return ref
	})
	s.album = picture.NewAlbum(s)
	return s, nil
}

// contentID matches references to parts of the same message.
var contentID = regexp.MustCompile(`(?i)cid:[^"'\s)>]+`)

// inlineAtMost is the size up to which a picture is put into the HTML, in bytes.
const inlineAtMost = 200_000

// htmlOf is the part that a message shows, without footers of lists and the
// like; all of it if it has no HTML of its own.
func htmlOf(m *message.Message) string {
	text := ""
	m.Root.Walk(func(p *message.Part) bool {
		if text == "" && p.Type == "text" && p.Subtype == "html" && p.Disposition != "attachment" {
			text = p.Text
		}
		return text == ""
	})
	if strings.TrimSpace(text) == "" {
		return m.HTML()
	}
	return text
}

func (s *source) take(p *message.Part, raw []byte, inline map[string]string) {
	if p.ContentID == "" && p.Location == "" {
		return
	}
	data, err := io.ReadAll(p.Decode(bytes.NewReader(raw)))
	if err != nil || len(data) == 0 {
		return
	}
	if p.ContentID != "" {
		s.parts["cid:"+p.ContentID] = data
		if len(data) < inlineAtMost {
			inline[p.ContentID] = "data:" + p.MediaType() + ";base64," + base64.StdEncoding.EncodeToString(data)
		}
	}
	if p.Location != "" {
		s.parts[p.Location] = data
	}
}

// Resolve implements html.Resolver with what came with the message.
func (s *source) Resolve(ref string) ([]byte, html.State) {
	if len(ref) > 4 && strings.EqualFold(ref[:4], "cid:") {
		ref = "cid:" + ref[4:]
	}
	if b, ok := s.parts[ref]; ok {
		return b, html.Ready
	}
	switch {
	case !html.IsRemote(ref):
	case s.remote != nil:
		return s.remote.Resolve(ref)
	default:
		return nil, html.Blocked
	}
	return nil, html.Missing
}

// sizes is what the layout asks for the sizes of pictures.
func (s *source) sizes(pictures string) box.Pictures {
	if pictures == "synth" {
		return standIns{s.album}
	}
	return s.album
}

// picture gives the pictures to draw.
func (s *source) picture(pictures string) func(string) image.Image {
	if pictures == "synth" {
		return standIns{s.album}.image
	}
	return s.album.Image
}
