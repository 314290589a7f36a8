package pack

import (
	"bytes"
	"context"
	"runtime"
	"testing"
)

// FuzzScan takes any bytes for a pack: nothing may panic, hang, or allocate
// because the file says so; and what Scan calls intact has its checksum right.
func FuzzScan(f *testing.F) {
	d, refs := fill(f, letter(1, 300), noise(2, 50), letter(3, 200), nil)
	whole := d.files[packName(1)].data
	f.Add(whole, uint16(0))
	f.Add(whole[:refs[2].Offset+80], uint16(refs[1].Offset))
	f.Add(whole[labelSize:], uint16(0))
	f.Add(bytes.Repeat(whole[labelSize:labelSize+headSize], 9), uint16(16))
	f.Add([]byte(labelMagic), uint16(0))
	f.Fuzz(func(t *testing.T, data []byte, at uint16) {
		reseal(data, int64(at))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		tryAll(t, d.with(packName(1), data))
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
			t.Errorf("%d bytes allocated for a file of %d", n, len(data))
		}
	})
}

// reseal makes the CRC of the header at a place right, so that the fuzzer gets
// behind it.
func reseal(data []byte, at int64) {
	if at+headSize > int64(len(data)) {
		return
	}
	b := data[at : at+headSize]
	crc := checksum(b[:68])
	b[68], b[69], b[70], b[71] = byte(crc), byte(crc>>8), byte(crc>>16), byte(crc>>24)
}

func tryAll(t *testing.T, d *memDisk) {
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	end := int64(0)
	gaps, err := s.Scan(context.Background(), func(ref Ref, h Header) error {
		got, err := s.ReadAll(ref)
		if err == nil && (h.Damaged || int64(len(got)) != h.Size) {
			t.Errorf("%v reads as %d bytes, Scan says %+v", ref, len(got), h)
		}
		streamed, streamErr := readStream(s, ref)
		if (err == nil) != (streamErr == nil) || err == nil && !bytes.Equal(got, streamed) {
			t.Errorf("%v: ReadAll %v, Reader %v", ref, err, streamErr)
		}
		readFirst(s, ref)
		end = max(end, ref.End())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(gaps); n > 0 && gaps[n-1].Offset+gaps[n-1].Length > int64(len(d.files[packName(1)].data)) {
		t.Errorf("gap %v beyond the end", gaps[n-1])
	}
	if _, err := s.Recover(context.Background(), map[uint32]int64{1: end / 2}, nil); err != nil {
		t.Fatal(err)
	}
	store(t, s, letter(9, 100))
}
