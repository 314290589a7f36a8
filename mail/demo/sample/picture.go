package sample

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"sync"

	"postrider/mail"
)

// scenes draws and keeps pictures: several letters may show the same.
type scenes struct {
	mu   sync.Mutex
	done map[string][]byte
}

func (l *Letter) jpeg(args []string) ([]byte, error) {
	w, h, err := pixels(column(args, 1), 1200, 800)
	if err != nil {
		return nil, err
	}
	return l.set.scenes.jpeg(l.set, column(args, 0), w, h)
}

func (l *Letter) png(args []string) ([]byte, error) {
	w, h, err := pixels(column(args, 1), 640, 400)
	if err != nil {
		return nil, err
	}
	return l.set.scenes.png(l.set, column(args, 0), w, h)
}

// pixels reads "640x400"; "" means what is usual.
func pixels(s string, w, h int) (int, int, error) {
	if s == "" {
		return w, h, nil
	}
	_, err := fmt.Sscanf(s, "%dx%d", &w, &h)
	return w, h, mail.Wrap(mail.KindBug, opRead, err)
}

func (sc *scenes) jpeg(s *Set, name string, w, h int) ([]byte, error) {
	return sc.keep(s, name, w, h, "jpg", func(b *bytes.Buffer, m image.Image) error {
		return jpeg.Encode(b, m, &jpeg.Options{Quality: 88})
	})
}

func (sc *scenes) png(s *Set, name string, w, h int) ([]byte, error) {
	return sc.keep(s, name, w, h, "png", func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) })
}

func (sc *scenes) keep(s *Set, name string, w, h int, format string, encode func(*bytes.Buffer, image.Image) error) ([]byte, error) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	key := fmt.Sprint(name, w, h, format)
	if raw, ok := sc.done[key]; ok {
		return raw, nil
	}
	draw, ok := sceneries[name]
	if !ok {
		return nil, mail.Errorf(mail.KindBug, opRead, "there is no scene %q", name)
	}
	var b bytes.Buffer
	if err := encode(&b, draw(s.random(name).Float64()).paint(w, h)); err != nil {
		return nil, mail.Wrap(mail.KindBug, opRead, err)
	}
	if sc.done == nil {
		sc.done = map[string][]byte{}
	}
	sc.done[key] = b.Bytes()
	return b.Bytes(), nil
}
