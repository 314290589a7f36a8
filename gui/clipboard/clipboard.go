// Package clipboard reads what Fyne's clipboard does not: pictures, and files that
// were copied in a file manager. Only package gui and its composer use it; its
// functions may be called from any goroutine but the window's, as whoever has the
// clipboard may take long to answer.
package clipboard

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// Content is what was found: a picture, or addresses of files.
type Content struct {
	Picture []byte   // as a file would have it; nil: there is none
	Type    string   // its media type: image/png, image/jpeg, image/gif or image/webp
	Files   []string // addresses, such as file:///home/ada/plan.pdf
}

// ErrNone is that the clipboard has neither.
var ErrNone = errors.New("neither a picture nor a file is on the clipboard")

var errTooLarge = errors.New("what is on the clipboard is too large to be pasted")

const (
	patience = 5 * time.Second // with whoever has the clipboard
	maxSize  = 64 << 20        // octets of a picture
)

// pictureTypes are what is taken, the best first.
var pictureTypes = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

const fileList = "text/uri-list" // RFC 2483 5

// source is a clipboard that has its content in several forms at once.
type source interface {
	// types are the forms that there are.
	types(ctx context.Context) ([]string, error)
	// read returns the content in a form.
	read(ctx context.Context, form string) ([]byte, error)
}

// from reads a clipboard. Files come before pictures: a file manager that copies a
// picture offers both.
func from(ctx context.Context, s source) (c Content, err error) {
	forms, err := s.types(ctx)
	if err != nil {
		return c, err
	}
	if slices.Contains(forms, fileList) {
		data, err := s.read(ctx, fileList)
		if err == nil {
			c.Files = fileAddresses(string(data))
		}
		if len(c.Files) > 0 {
			return c, nil
		}
	}
	for _, form := range pictureTypes {
		if !slices.Contains(forms, form) {
			continue
		}
		data, err := s.read(ctx, form)
		if err != nil || len(data) > 0 {
			return Content{Picture: data, Type: form}, err
		}
	}
	return c, ErrNone
}

// fileAddresses are the addresses of files in a list, comments left out.
func fileAddresses(list string) (files []string) {
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); strings.HasPrefix(strings.ToLower(line), "file:") {
			files = append(files, line)
		}
	}
	return files
}
