package widgets

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
	"postrider/mail/html/display"
	"postrider/mail/html/paint"
)

// pageView draws a Page with a fixed pool of pictures. Strip i always uses the
// same one, so a scrolled step uploads only what is new.
type pageView struct {
	p       *Page
	paper   *canvas.Rectangle
	strips  []*strip
	marks   []*canvas.Rectangle // of the selection
	ring    *canvas.Rectangle   // around the link that has the keys
	bar     *canvas.Rectangle   // says how far it is scrolled sideways
	objects []fyne.CanvasObject

	drawn pageDrawing
}

// strip is what one strip is drawn with.
type strip struct {
	picture *canvas.Image
	row     int
	number  int // of the work that it was painted by; 0: it is empty
}

// pageDrawing is what all strips depend on.
type pageDrawing struct {
	page     *display.Page
	number   int // grows with each change
	scale    float32
	zoom     float32
	left     float32
	width    int
	dark     bool
	original bool
	faces    uint64
	fresh    int // Page.renew was called
}

// maxStripWidth is the widest strip in device pixels; a wider page is painted
// anew when it is scrolled sideways. Larger textures are not to be had everywhere.
const maxStripWidth = 4096

// CreateRenderer is for Fyne.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	v := &pageView{p: p, paper: canvas.NewRectangle(theme.Paper.Now()), ring: canvas.NewRectangle(theme.None.Now()), bar: canvas.NewRectangle(theme.Thumb.Now())}
	v.ring.StrokeWidth, v.ring.CornerRadius = theme.FocusWidth, 3
	v.bar.CornerRadius = theme.ThumbWidth / 2
	v.ring.Hide()
	v.bar.Hide()
	p.view = v
	p.tiles.taken = v.take
	v.gather()
	v.arrange()
	return v
}

func (v *pageView) gather() {
	v.objects = append(v.objects[:0], v.paper)
	for _, s := range v.strips {
		v.objects = append(v.objects, s.picture)
	}
	for _, m := range v.marks {
		v.objects = append(v.objects, m)
	}
	v.objects = append(v.objects, v.ring, v.bar, v.p.scroll.thumb)
}

// renew makes all strips be painted anew, while the old ones stay until then.
func (p *Page) renew() { p.fresh++ }

// arrange puts every object where it belongs, and asks for the strips that are
// missing.
func (v *pageView) arrange() {
	p := v.p
	size := p.Size()
	if size.IsZero() {
		return
	}
	v.paper.FillColor = p.paperColor()
	width := size.Width
	if p.original && theme.Current().Dark && p.page != nil { // light paper ends where the mail does
		width = min(width, max(p.page.ContentWidth, p.page.Width)*p.zoom)
	}
	put(v.paper, 0, 0, width, size.Height)
	v.prepare()
	v.place()
	v.placeMarks()
	v.placeRing()
	v.placeBars()
}

// prepare starts the painting anew if what it depends on changed.
func (v *pageView) prepare() {
	p := v.p
	if p.page == nil {
		v.empty()
		return
	}
	scale := deviceScale(p)
	d := pageDrawing{
		page: p.page, scale: scale, zoom: p.zoom, dark: theme.Current().Dark, original: p.original,
		faces: library().Generation(), fresh: p.fresh,
	}
	content := max(p.page.ContentWidth, p.page.Width) * p.zoom
	d.width = int(math.Ceil(float64(content*scale) - 0.01)) // what is beside the mail is not of its colour
	if d.width > maxStripWidth {
		d.width = min(maxStripWidth, int(math.Ceil(float64(p.Size().Width*scale))))
		d.left = p.side
	}
	d.number = v.drawn.number
	if d == v.drawn {
		return
	}
	resized := d.width != v.drawn.width || d.scale != v.drawn.scale || d.zoom != v.drawn.zoom || d.page != v.drawn.page && !v.sameText(d.page)
	d.number++
	v.drawn = d
	if resized {
		v.empty()
	}
	p.tiles.start(tileWork{
		number: d.number, page: p.page, look: p.look(), scale: float64(scale * p.zoom), left: float64(d.left / p.zoom), width: d.width,
	})
}

func (v *pageView) sameText(page *display.Page) bool {
	return v.drawn.page != nil && v.drawn.page.Text() == page.Text() && v.drawn.page.Width == page.Width
}

