package typeset

import (
	"encoding/binary"
	"os"
	"sync"
	"time"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// drawing names a table of outlines (CFF) or pictures (CBDT) in a file.
type drawing struct {
	file    string
	changed time.Time
	offset  int64
	length  int64
}

// drawings are the outlines that were opened already. The faces of a collection
// for Chinese, Japanese and Korean have one table of outlines in common, of some
// 17 MB, and differ in which character is which glyph.
var drawings struct {
	sync.Mutex
	open map[drawing]*outlines
}

// large is from how many octets on a table of outlines or pictures is not read
// with its font: few of its glyphs are ever drawn.
const large = 1 << 20

// readFace reads one face of a file; wrap makes it of its font.
func readFace(f *os.File, index int, l *opentype.Loader, wrap func(*font.Font) (*Face, error)) (*Face, error) {
	without := func(name int64) (*Face, error) {
		loaders, err := opentype.NewLoaders(&withoutTable{File: f, name: name})
		if err != nil {
			return nil, err
		}
		ft, err := font.NewFont(loaders[index])
		if err != nil {
			return nil, err
		}
		return wrap(ft)
	}
	if d, name, ok := tableOf(f, index, "CFF "); ok && d.length >= large {
		shapes, err := outlinesOf(d)
		if err != nil {
			return nil, err
		}
		face, err := without(name)
		if err == nil {
			face.outlines = shapes
		}
		return face, err
	}
	if d, name, ok := tableOf(f, index, "CBDT"); ok && d.length >= large {
		places, _ := l.RawTable(opentype.MustNewTag("CBLC"))
		if p, ok := openPictures(d, places); ok {
			face, err := without(name)
			if err == nil {
				face.pictures, face.Color = p, true
			}
			return face, err
		}
	}
	ft, err := font.NewFont(l)
	if err != nil {
		return nil, err
	}
	return wrap(ft)
}

// outlinesOf opens a table of outlines, once.
func outlinesOf(d drawing) (*outlines, error) {
	drawings.Lock()
	defer drawings.Unlock()
	if o := drawings.open[d]; o != nil {
		return o, nil
	}
	o, err := openOutlines(d.file, d.offset, d.length)
	if err != nil {
		return nil, err
	}
	if drawings.open == nil {
		drawings.open = map[drawing]*outlines{}
	}
	drawings.open[d] = o
	return o, nil
}

// tableOf finds a table of a face, and where in the file the face's directory
// names it (OpenType 1.9, "Organization of an OpenType Font" and "Font
// Collections").
func tableOf(f *os.File, index int, tag string) (d drawing, name int64, ok bool) {
	at := func(off int64, n int) []byte {
		b := make([]byte, n)
		if _, err := f.ReadAt(b, off); err != nil {
			return nil
		}
		return b
	}
	face := int64(0)
	switch head := at(0, 4); string(head) {
	case "OTTO", "true", "\x00\x01\x00\x00":
	case "ttcf":
		start := at(12+4*int64(index), 4)
		if start == nil {
			return d, 0, false
		}
		face = int64(binary.BigEndian.Uint32(start))
	default:
		return d, 0, false
	}
	count := at(face+4, 2)
	if count == nil {
		return d, 0, false
	}
	const record = 16
	name = face + 12
	for tables := at(name, record*int(binary.BigEndian.Uint16(count))); len(tables) >= record; tables = tables[record:] {
		if string(tables[:4]) == tag {
			d.offset, d.length = int64(binary.BigEndian.Uint32(tables[8:])), int64(binary.BigEndian.Uint32(tables[12:]))
			break
		}
		name += record
	}
	info, err := f.Stat()
	if err != nil || d.offset == 0 || d.offset+d.length > info.Size() {
		return d, 0, false
	}
	d.file, d.changed = f.Name(), info.ModTime()
	return d, name, true
}

// withoutTable is a file of fonts in whose directory one table has another name,
// which nobody asks for. go-text then goes without the table, as a font may lack
// any but a few.
type withoutTable struct {
	*os.File
	name int64 // where the table's name stands
	at   int64 // where Read is
}

func (w *withoutTable) Seek(offset int64, whence int) (int64, error) {
	at, err := w.File.Seek(offset, whence)
	if err == nil {
		w.at = at
	}
	return at, err
}

func (w *withoutTable) Read(b []byte) (int, error) {
	n, err := w.File.Read(b)
	w.hide(b[:n], w.at)
	w.at += int64(n)
	return n, err
}

func (w *withoutTable) ReadAt(b []byte, off int64) (int, error) {
	n, err := w.File.ReadAt(b, off)
	w.hide(b[:n], off)
	return n, err
}

// hide changes the first letter of the name in what was read from off on.
func (w *withoutTable) hide(b []byte, off int64) {
	if i := w.name - off; i >= 0 && i < int64(len(b)) {
		b[i] = '-'
	}
}
