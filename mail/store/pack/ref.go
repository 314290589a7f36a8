package pack

import "fmt"

// Ref says where a record is: three integers for a database row.
type Ref struct {
	Pack   uint32
	Offset int64 // bytes from the start of the pack file
	Length int64 // bytes of the whole record on disk
}

// End is the offset of the first byte after the record.
func (r Ref) End() int64 { return r.Offset + r.Length }

func (r Ref) String() string {
	return fmt.Sprintf("%s at byte %d (%d bytes)", packName(r.Pack), r.Offset, r.Length)
}

// Gap is a stretch of a pack that holds no intact record.
type Gap struct {
	Pack   uint32
	Offset int64
	Length int64
}

func packName(no uint32) string { return fmt.Sprintf("%08d.pack", no) }

// packNumber reads the number out of a file name; ok is false for any other
// file, so that a stray one is never touched.
func packNumber(name string) (no uint32, ok bool) {
	if _, err := fmt.Sscanf(name, "%08d.pack", &no); err != nil {
		return 0, false
	}
	return no, packName(no) == name
}