// Painted says that all of the mail that can be seen is painted as it is now.
func (p *Page) Painted() bool {
	v := p.view
	if v == nil || p.page == nil || p.Size().IsZero() {
		return true
	}
	first, last := v.visible()
	for r := first; r <= last; r++ {
		if len(v.strips) == 0 {
			return false
		}
		if s := v.strips[r%len(v.strips)]; s.row != r || s.number == 0 || s.number != v.drawn.number || !s.picture.Visible() {
			return false
		}
	}
	return true
}

// empty hides what the strips show.
func (v *pageView) empty() {
	for _, s := range v.strips {
		s.number = 0
		s.picture.Hide()
	}
}

// look is how the page is painted.
func (p *Page) look() *paint.Look {
	c := theme.Current()
	l := &paint.Look{
		Dark: c.Dark && !p.original, Paper: p.paperColor(), Ink: c.Ink2, Plate: c.Note, Line: c.Line,
		Hit: c.Hit, Accent: c.Accent, OnAccent: c.OnAccent, Library: library(), Picture: p.Picture,
		Hits: p.found.hits, Current: p.found.current,
		Sign: missingSign(c.Ink3),
	}
	if c.Dark && p.original { // its own colours want its own paper
		l.Paper, l.Ink, l.Plate, l.Line, l.Hit = theme.Light.Paper, theme.Light.Ink2, theme.Light.Note, theme.Light.Line, theme.Light.Hit
		l.Accent, l.OnAccent = theme.Light.Accent, theme.Light.OnAccent
		l.Sign = missingSign(theme.Light.Ink3)
	}
	return l
}

func (p *Page) paperColor() color.NRGBA {
	if p.original && theme.Current().Dark {
		return theme.Light.Paper
	}
	if p.Ground != theme.None {
		return p.Ground.Now()
	}
	return theme.Paper.Now()
}

// ahead is how many strips beyond what can be seen are painted on each side.
const ahead = 2

// place puts the strips that can be seen where they belong.
func (v *pageView) place() {
	p := v.p
	if p.page == nil || v.drawn.width == 0 {
		return
	}
	first, last := v.visible()
	v.pool(int(p.seen().height*v.drawn.scale)/tileRows + 2 + 2*ahead)
	if last < first {
		v.empty()
		return
	}
	end := int(math.Ceil(float64(p.page.Height*p.zoom*v.drawn.scale)/tileRows)) - 1
	var want []int
	for r := first; r <= last; r++ {
		want = v.claim(r, want)
	}
	for k := 1; k <= ahead; k++ {
		if last+k <= end {
			want = v.claim(last+k, want)
		}
		if first-k >= 0 {
			want = v.claim(first-k, want)
		}
	}
	for _, s := range v.strips {
		v.put(s)
	}
	p.tiles.ask(want)
}

// visible is the strips that can be seen.
func (v *pageView) visible() (first, last int) {
	p := v.p
	seen := p.seen()
	height := p.page.Height * p.zoom
	top, bottom := max(0, seen.top), min(height, seen.top+seen.height)
	if bottom <= top {
		return 0, -1
	}
	k := float64(v.drawn.scale) / tileRows
	return int(float64(top) * k), int(math.Ceil(float64(bottom)*k)) - 1
}

// pool has enough pictures for n strips.
func (v *pageView) pool(n int) {
	if len(v.strips) >= n {
		return
	}
	for len(v.strips) < n {
		v.strips = append(v.strips, &strip{picture: newPicture(), row: -1})
	}
	for _, s := range v.strips { // another size of the pool gives each strip another picture
		s.number, s.row = 0, -1
		s.picture.Hide()
	}
	v.gather()
}

// claim makes sure that a strip has a picture, and adds it to what is wanted if
// that has to be painted.
func (v *pageView) claim(row int, want []int) []int {
	s := v.strips[row%len(v.strips)]
	if s.row != row {
		s.row, s.number = row, 0
	}
	if s.number != v.drawn.number {
		want = append(want, row)
	}
	return want
}

// put places a strip, or hides one that is not painted yet.
func (v *pageView) put(s *strip) {
	p := v.p
	if s.number == 0 || s.row < 0 {
		s.picture.Hide()
		return
	}
	img, ok := s.picture.Image.(*image.RGBA)
	if !ok {
		return
	}
	scale := v.drawn.scale
	y := float32(s.row)*tileRows/scale - p.shift()
	put(s.picture, v.drawn.left-p.side, y, float32(img.Rect.Dx())/scale, float32(img.Rect.Dy())/scale)
}

