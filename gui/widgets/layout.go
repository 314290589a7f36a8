package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Tall is what is as high as its width makes it, such as a paragraph. Widgets
// that contain such things are it too; their HeightFor asks [HeightOf].
type Tall interface {
	HeightFor(width float32) float32
}

// HeightOf is how high an object is when it is so wide.
func HeightOf(o fyne.CanvasObject, width float32) float32 { return heightOf(o, width) }

func heightOf(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case Tall:
		return o.HeightFor(width)
	case *fyne.Container:
		if l, ok := o.Layout.(tallLayout); ok {
			return l.heightFor(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

type tallLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// Grow makes an object take the room that a [Row] or [Column] has left.
func Grow(o fyne.CanvasObject) fyne.CanvasObject { return container.New(&growing{}, o) }

// Spring is empty room that grows.
func Spring() fyne.CanvasObject { return Grow(Gap(0, 0)) }

// Gap is empty room of a size.
func Gap(width, height float32) fyne.CanvasObject {
	return container.New(gap(fyne.NewSize(width, height)))
}

type gap fyne.Size

func (g gap) MinSize([]fyne.CanvasObject) fyne.Size          { return fyne.Size(g) }
func (g gap) Layout([]fyne.CanvasObject, fyne.Size)          {}
func (g gap) heightFor([]fyne.CanvasObject, float32) float32 { return g.Height }

type growing struct{}

// MinSize is what the object can do with when it is shortened.
func (*growing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if o, ok := objects[0].(interface{ least() fyne.Size }); ok {
		return o.least()
	}
	return objects[0].MinSize()
}

func (*growing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

func (*growing) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[0], width)
}

func grows(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(*growing)
	return ok
}

// Pad is an object with air around it, in CSS's order.
func Pad(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&padding{top, right, bottom, left}, o)
}

type padding struct{ top, right, bottom, left float32 }

func (p *padding) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(p.left+p.right, p.top+p.bottom)
}

func (p *padding) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(p.left, p.top))
	objects[0].Resize(fyne.NewSize(size.Width-p.left-p.right, size.Height-p.top-p.bottom))
}

func (p *padding) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[0], width-p.left-p.right) + p.top + p.bottom
}

// Stack puts objects on top of each other, all of the same size: a ground and
// what stands on it.
func Stack(objects ...fyne.CanvasObject) *fyne.Container { return container.New(stacked{}, objects...) }

type stacked struct{}

func (stacked) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least = least.Max(o.MinSize())
	}
	return least
}

func (stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (stacked) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	for _, o := range objects {
		h = max(h, heightOf(o, width))
	}
	return h
}

// Fixed gives an object a width, a height or both; 0 leaves it free.
func Fixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&fixed{fyne.NewSize(width, height)}, o)
}

type fixed struct{ size fyne.Size }

func (f *fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if f.size.Width > 0 {
		size.Width = f.size.Width
	}
	if f.size.Height > 0 {
		size.Height = f.size.Height
	}
	return size
}

func (f *fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

func (f *fixed) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if f.size.Height > 0 {
		return f.size.Height
	}
	return heightOf(objects[0], width)
}

// Measure keeps an object in the middle of its room and no wider than so much;
// air is what stays free at both sides.
func Measure(most, air float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&measured{most: most, air: air, middle: true}, o)
}

// AtMost keeps an object at the left of its room and no wider than so much.
func AtMost(most float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&measured{most: most}, o)
}

type measured struct {
	most, air float32
	middle    bool
}

func (m *measured) width(room float32) float32 { return max(0, min(m.most, room-2*m.air)) }

func (m *measured) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	return fyne.NewSize(min(least.Width, m.most)+2*m.air, least.Height)
}

func (m *measured) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := m.width(size.Width)
	x := float32(0)
	if m.middle {
		x = floorHalf((size.Width - w) / 2)
	}
	objects[0].Move(fyne.NewPos(x, 0))
	objects[0].Resize(fyne.NewSize(w, size.Height))
}

func (m *measured) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[0], m.width(width))
}
