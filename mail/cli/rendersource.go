package cli

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
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
}

// errNothing says that a message has no HTML.
var errNothing = errors.New("the message has no HTML")

// readSource reads a file: a message if its name says so, else HTML.
func readSource(path string) (*source, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read "+path, err)
	}
	ext := filepath.Ext(path)
	name := strings.TrimSuffix(filepath.Base(path), ext)
	if strings.EqualFold(ext, ".eml") {
		return sourceOf(name, message.ParseBytes(b), bytes.NewReader(b))
	}
	s := &source{name: name, sum: digest(b), html: decoded(b)}
	s.album = picture.NewAlbum(s)
	return s, nil
}

func digest(b []byte) string {
	h := sha1.Sum(b)
	return hex.EncodeToString(h[:6])
}

// decoded is a file's text: UTF-8, or else what browsers take it for.
func decoded(b []byte) string {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if utf8.Valid(b) {
		return string(b)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(text)
}

// sourceOf takes a message's HTML and pictures.
func sourceOf(name string, m *message.Message, raw io.Reader) (*source, error) {
	b, err := io.ReadAll(raw)
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	s := &source{name: name, sum: digest(b), html: m.HTML(), parts: map[string][]byte{}}
	if strings.TrimSpace(s.html) == "" {
		return nil, mail.Wrap(mail.KindInput, "render "+name, errNothing)
	}
	m.Root.Walk(func(p *message.Part) bool {
		if p.Type == "image" && p.Offset+p.Length <= int64(len(b)) {
			s.take(p, b[p.Offset:p.Offset+p.Length])
		}
		return true
	})
	s.album = picture.NewAlbum(s)
	return s, nil
}

func (s *source) take(p *message.Part, raw []byte) {
	if p.ContentID == "" && p.Location == "" {
		return
	}
	data, err := io.ReadAll(p.Decode(bytes.NewReader(raw)))
	if err != nil {
		return
	}
	if p.ContentID != "" {
		s.parts["cid:"+p.ContentID] = data
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
	if html.IsRemote(ref) {
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