// take shows the strips that were painted.
func (v *pageView) take() {
	// Fyne does not know a picture that it never drew, and would wait with it
	// until something else moves.
	defer canvas.Refresh(v.paper)
	for row, t := range v.p.tiles.take() {
		if len(v.strips) == 0 {
			v.p.tiles.give(t.picture)
			continue
		}
		s := v.strips[row%len(v.strips)]
		if s.row != row || t.number != v.drawn.number {
			v.p.tiles.give(t.picture)
			continue
		}
		old, _ := s.picture.Image.(*image.RGBA)
		s.picture.Image, s.number = t.picture, t.number
		v.put(s)
		s.picture.Refresh()
		v.p.tiles.give(old)
	}
}

// placeMarks draws the selection that can be seen.
func (v *pageView) placeMarks() {
	p := v.p
	rects := p.marks()
	for len(v.marks) < len(rects) {
		m := canvas.NewRectangle(theme.None.Now())
		m.Hide()
		v.marks = append(v.marks, m)
		if len(v.marks) == len(rects) {
			v.gather()
		}
	}
	fill := p.markColor()
	for i, m := range v.marks {
		if i >= len(rects) {
			m.Hide()
			continue
		}
		if m.FillColor != fill {
			m.FillColor = fill
			m.Refresh()
		}
		r := rects[i]
		put(m, r.X*p.zoom-p.side, r.Y*p.zoom-p.shift(), r.W*p.zoom, r.H*p.zoom)
	}
}

// placeRing shows which link has the keys.
func (v *pageView) placeRing() {
	p := v.p
	v.ring.StrokeColor = theme.Accent.Now()
	if !p.focus || p.page == nil || p.ring < 0 || p.ring >= len(p.page.Links) || len(p.page.Links[p.ring].Rects) == 0 {
		v.placeFrame()
		return
	}
	r := p.page.Links[p.ring].Rects[0]
	for _, more := range p.page.Links[p.ring].Rects[1:] {
		r = r.Union(more)
	}
	put(v.ring, r.X*p.zoom-p.side-3, r.Y*p.zoom-p.shift()-2, r.W*p.zoom+6, r.H*p.zoom+4)
}

// placeFrame shows that keys go to the page, if they were sent here by one.
func (v *pageView) placeFrame() {
	p := v.p
	if !p.focus || !p.framed || p.page == nil {
		v.ring.Hide()
		return
	}
	top, height := float32(0), p.Size().Height
	if p.tall {
		top = max(0, p.window.top)
		height = min(height, p.window.top+p.window.height) - top
	}
	put(v.ring, 1, top+1, p.Size().Width-2, max(0, height-2))
}

// placeBars puts the thumbs where they belong.
func (v *pageView) placeBars() {
	p := v.p
	size := p.Size()
	p.scroll.placeThumb(size.Width)
	end := p.sideEnd()
	if end <= 0 {
		v.bar.Hide()
		return
	}
	width := max(thumbMin, size.Width*size.Width/(size.Width+end))
	y := size.Height
	if p.tall {
		y = min(y, p.window.top+p.window.height)
	}
	put(v.bar, (size.Width-width)*p.side/end, y-theme.ThumbWidth-1, width, theme.ThumbWidth)
}

// Layout is for Fyne.
func (v *pageView) Layout(fyne.Size) { v.arrange() }

// MinSize is for Fyne.
func (v *pageView) MinSize() fyne.Size {
	if v.p.tall && v.p.page != nil {
		return fyne.NewSize(64, ceil(v.p.page.Height*v.p.zoom))
	}
	return fyne.NewSize(64, 32)
}

// Objects is for Fyne.
func (v *pageView) Objects() []fyne.CanvasObject { return v.objects }

// Refresh is for Fyne, which calls it when the theme changed too.
func (v *pageView) Refresh() {
	v.p.scroll.thumb.FillColor = theme.Thumb.Now()
	v.bar.FillColor = theme.Thumb.Now()
	v.p.measure()
	v.arrange()
	v.paper.Refresh()
}

// Destroy is for Fyne.
func (v *pageView) Destroy() {}
