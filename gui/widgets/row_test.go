package widgets

import (
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
)

// sixes measures every letter as 6 wide.
func sixes(text string, _ theme.TextStyle) float32 { return float32(len(text)) * 6 }

// everything is a row with all there can be.
var everything = RowData{
	Sender: "Sender", Date: "09:12", Subject: "Subject", Snippet: "Snippet", Unread: true, Starred: true, Attached: true,
	Answered: true, Forwarded: true, Count: 4, Where: OnServerOnly, Swatch: theme.Rust,
}

func textPiece(t *testing.T, pieces []piece, text string) piece {
	t.Helper()
	i := slices.IndexFunc(pieces, func(p piece) bool { return p.text == text })
	if i < 0 {
		t.Fatalf("%q is missing", text)
	}
	return pieces[i]
}

func iconPiece(t *testing.T, pieces []piece, icon theme.Icon) piece {
	t.Helper()
	i := slices.IndexFunc(pieces, func(p piece) bool { return p.icon == icon })
	if i < 0 {
		t.Fatalf("the icon %s is missing", icon)
	}
	return pieces[i]
}

func TestAComfortableRowStandsToTheMeasures(t *testing.T) {
	const width = 380
	pieces := layoutRow(everything, width, Comfortable, false, sixes)
	for _, c := range []struct {
		what       string
		got        piece
		x, y, w, h float32
	}{
		{"the dot", pieces[0], 16, 14, 8, 8},
		{"the sender", textPiece(t, pieces, "Sender"), 32, 8, 364 - 30 - 6 - 32, 20},
		{"the date", textPiece(t, pieces, "09:12"), 364 - 30, 10, 30, 16},
		{"the first arrow", iconPiece(t, pieces, theme.IconReply), 32, 30, 14, 14},
		{"the second arrow", iconPiece(t, pieces, theme.IconForward), 52, 30, 14, 14},
		{"the subject", textPiece(t, pieces, "Subject"), 72, 28, 364 - 20 - 20 - 26 - 72, 18},
		{"the star", iconPiece(t, pieces, theme.StarOn), 350, 30, 14, 14},
		{"the clip", iconPiece(t, pieces, theme.IconPaperclip), 330, 30, 14, 14},
		{"the number", textPiece(t, pieces, "4"), 304 + 7, 29, 6, 16},
		{"the snippet", textPiece(t, pieces, "Snippet"), 32, 46, 364 - 20 - 20 - 32, 18},
		{"the cloud", iconPiece(t, pieces, theme.IconCloud), 330, 48, 14, 14},
	} {
		if got, want := [4]float32{c.got.x, c.got.y, c.got.w, c.got.h}, [4]float32{c.x, c.y, c.w, c.h}; got != want {
			t.Errorf("%s: x, y, w, h %v, want %v", c.what, got, want)
		}
	}
	swatch := pieces[slices.IndexFunc(pieces, func(p piece) bool { return p.color == theme.Rust })]
	if swatch.x != 354 || swatch.y != 52 || swatch.w != 6 {
		t.Errorf("the swatch is at %v, %v", swatch.x, swatch.y)
	}
}

func TestWhatIsUnreadOrSelectedStandsOut(t *testing.T) {
	row := RowData{Sender: "Sender", Date: "Mon", Subject: "Subject", Snippet: "Snippet"}
	weight := func(r RowData, text string) theme.Weight {
		return textPiece(t, layoutRow(r, 380, Comfortable, false, sixes), text).style.Weight
	}
	unread := row
	unread.Unread = true
	for _, c := range []struct {
		text         string
		read, unread theme.Weight
	}{{"Sender", theme.Medium, theme.SemiBold}, {"Subject", theme.Regular, theme.SemiBold}, {"Mon", theme.Regular, theme.Medium}, {"Snippet", theme.Regular, theme.Regular}} {
		if a, b := weight(row, c.text), weight(unread, c.text); a != c.read || b != c.unread {
			t.Errorf("%s: %d read and %d unread, want %d and %d", c.text, a, b, c.read, c.unread)
		}
	}
	for _, text := range []string{"Mon", "Snippet"} {
		plain := textPiece(t, layoutRow(row, 380, Comfortable, false, sixes), text).color
		chosen := textPiece(t, layoutRow(row, 380, Comfortable, true, sixes), text).color
		if plain != theme.Ink3 || chosen != theme.Ink2 {
			t.Errorf("%s has the colours %d and %d", text, plain, chosen)
		}
	}
}

func TestNothingInARowOverlaps(t *testing.T) {
	long := everything
	long.Sender, long.Subject, long.Snippet, long.Count = string(make([]byte, 300)), string(make([]byte, 301)), string(make([]byte, 302)), 12345
	for _, d := range []Density{Comfortable, Cosy, Compact} {
		for _, width := range []float32{260, 379, 519, 520, 700, 1200} {
			for _, row := range []RowData{everything, long, {Sender: "A"}, {Snippet: "B"}, {Loading: true}, {}} {
				checkApart(t, layoutRow(row, width, d, false, sixes), width, float32(d.height()))
			}
		}
	}
}

