package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"postrider/mail/html"
)

// files is a resolver of bytes by name.
type files map[string][]byte

func (f files) Resolve(ref string) ([]byte, html.State) {
	if b, ok := f[ref]; ok {
		return b, html.Ready
	}
	if strings.HasPrefix(ref, "https:") {
		return nil, html.Blocked
	}
	return nil, html.Missing
}

func sample(w, h int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.NRGBA{200, 0, 0, 255}})
	for i := range img.Pix {
		img.Pix[i] = uint8(i % 2)
	}
	return img
}

func encoded(t *testing.T, format string, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, sample(w, h))
	case "jpeg":
		err = jpeg.Encode(&b, sample(w, h), nil)
	case "gif":
		err = gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{sample(w, h).(*image.Paletted), sample(w, h).(*image.Paletted)}, Delay: []int{1, 1}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAlbumReadsTheFormatsOfMail(t *testing.T) {
	svg := `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#00f"/></svg>`
	a := NewAlbum(files{"cid:png": encoded(t, "png", 7, 5), "cid:jpeg": encoded(t, "jpeg", 16, 8), "cid:gif": encoded(t, "gif", 9, 3), "cid:svg": []byte(svg)})
	for ref, want := range map[string]image.Point{"cid:png": {7, 5}, "cid:jpeg": {16, 8}, "cid:gif": {9, 3}, "cid:svg": {40, 20}} {
		w, h, state := a.Size(ref)
		if state != html.Ready || int(w) != want.X || int(h) != want.Y {
			t.Errorf("%s: %g×%g, state %d", ref, w, h, state)
		}
		img := a.Image(ref)
		if img == nil {
			t.Errorf("%s shows nothing", ref)
			continue
		}
		if img != a.Image(ref) {
			t.Errorf("%s is another picture the second time", ref)
		}
	}
	if r, _, b, _ := a.Image("cid:svg").At(30, 20).RGBA(); b < 0xf000 || r > 0x1000 {
		t.Error("the drawing is not blue")
	}
}

func TestDataReferences(t *testing.T) {
	raw := encoded(t, "png", 3, 2)
	text := base64.StdEncoding.EncodeToString(raw)
	a := NewAlbum(nil)
	for _, ref := range []string{
		"data:image/png;base64," + text,
		"DATA:image/png;BASE64," + text[:20] + "\r\n  " + text[20:],
		"data:;base64," + strings.ReplaceAll(text, "=", "%3D"),
		"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/%3E",
	} {
		if w, h, state := a.Size(ref); state != html.Ready || w != 3 || h != 2 {
			t.Errorf("%.40s: %g×%g, state %d", ref, w, h, state)
		}
	}
	for _, ref := range []string{"data:", "data:image/png;base64,", "data:text/plain,hello", "data:image/png;base64,####"} {
		if _, _, state := a.Size(ref); state == html.Ready || a.Image(ref) != nil {
			t.Errorf("%s is a picture", ref)
		}
	}
}

// A header of a few bytes may claim any size; nothing of that size is made.
func TestHugePicturesAreMissing(t *testing.T) {
	claim := func(w, h uint32) []byte {
		head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
		head = append(head, 8, 2, 0, 0, 0)
		b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
	}
	a := NewAlbum(files{"a": claim(60_000, 60_000), "b": claim(1<<31-1, 1<<31-1), "c": make([]byte, maxBytes+1), "d": claim(10, 10)})
	for _, ref := range []string{"a", "b", "c"} {
		if _, _, state := a.Size(ref); state == html.Ready || a.Image(ref) != nil {
			t.Errorf("%s counts as a picture", ref)
		}
	}
	if _, _, state := a.Size("d"); state != html.Ready {
		t.Error("a small one is missing")
	}
	if a.Image("d") != nil {
		t.Error("a picture without pixels shows something")
	}
}

func TestForgottenPicturesAreAskedForAgain(t *testing.T) {
	f := files{}
	a := NewAlbum(f)
	if _, _, state := a.Size("https://example.com/a.png"); state != html.Blocked {
		t.Fatalf("state %d", state)
	}
	f["https://example.com/a.png"] = encoded(t, "png", 2, 2)
	if _, _, state := a.Size("https://example.com/a.png"); state != html.Blocked {
		t.Error("it was asked for again at once")
	}
	a.Forget()
	if _, _, state := a.Size("https://example.com/a.png"); state != html.Ready {
		t.Error("it was not asked for again")
	}
}

// Decoded pictures do not pile up.
func TestAlbumLetsGoOfPixels(t *testing.T) {
	f := files{}
	for i := range 6 {
		f[fmt.Sprint(i)] = encoded(t, "png", 4000, 3000)
	}
	a := NewAlbum(f)
	for i := range 6 {
		if a.Image(fmt.Sprint(i)) == nil {
			t.Fatal("a picture is missing")
		}
	}
	if a.pixels > keepPixels {
		t.Errorf("%d pixels are kept", a.pixels)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("GIF89a"))
	f.Add([]byte(`<svg viewBox="0 0 1 1"><path d="M0 0L1 1"/></svg>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, h := measure(b)
		if w > 2000 || h > 2000 {
			return
		}
		decode(b, w, h)
	})
}
