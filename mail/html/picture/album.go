package picture

import (
	"bytes"
	"image"
	_ "image/gif"  // the first frame
	_ "image/jpeg" // and further formats that mail has
	_ "image/png"
	"sync"

	_ "golang.org/x/image/webp"

	"postrider/mail/html"
)

// The bounds of what is decoded.
const (
	maxBytes  = 10 << 20
	maxPixels = 25 << 20
	// keepPixels bounds what an album keeps decoded.
	keepPixels = 40 << 20
)

// Album is the pictures of one mail.
type Album struct {
	resolver html.Resolver

	mu      sync.Mutex
	entries map[string]*entry
	pixels  int
}

// entry is what is known of one reference.
type entry struct {
	state  html.State
	w, h   int
	image  image.Image
	failed bool
}

// NewAlbum makes an album of what a resolver gives; "data:" references need
// none.
func NewAlbum(r html.Resolver) *Album {
	return &Album{resolver: r, entries: map[string]*entry{}}
}

// Size is a picture's own size in px, which counts with the state Ready alone.
func (a *Album) Size(ref string) (w, h float64, state html.State) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e := a.entry(ref)
	return float64(e.w), float64(e.h), e.state
}

// Image is the decoded picture, or nil if there is none.
func (a *Album) Image(ref string) image.Image {
	a.mu.Lock()
	defer a.mu.Unlock()
	e := a.entry(ref)
	if e.state != html.Ready || e.failed {
		return nil
	}
	if e.image != nil {
		return e.image
	}
	b, _ := a.bytes(ref)
	e.image = decode(b, e.w, e.h)
	e.failed = e.image == nil
	if n := e.w * e.h; !e.failed {
		if a.pixels+n > keepPixels {
			a.drop(e)
		}
		a.pixels += n
	}
	return e.image
}

// drop lets go of what was decoded, but for one.
func (a *Album) drop(but *entry) {
	for _, e := range a.entries {
		if e != but {
			e.image = nil
		}
	}
	a.pixels = 0
}

// Forget makes the album ask anew for what was not there, as more may have come.
func (a *Album) Forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for ref, e := range a.entries {
		if e.state != html.Ready {
			delete(a.entries, ref)
		}
	}
}

// entry finds out how large a picture is, once.
func (a *Album) entry(ref string) *entry {
	if e := a.entries[ref]; e != nil {
		return e
	}
	e := &entry{}
	a.entries[ref] = e
	b, state := a.bytes(ref)
	e.state = state
	if state != html.Ready {
		return e
	}
	e.w, e.h = measure(b)
	if e.w <= 0 || e.h <= 0 {
		e.state = html.Missing
	}
	return e
}

func (a *Album) bytes(ref string) ([]byte, html.State) {
	if b, ok := fromData(ref); ok {
		return b, html.Ready
	}
	if a.resolver == nil {
		return nil, html.Missing
	}
	b, state := a.resolver.Resolve(ref)
	if len(b) > maxBytes {
		return nil, html.Missing
	}
	return b, state
}

// measure reads a picture's header. It gives zeros if it is none, or too large.
func measure(b []byte) (w, h int) {
	if d := readDrawing(b); d != nil {
		return d.size()
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels/c.Height {
		return 0, 0
	}
	return c.Width, c.Height
}

// decode reads a picture, and survives those that its decoder does not.
func decode(b []byte, w, h int) (img image.Image) {
	defer func() {
		if recover() != nil {
			img = nil
		}
	}()
	if d := readDrawing(b); d != nil {
		return d.draw(w, h)
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	return img
}
