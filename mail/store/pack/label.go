package pack

import (
	"encoding/binary"
	"io"
)

const (
	labelMagic = "PRPACK\r\n"
	version    = 1
	copySize   = 32
	labelSize  = 2 * copySize // where the first record starts
)

// label is the header of a pack file.
type label struct {
	version uint32
	pack    uint32
	mark    [8]byte
}

// bytes returns both copies.
func (l label) bytes() []byte {
	b := append(make([]byte, 0, labelSize), labelMagic...)
	b = binary.LittleEndian.AppendUint32(b, l.version)
	b = binary.LittleEndian.AppendUint32(b, l.pack)
	b = append(b, l.mark[:]...)
	b = append(b, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint32(b, checksum(b))
	return append(b, b...)
}

func parseLabel(b []byte) (l label, ok bool) {
	if len(b) < copySize || string(b[:8]) != labelMagic ||
		binary.LittleEndian.Uint32(b[28:]) != checksum(b[:28]) {
		return label{}, false
	}
	return label{
		version: binary.LittleEndian.Uint32(b[8:]),
		pack:    binary.LittleEndian.Uint32(b[12:]),
		mark:    [8]byte(b[16:24]),
	}, true
}

// readLabel reads the header of a pack from whichever copy is intact. If none
// is, the first record still tells the mark: ok is true, and version is 0.
func readLabel(r io.ReaderAt) (l label, ok bool, err error) {
	b := make([]byte, labelSize+headSize)
	n, err := r.ReadAt(b, 0)
	if err != nil && err != io.EOF {
		return label{}, false, err
	}
	b = b[:n]
	if l, ok = parseLabel(b); ok {
		return l, true, nil
	}
	if len(b) < labelSize {
		return label{}, false, nil
	}
	if l, ok = parseLabel(b[copySize:]); ok {
		return l, true, nil
	}
	h, ok := parseHead(b[labelSize:])
	return label{mark: h.mark}, ok, nil
}
