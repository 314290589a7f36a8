package vm

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"postrider/mail"
	"postrider/mail/html"
	"postrider/mail/message"
)

// maxPicture is how large a picture within the text may be, octets.
const maxPicture = 10 << 20

// AddPicture takes a picture in that the text is to show; then is told what to
// write where it is to be.
func (w *Composition) AddPicture(path string, then func(mark string)) {
	w.addPicture(func() (message.File, error) { return fileAt(path) }, then)
}

// AddPictureBytes is AddPicture for one that is no file, such as one that was
// pasted.
func (w *Composition) AddPictureBytes(name, mediaType string, data []byte, then func(mark string)) {
	w.addPicture(func() (message.File, error) { return message.FileOf(name, mediaType, data), nil }, then)
}

func (w *Composition) addPicture(open func() (message.File, error), then func(mark string)) {
	if w.State != ComposeReady || w.Redirects() {
		return
	}
	var got Enclosure
	Run(w.desk, func(context.Context) error {
		f, err := open()
		if err != nil {
			return err
		}
		if got, err = w.spool.takeOne(f); err != nil {
			return err
		}
		switch {
		case !strings.HasPrefix(got.Type, "image/"):
			return mail.Errorf(mail.KindInput, "add the picture", "%s is no picture", f.Name)
		case got.Size > maxPicture:
			return mail.Errorf(mail.KindInput, "add the picture", "%s is too large to stand in the text; attach it", f.Name)
		}
		return nil
	}, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		f := got.file
		f.ContentID = message.NewContentID(w.Sender().Addr)
		w.draft.Pictures = append(slices.Clone(w.draft.Pictures), f)
		w.touch()
		words := strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(f.Name)
		then(fmt.Sprintf("![%s](cid:%s)", words, f.ContentID))
	})
}

// Pictures gives the preview the pictures that the text shows. Any goroutine may
// use it.
func (w *Composition) Pictures() html.Resolver { return drawings(w.draft.Pictures) }

type drawings []message.File

// Resolve implements html.Resolver.
func (d drawings) Resolve(ref string) ([]byte, html.State) {
	id, ok := strings.CutPrefix(ref, "cid:")
	if !ok {
		return nil, html.Blocked
	}
	for _, f := range d {
		if f.ContentID != id {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, html.Missing
		}
		defer r.Close()
		data, err := io.ReadAll(io.LimitReader(r, maxPicture))
		if err != nil {
			return nil, html.Missing
		}
		return data, html.Ready
	}
	return nil, html.Missing
}
