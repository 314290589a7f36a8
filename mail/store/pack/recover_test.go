package pack

import (
	"bytes"
	"context"
	"testing"

	"postrider/mail"
)

func TestRecoverCutsWhatIsTorn(t *testing.T) {
	d, refs := fill(t, letter(1, 3000), letter(2, 3000), letter(3, 3000))
	whole := d.files[packName(1)].data
	ends := map[uint32]int64{1: refs[0].End()}
	for cut := refs[2].Offset + 1; cut < refs[2].End(); cut += 7 {
		after := d.with(packName(1), bytes.Clone(whole[:cut]))
		s, err := open(after, Options{})
		if err != nil {
			t.Fatal(err)
		}
		rec, err := s.Recover(context.Background(), ends, nil)
		if err != nil || len(rec.Kept) != 1 || rec.Kept[0] != refs[1] || len(rec.Cut) != 1 || len(rec.Missing) != 0 {
			t.Fatalf("torn at %d: %+v, %v", cut, rec, err)
		}
		again := store(t, s, letter(3, 3000))
		if again[0] != refs[2] {
			t.Errorf("torn at %d: the next record is %v, want %v", cut, again[0], refs[2])
		}
		if _, gaps := scan(t, s); len(gaps) != 0 {
			t.Errorf("torn at %d: gaps %v remain", cut, gaps)
		}
	}
}

func TestRecoverAsksAboutOrphans(t *testing.T) {
	msgs := [][]byte{letter(1, 3000), letter(2, 3000), letter(3, 3000)}
	d, refs := fill(t, msgs...)
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var asked []Ref
	rec, err := s.Recover(context.Background(), map[uint32]int64{1: refs[0].End()}, func(ref Ref, h Header) bool {
		asked = append(asked, ref)
		return ref == refs[2]
	})
	if err != nil || len(asked) != 2 || asked[0] != refs[2] || len(rec.Kept) != 1 || rec.Cut[0] != (Gap{1, refs[2].Offset, refs[2].Length}) {
		t.Errorf("asked %v, %+v, %v", asked, rec, err)
	}
	wantAll(t, s, refs[:2], msgs)
}

// The database is lost, or older than the packs: no mail may go with it.
func TestRecoverWithoutDatabaseKeepsAll(t *testing.T) {
	msgs := [][]byte{letter(1, 3000), letter(2, 3000)}
	d, refs := fill(t, msgs...)
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rec, err := s.Recover(context.Background(), nil, nil)
	if err != nil || len(rec.Kept) != 2 || len(rec.Cut) != 0 {
		t.Errorf("%+v, %v", rec, err)
	}
	wantAll(t, s, refs, msgs)
}

// The packs are older than the database: new records must not come to lie
// where its names point.
func TestRecoverTellsWhatIsMissing(t *testing.T) {
	d, refs := fill(t, letter(1, 3000), letter(2, 3000))
	after := d.with(packName(1), bytes.Clone(d.files[packName(1)].data[:refs[1].Offset]))
	s, err := open(after, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rec, err := s.Recover(context.Background(), map[uint32]int64{1: refs[1].End(), 3: 500}, nil)
	if err != nil || len(rec.Missing) != 2 || rec.Missing[0] != (Gap{1, refs[1].Offset, refs[1].Length}) || rec.Missing[1] != (Gap{3, 0, 500}) {
		t.Errorf("%+v, %v", rec, err)
	}
	if again := store(t, s, letter(2, 3000)); again[0].Pack != 4 {
		t.Errorf("the next record is %v, want it in pack 4", again[0])
	}
}

func TestRecoverIsRefusedOnceAppended(t *testing.T) {
	_, err := func() (Recovered, error) {
		s, err := open(newMemDisk(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		store(t, s, letter(1, 100))
		return s.Recover(context.Background(), nil, nil)
	}()
	if !mail.Is(err, mail.KindBug) {
		t.Errorf("got %v, want bug", err)
	}
}
