package typeset

import (
	"encoding/binary"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// drawing names a table of outlines in a file.
type drawing struct {
	file    string
	changed time.Time
	offset  int64
}

// drawings are the fonts whose outlines are in memory already. The faces of a
// collection for Chinese, Japanese and Korean have one table of outlines in
// common, of some 17 MB, and differ in which character is which glyph.
var drawings struct {
	sync.Mutex
	fonts map[drawing]*font.Font
}

// readFont reads one face of a file; glyphs is the font to draw it with, itself
// mostly.
func readFont(f *os.File, index int, l *opentype.Loader) (ft, glyphs *font.Font, err error) {
	d, shared := drawingOf(f, index)
	if !shared {
		ft, err = font.NewFont(l)
		return ft, ft, err
	}
	drawings.Lock()
	defer drawings.Unlock()
	if glyphs = drawings.fonts[d]; glyphs == nil {
		if ft, err = font.NewFont(l); err != nil {
			return nil, nil, err
		}
		if drawings.fonts == nil {
			drawings.fonts = map[drawing]*font.Font{}
		}
		drawings.fonts[d] = ft
		return ft, ft, nil
	}
	loaders, err := opentype.NewLoaders(&withoutTable{File: f, offset: d.offset})
	if err != nil || index >= len(loaders) {
		return nil, nil, errors.Join(err, errHidden)
	}
	ft, err = font.NewFont(loaders[index])
	return ft, glyphs, err
}

// drawingOf finds the CFF table of a face in a collection (OpenType 1.9, "Font
// Collections").
func drawingOf(f *os.File, index int) (d drawing, ok bool) {
	at := func(off int64, n int) []byte {
		b := make([]byte, n)
		if _, err := f.ReadAt(b, off); err != nil {
			return nil
		}
		return b
	}
	head := at(0, 4)
	start := at(12+4*int64(index), 4)
	if string(head) != "ttcf" || start == nil {
		return d, false
	}
	face := int64(binary.BigEndian.Uint32(start))
	count := at(face+4, 2)
	if count == nil {
		return d, false
	}
	const record = 16
	tables := at(face+12, record*int(binary.BigEndian.Uint16(count)))
	for ; len(tables) >= record; tables = tables[record:] {
		if string(tables[:4]) == "CFF " {
			d.offset = int64(binary.BigEndian.Uint32(tables[8:]))
			break
		}
	}
	info, err := f.Stat()
	if err != nil || d.offset == 0 {
		return d, false
	}
	d.file, d.changed = f.Name(), info.ModTime()
	return d, true
}

// withoutTable is a file of fonts in which one table cannot be read. go-text then
// goes without it, as its fonts may lack any but a few.
type withoutTable struct {
	*os.File
	offset int64
}

var errHidden = errors.New("typeset: a table that another face has read")

func (w *withoutTable) ReadAt(b []byte, off int64) (int, error) {
	if off == w.offset {
		return 0, errHidden
	}
	return w.File.ReadAt(b, off)
}
