package typeset

import (
	"os"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/cff"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// outlines is a large table of outlines of which only what is drawn is in memory:
// its glyphs are read one by one, when they are first asked for. They may be asked
// for from any goroutine.
type outlines struct {
	mu    sync.Mutex
	file  *os.File // stays open
	at    int64    // where the table begins in it
	table []byte   // what there is beside the glyphs; those were given back to the system
	cff   *cff.CFF
	read  map[uint32]bool // glyphs that were read
}

// openOutlines opens the table at an offset of a font's file.
func openOutlines(file string, offset, length int64) (*outlines, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	o := &outlines{file: f, at: offset, table: room(int(length)), read: map[uint32]bool{}}
	if err := o.parse(); err != nil {
		leave(o.table)
		f.Close()
		return nil, err
	}
	return o, nil
}

func (o *outlines) parse() (err error) {
	if _, err = o.file.ReadAt(o.table, o.at); err != nil {
		return err
	}
	if o.cff, err = cff.Parse(o.table); err != nil {
		return err
	}
	first, end := len(o.table), 0
	for _, s := range o.cff.Charstrings {
		if len(s) > 0 {
			first, end = min(first, o.place(s)), max(end, o.place(s)+len(s))
		}
	}
	if first < end {
		giveBack(o.table, first, end)
	}
	return nil
}

// place is where in the table a part of it begins.
func (o *outlines) place(part []byte) int { return cap(o.table) - cap(part) }

// glyph is the shape of a glyph; nil if there is none, or it cannot be read.
func (o *outlines) glyph(id uint32) []font.Segment {
	o.mu.Lock()
	defer o.mu.Unlock()
	if int64(id) >= int64(len(o.cff.Charstrings)) {
		return nil
	}
	if s := o.cff.Charstrings[id]; !o.read[id] {
		own := make([]byte, len(s))
		if _, err := o.file.ReadAt(own, o.at+int64(o.place(s))); err != nil {
			return nil
		}
		o.cff.Charstrings[id], o.read[id] = own, true
	}
	segments, _, err := o.cff.LoadGlyph(tables.GlyphID(id))
	if err != nil {
		return nil
	}
	return segments
}