func checkApart(t *testing.T, pieces []piece, width, height float32) {
	t.Helper()
	for i, a := range pieces {
		if a.x < 0 || a.x+a.w > width || a.y < 0 || a.y+a.h > height || a.w < 0 {
			t.Errorf("%+v leaves the row of %v by %v", a, width, height)
		}
		for _, b := range pieces[i+1:] {
			chip := a.color == theme.Chip && b.style == theme.TextSmall
			if !chip && a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
				t.Errorf("in %v by %v\n%+v overlaps\n%+v", width, height, a, b)
			}
		}
	}
}

func TestHairlinesKeepAwayFromFilledRowsAndHeads(t *testing.T) {
	m := newRowsModel(9)
	m.heads = []ListHead{{0, "Today"}, {4, "Yesterday"}}
	s := newListStage(t, m)
	s.click(1, noKey)
	s.hoverAt(100, s.y(6))
	var lined []int
	for i, slot := range s.view.rows {
		if slot.line.Visible() {
			lined = append(lined, i)
		}
	}
	// Not 0 and 1 (selected), 3 (before a head), 5 and 6 (hovered), 8 (the last).
	if want := []int{2, 4, 7}; !slices.Equal(lined, want) {
		t.Errorf("hairlines below %v, want %v", lined, want)
	}
}

func TestNeighboursThatAreSelectedHaveOneFill(t *testing.T) {
	m := newRowsModel(9)
	m.heads = []ListHead{{3, "Yesterday"}}
	s := newListStage(t, m)
	s.click(1, noKey)
	s.click(4, shift)
	round := func(i int) [2]bool {
		f := s.view.rows[i].fill
		return [2]bool{f.TopLeftCornerRadius > 0, f.BottomRightCornerRadius > 0}
	}
	for i, want := range map[int][2]bool{1: {true, false}, 2: {false, true}, 3: {true, false}, 4: {false, true}} {
		if got := round(i); got != want {
			t.Errorf("row %d is round at top and bottom: %v, want %v", i, got, want)
		}
	}
}

func TestTheFillSaysWhetherTheListHasTheKeys(t *testing.T) {
	s := newListStage(t, newRowsModel(9))
	s.click(1, noKey)
	fill := s.view.rows[1].fill
	if fill.FillColor != theme.Sel.Now() {
		t.Error("the selection of the focused list is quiet")
	}
	s.window.Canvas().Unfocus()
	if fill.FillColor != theme.SelQuiet.Now() {
		t.Error("the selection is loud without the focus")
	}
}

func TestOnlyWhatChangedIsDrawnAnew(t *testing.T) {
	m := newRowsModel(50)
	starred := false
	m.say = func(id RowID) RowData {
		return RowData{Sender: "Sender", Subject: "Subject", Starred: starred && id == 3, Count: int(id)}
	}
	s := newListStage(t, m)
	pictures := func() (all []image.Image) {
		for _, o := range s.view.Objects() {
			if p, ok := o.(*canvas.Image); ok && p.Visible() {
				all = append(all, p.Image)
			}
		}
		return all
	}
	before := pictures()
	s.Changed()
	s.Update()
	if !slices.Equal(before, pictures()) {
		t.Error("rows were drawn anew without a change")
	}
	starred = true
	s.Changed()
	changed := 0
	for i, p := range pictures() {
		if p != before[i] {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d rows were drawn anew, want 1", changed)
	}
}

func TestPicturesAreBounded(t *testing.T) {
	p := &pictures{budget: 10_000}
	for i := range 1000 {
		p.get(rowKey{words: uint64(i)}, func() *image.RGBA { return image.NewRGBA(image.Rect(0, 0, 10, 10)) })
	}
	if n := len(p.young) + len(p.old); n*400 > 2*p.budget {
		t.Errorf("%d pictures are kept", n)
	}
	last := p.get(rowKey{words: 999}, func() *image.RGBA { t.Error("the last one was drawn anew"); return nil })
	if last == nil {
		t.Error("the last one is gone")
	}
}

func TestPicturesCoverWholePixelsOfTheScreen(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		s := newListStage(t, newRowsModel(100))
		s.window.Canvas().(interface{ SetScale(float32) }).SetScale(scale)
		s.window.Resize(fyne.NewSize(381, 701))
		s.SetDensity(Compact)
		for _, slot := range s.view.rows {
			if !slot.picture.Visible() {
				continue
			}
			size, pixels := slot.picture.Size(), slot.picture.Image.Bounds().Size()
			if w, h := size.Width*scale, size.Height*scale; abs(w-float32(pixels.X)) > 0.01 || abs(h-float32(pixels.Y)) > 0.01 {
				t.Errorf("at %v a picture of %v pixels is shown on %v by %v", scale, pixels, w, h)
			}
		}
	}
}

func abs(v float32) float32 { return max(v, -v) }
