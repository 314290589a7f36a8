package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
)

// A DragLoad is what is dragged: a few words for the label at the pointer, and
// what the owners of the two ends understand.
type DragLoad struct {
	Label string
	What  any
}

// A DropTarget takes what is dropped on it. Positions are its own.
type DropTarget interface {
	fyne.CanvasObject
	// DragOver is told of each movement over it, and says whether a drop there
	// would be taken, and if not why (or nothing). It shows that itself.
	DragOver(load DragLoad, at fyne.Position) (takes bool, why string)
	// DragOut is told when the pointer left, or the drag is over.
	DragOut()
	// Drop is told of a drop where DragOver said yes last.
	Drop(load DragLoad, at fyne.Position)
}

// Drops are the places of a window where something can be dropped. Fyne tells a
// widget nothing of drags that began elsewhere, so whoever drags asks here.
type Drops struct {
	places []dropPlace
}

type dropPlace struct {
	target DropTarget
	within []fyne.CanvasObject
}

// Add makes a target known. It can be reached while it and all that it is within
// are visible; name the panes that can be hidden.
func (d *Drops) Add(target DropTarget, within ...fyne.CanvasObject) {
	d.places = append(d.places, dropPlace{target, within})
}

// Remove forgets a target.
func (d *Drops) Remove(target DropTarget) {
	d.places = slices.DeleteFunc(d.places, func(p dropPlace) bool { return p.target == target })
}

// at returns the target under a position of the window, and the position within
// it. The one added last wins.
func (d *Drops) at(abs fyne.Position) (DropTarget, fyne.Position) {
	for _, p := range slices.Backward(d.places) {
		if !p.visible() {
			continue
		}
		at := abs.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(p.target))
		size := p.target.Size()
		if at.X >= 0 && at.Y >= 0 && at.X < size.Width && at.Y < size.Height {
			return p.target, at
		}
	}
	return nil, fyne.Position{}
}

func (p dropPlace) visible() bool {
	hidden := func(o fyne.CanvasObject) bool { return !o.Visible() }
	return p.target.Visible() && !slices.ContainsFunc(p.within, hidden)
}

// drag is one drag on its way, from the first movement to its end.
type drag struct {
	drops *Drops
	load  DragLoad
	ghost *ghost
	over  DropTarget
	takes bool
	at    fyne.Position // within over
	ended func()
}

// startDrag shows the label at the pointer. ended is called once, when the drag
// was dropped or given up.
func startDrag(on fyne.Canvas, drops *Drops, load DragLoad, ended func()) *drag {
	d := &drag{drops: drops, load: load, ended: ended}
	d.ghost = newGhost(on, load.Label, d.cancel)
	return d
}

// move follows the pointer to a position of the window.
func (d *drag) move(abs fyne.Position) {
	target, at := DropTarget(nil), fyne.Position{}
	if d.drops != nil {
		target, at = d.drops.at(abs)
	}
	if d.over != nil && d.over != target {
		d.over.DragOut()
	}
	d.over, d.at, d.takes = target, at, false
	why := ""
	if target != nil {
		d.takes, why = target.DragOver(d.load, at)
	}
	d.ghost.allow(d.takes, why)
	d.ghost.move(abs)
}

// drop ends the drag where it is.
func (d *drag) drop() {
	target, at, takes := d.over, d.at, d.takes
	d.cancel()
	if takes {
		target.Drop(d.load, at)
	}
}

// cancel ends the drag without a drop. It may be called again.
func (d *drag) cancel() {
	if d.ghost == nil {
		return
	}
	if d.over != nil {
		d.over.DragOut()
	}
	d.ghost.remove()
	d.ghost, d.over, d.takes = nil, nil, false
	d.ended()
}
