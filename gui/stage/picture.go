package stage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"time"
)

// still is how long nothing may move before a picture is taken: on a busy machine,
// a frame takes a while.
const still = 500 * time.Millisecond

// Picture is what is on the screen as a PNG, once it has stopped to move, or after
// some seconds.
func (s *Screen) Picture() ([]byte, error) {
	last, err := s.frame()
	if err != nil {
		return nil, err
	}
	since, began := time.Now(), time.Now()
	for time.Since(since) < still && time.Since(began) < 8*time.Second {
		time.Sleep(50 * time.Millisecond) // between frames of what moves
		now, err := s.frame()
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(last.Pix, now.Pix) {
			last, since = now, time.Now()
		}
	}
	var out bytes.Buffer
	err = png.Encode(&out, last)
	return out.Bytes(), err
}

// The fields of an XWD header that are of use here, by their place among its
// big-endian words (X11/XWDFile.h).
const (
	xwdSize   = 0
	xwdWidth  = 4
	xwdHeight = 5
	xwdOrder  = 7
	xwdBits   = 11
	xwdStride = 12
	xwdColors = 19
	xwdWords  = 25
)

// frame reads the framebuffer, which Xvfb keeps in a file.
func (s *Screen) frame() (*image.RGBA, error) {
	raw, err := os.ReadFile(filepath.Join(s.dir, "Xvfb_screen0"))
	if err != nil {
		return nil, err
	}
	if len(raw) < 4*xwdWords {
		return nil, errors.New("the framebuffer has no header")
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }
	w, h, stride := word(xwdWidth), word(xwdHeight), word(xwdStride)
	pixels := raw[min(len(raw), word(xwdSize)+12*word(xwdColors)):]
	if word(xwdBits) != 32 || word(xwdOrder) != 0 || len(pixels) < stride*h {
		return nil, fmt.Errorf("the framebuffer is of %d bits a pixel, order %d, %d octets", word(xwdBits), word(xwdOrder), len(pixels))
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		in, out := pixels[y*stride:], img.Pix[y*img.Stride:]
		for x := range w {
			out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = in[4*x+2], in[4*x+1], in[4*x], 0xFF
		}
	}
	return img, nil
}
