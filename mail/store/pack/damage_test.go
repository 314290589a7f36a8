package pack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"postrider/mail"
)

// fill makes a pack in memory of a few messages.
func fill(t testing.TB, msgs ...[]byte) (*memDisk, []Ref) {
	t.Helper()
	d := newMemDisk()
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d, store(t, s, msgs...)
}

func (d *memDisk) with(name string, data []byte) *memDisk {
	after := newMemDisk()
	after.files[name] = &memFile{data: data, durable: data}
	return after
}

func readOnly(t testing.TB, d disk) *Set {
	t.Helper()
	s, err := open(d, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type scanned struct {
	ref Ref
	hdr Header
}

func scan(t testing.TB, s *Set) (found []scanned, gaps []Gap) {
	t.Helper()
	gaps, err := s.Scan(context.Background(), func(ref Ref, h Header) error {
		found = append(found, scanned{ref, h})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, gaps
}

// A bit of every byte of a pack: whoever reads gets the bytes or ErrDamaged, a
// flip costs one record at most, and what it costs is found by Scan.
func TestFlippedBitCostsOneRecordAtMost(t *testing.T) {
	msgs := [][]byte{letter(1, 150), noise(2, 40), letter(3, 90), {}}
	d, refs := fill(t, msgs...)
	whole := d.files[packName(1)].data
	for at := range whole {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1 << (at % 8)
		wantOneLoss(t, readOnly(t, d.with(packName(1), flipped)), int64(at), refs, msgs)
	}
}

func wantOneLoss(t *testing.T, s *Set, at int64, refs []Ref, msgs [][]byte) {
	t.Helper()
	unread := map[Ref]bool{}
	for i, ref := range refs {
		for _, read := range []func(*Set, Ref) ([]byte, error){(*Set).ReadAll, readStream, readFirst} {
			got, err := read(s, ref)
			switch {
			case err == nil && bytes.HasPrefix(msgs[i], got):
			case errors.Is(err, ErrDamaged) && mail.Is(err, mail.KindDisk) && ref.Offset <= at && at < ref.End():
				unread[ref] = true
			default:
				t.Fatalf("flip at %d: reading %v: %q, %v", at, ref, got, err)
			}
		}
	}
	intact := map[Ref]bool{}
	found, _ := scan(t, s)
	for _, f := range found {
		if f.hdr.Damaged {
			continue
		}
		i := slices.Index(refs, f.ref)
		if i < 0 || unread[f.ref] || f.hdr.Size != int64(len(msgs[i])) || f.hdr.Meta != nil && string(f.hdr.Meta) != fmt.Sprintf("meta %d", i) {
			t.Fatalf("flip at %d: Scan shows %v %+v", at, f.ref, f.hdr)
		}
		intact[f.ref] = true
	}
	if len(intact)+len(unread) != len(refs) {
		t.Fatalf("flip at %d: Scan finds %v intact, reading finds %v damaged", at, intact, unread)
	}
}

func readFirst(s *Set, ref Ref) ([]byte, error) {
	r, err := s.Section(ref, 0, 1)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// A stretch of lost or foreign bytes anywhere costs only the records it hits,
// even if it moves all that follow.
func TestScanResyncs(t *testing.T) {
	msgs := [][]byte{letter(1, 5000), letter(2, 600_000), letter(3, 5000), letter(4, 5000)}
	d, refs := fill(t, msgs...)
	whole := d.files[packName(1)].data
	second := refs[1].Offset
	cases := map[string][]byte{
		"bytes cut out of a payload":  append(bytes.Clone(whole[:second+1000]), whole[second+2000:]...),
		"a header cut out":            append(bytes.Clone(whole[:second]), whole[second+headSize:]...),
		"a header overwritten":        overwrite(whole, second, make([]byte, 4096)),
		"a payload overwritten":       overwrite(whole, second+500, noise(1, int(refs[1].Length)-600)),
		"noise before a record":       append(append(bytes.Clone(whole[:second]), noise(1, 700_001)...), whole[second+5:]...),
		"half a mark before a record": append(append(bytes.Clone(whole[:second]), whole[second:second+4]...), whole[second+5:]...),
	}
	for name, data := range cases {
		found, _ := scan(t, readOnly(t, d.with(packName(1), data)))
		var sizes []int64
		for _, f := range found {
			if !f.hdr.Damaged {
				sizes = append(sizes, f.hdr.Size)
			}
		}
		want := []int64{int64(len(msgs[0])), int64(len(msgs[2])), int64(len(msgs[3]))}
		if fmt.Sprint(sizes) != fmt.Sprint(want) {
			t.Errorf("%s: intact records of sizes %v, want %v", name, sizes, want)
		}
	}
}

// The next mark may lie across the edge of what is looked at at once.
func TestScanFindsMarkAnywhere(t *testing.T) {
	d, refs := fill(t, letter(1, 100), letter(2, 100))
	whole := d.files[packName(1)].data
	for shift := range 2 * 8 {
		junk := noise(1, windowSize-int(refs[1].Offset)+labelSize+4-shift)
		data := append(append(bytes.Clone(whole[:refs[1].Offset]), junk...), whole[refs[1].Offset:]...)
		found, gaps := scan(t, readOnly(t, d.with(packName(1), data)))
		if len(found) != 2 || len(gaps) != 1 || gaps[0].Length != int64(len(junk)) {
			t.Errorf("%d bytes between two records: found %d, gaps %v", len(junk), len(found), gaps)
		}
	}
}

func overwrite(b []byte, at int64, p []byte) []byte {
	b = bytes.Clone(b)
	copy(b[at:], p)
	return b
}

// Without both copies of its header a pack is still read and searched; without
// the first record as well, the database's names still read.
func TestLostPackHeader(t *testing.T) {
	msgs := [][]byte{letter(1, 3000), letter(2, 3000), letter(3, 3000)}
	d, refs := fill(t, msgs...)
	whole := d.files[packName(1)].data

	s := readOnly(t, d.with(packName(1), overwrite(whole, 0, make([]byte, labelSize))))
	wantAll(t, s, refs, msgs)
	if found, gaps := scan(t, s); len(found) != 3 || len(gaps) != 1 {
		t.Errorf("header lost: %d records, gaps %v; want 3 and the header", len(found), gaps)
	}
	s = readOnly(t, d.with(packName(1), overwrite(whole, 0, make([]byte, labelSize+8))))
	wantAll(t, s, refs[1:], msgs[1:])

	first := overwrite(whole, 0, make([]byte, copySize))
	if found, _ := scan(t, readOnly(t, d.with(packName(1), overwrite(first, labelSize, make([]byte, 8))))); len(found) != 2 {
		t.Errorf("first copy and first record lost: %d records, want 2", len(found))
	}

	w, err := open(d.with(packName(1), overwrite(whole, 0, make([]byte, labelSize+8))), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if rec, err := w.Recover(context.Background(), nil, nil); err != nil || len(rec.Cut) != 0 {
		t.Errorf("Recover of a pack without its mark: %+v, %v; want it left alone", rec, err)
	}
	if again := store(t, w, msgs[0]); again[0].Pack != 2 {
		t.Errorf("the damaged pack was written on: %v", again)
	}
}

// A stranger sends a message that holds a record: it must never be taken for
// one, wherever the search begins.
func TestForgedRecordIsNotFound(t *testing.T) {
	victim, _ := fill(t, letter(1, 100))
	forged := victim.files[packName(1)].data[labelSize:]
	evil := append(append(noise(1, 3000), forged...), noise(2, 3000)...)
	d, refs := fill(t, letter(2, 100), evil, letter(3, 100))
	data := overwrite(d.files[packName(1)].data, refs[1].Offset, make([]byte, headSize))
	if !bytes.Contains(data, forged) {
		t.Fatal("the message was not stored as it is: the test shows nothing")
	}
	if found, _ := scan(t, readOnly(t, d.with(packName(1), data))); len(found) != 2 {
		t.Errorf("found %d records, want the 2 real ones", len(found))
	}
}

// A record with all checksums right that does not hold what it says.
func TestWrongHashIsDamage(t *testing.T) {
	d := newMemDisk()
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, msg := range [][]byte{letter(1, 5000), noise(1, 100), letter(2, 2*wholeLimit)} {
		blob, err := s.Encode(context.Background(), bytes.NewReader(msg))
		if err != nil {
			t.Fatal(err)
		}
		wrongHash, tooLong, tooShort := *blob, *blob, *blob
		wrongHash.Hash[0]++
		tooLong.Size++
		tooShort.Size--
		for _, b := range []*Blob{&wrongHash, &tooLong, &tooShort} {
			refs, err := s.Append(b)
			if err != nil {
				t.Fatal(err)
			}
			_, err1 := s.ReadAll(refs[0])
			_, err2 := readStream(s, refs[0])
			if !errors.Is(err1, ErrDamaged) || !errors.Is(err2, ErrDamaged) {
				t.Errorf("hash %t, size %+d: ReadAll %v, Reader %v; want damaged", b == &wrongHash, b.Size-int64(len(msg)), err1, err2)
			}
		}
	}
}

func TestNamesOfNothing(t *testing.T) {
	d, refs := fill(t, letter(1, 5000), letter(2, 5000))
	s := readOnly(t, d)
	for _, ref := range []Ref{
		{1, refs[1].End(), 100}, {1, refs[0].Offset, refs[0].Length + 1}, {1, refs[0].Offset, refs[0].Length - 1},
		{1, refs[0].Offset + 1, refs[0].Length}, {1, 0, refs[0].Length}, {1, -5, 10}, {1, 64, -1}, {1, 64, 1 << 62}, {1, 1 << 62, 100},
		{1, 64, 0}, {1, 1 << 40, 1 << 40},
	} {
		_, err1 := s.ReadAll(ref)
		_, err2 := s.Reader(ref)
		_, err3 := s.Header(ref)
		for _, err := range []error{err1, err2, err3} {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("%v: %v, want damaged", ref, err)
			}
		}
	}
	if _, err := s.ReadAll(Ref{7, 64, 100}); !mail.Is(err, mail.KindGone) {
		t.Errorf("no such pack: %v, want gone", err)
	}
}

func TestNewerVersionIsLeftAlone(t *testing.T) {
	d, refs := fill(t, letter(1, 100))
	data := overwrite(d.files[packName(1)].data, 0, label{version: version + 1, pack: 1}.bytes())
	d = d.with(packName(1), data)
	if _, err := readOnly(t, d).ReadAll(refs[0]); !mail.Is(err, mail.KindDisk) || errors.Is(err, ErrDamaged) {
		t.Errorf("reading: %v, want a disk error that is no damage", err)
	}
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if refs := store(t, s, letter(2, 100)); refs[0].Pack != 2 {
		t.Errorf("a newer version's pack was written: %v", refs)
	}
}
