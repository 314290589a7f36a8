package widgets

import (
	"path"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// An AttachmentChip is a file of a mail: an icon, its name and its size. It
// opens the file, and may have a cross that takes it off.
type AttachmentChip struct {
	control
	icon       theme.Icon
	name, size string
	remove     func()
	menu       func(at fyne.Position)
	overCross  bool
	done       float32 // of a download; 0 and 1 show no bar
}

const (
	attachmentHeight float32 = 40
	attachmentMost   float32 = 260 // longer names end in dots
	attachmentBefore float32 = 11  // the outline and 10
	attachmentAfter  float32 = 13
	attachmentCross  float32 = 28
)

// NewAttachmentChip shows a file; remove and menu (for a secondary click, at the
// window's position) may be nil.
func NewAttachmentChip(icon theme.Icon, name, size string, act, remove func(), menu func(fyne.Position)) *AttachmentChip {
	c := &AttachmentChip{icon: icon, name: name, size: size, remove: remove, menu: menu}
	c.act = act
	c.ringed(theme.RadiusControl)
	c.become(c)
	if c.width() > attachmentMost {
		c.tip = name
	}
	return c
}

// SetProgress shows how much of a download is done, from 0 to 1.
func (c *AttachmentChip) SetProgress(done float32) {
	if c.done != done {
		c.done = done
		c.repaint()
	}
}

// AccessibilityLabel is for Fyne.
func (c *AttachmentChip) AccessibilityLabel() string { return c.name + ", " + c.size }

// AccessibilityRole is for Fyne.
func (c *AttachmentChip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

var attachmentName = theme.TextLine.With(theme.Medium)

func (c *AttachmentChip) measure() fyne.Size {
	return fyne.NewSize(min(ceil(c.width()), attachmentMost), attachmentHeight)
}

// width is what name and size need.
func (c *AttachmentChip) width() float32 {
	words := max(TextWidth(c.name, attachmentName), TextWidth(c.size, theme.TextCaption))
	w := attachmentBefore + theme.IconCard + theme.Space2 + words + attachmentAfter
	if c.remove != nil {
		w += attachmentCross - theme.Space2
	}
	return w
}

const (
	endingMost = 8 // bytes of an ending that stays, with its dot
	stemEnd    = 4 // letters before it that stay, too
)

// shortFileName is a file's name in so much room: what is too long loses its
// middle, for the ending says what the file is.
func shortFileName(name string, room float32, style theme.TextStyle) string {
	if TextWidth(name, style) <= room {
		return name
	}
	ending := path.Ext(name)
	if len(ending) > endingMost {
		ending = ""
	}
	stem := []rune(strings.TrimSuffix(name, ending))
	tail := "…" + string(stem[max(0, len(stem)-stemEnd):]) + ending
	n := sort.Search(len(stem), func(n int) bool { return TextWidth(string(stem[:n+1])+tail, style) > room })
	return strings.TrimRight(string(stem[:n]), " ") + tail
}

func (c *AttachmentChip) paint(s *Sheet) {
	size := c.Size()
	s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Paper)
	s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, c.shade())
	if c.done > 0 && c.done < 1 {
		s.clip(0, size.Height-3, size.Width*c.done, 3, func() {
			s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Accent)
		})
	}
	s.Outline(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Hairline, theme.Line)
	s.Icon(c.icon, attachmentBefore, (size.Height-theme.IconCard)/2, theme.IconCard, c.toned(theme.Ink2))
	x := attachmentBefore + theme.IconCard + theme.Space2
	end := size.Width - attachmentAfter
	if c.remove != nil {
		end = size.Width - attachmentCross
		c.paintCross(s, size)
	}
	// Name and size overlap by two pixels, which their line boxes have to spare.
	top := (size.Height - attachmentName.Line - theme.TextCaption.Line + 2) / 2
	s.Text(x, top, end-x, Words{Text: shortFileName(c.name, end-x, attachmentName), Style: attachmentName, Color: c.toned(theme.Ink)})
	s.Text(x, top+attachmentName.Line-2, end-x, Words{Text: c.size, Style: theme.TextCaption, Color: theme.Ink3})
}

func (c *AttachmentChip) paintCross(s *Sheet, size fyne.Size) {
	color := theme.Ink3
	if c.overCross {
		color = theme.Ink
	}
	s.Icon(theme.IconX, size.Width-attachmentCross+5, (size.Height-theme.IconRow)/2, theme.IconRow, color)
}

func (c *AttachmentChip) hitsCross(at fyne.Position) bool {
	return c.remove != nil && at.X >= c.Size().Width-attachmentCross
}

// Tapped opens the file, or takes it off if the cross was hit.
func (c *AttachmentChip) Tapped(e *fyne.PointEvent) {
	if c.hitsCross(e.Position) {
		c.remove()
		return
	}
	c.press()
}

// TappedSecondary is for Fyne.
func (c *AttachmentChip) TappedSecondary(e *fyne.PointEvent) {
	if c.menu != nil {
		c.menu(e.AbsolutePosition)
	}
}

// TypedKey takes the file off with Delete.
func (c *AttachmentChip) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDelete && c.remove != nil {
		c.remove()
		return
	}
	c.control.TypedKey(e)
}

// MouseMoved is for Fyne.
func (c *AttachmentChip) MouseMoved(e *desktop.MouseEvent) {
	if over := c.hitsCross(e.Position); over != c.overCross {
		c.overCross = over
		c.repaint()
	}
}

// MouseOut is for Fyne.
func (c *AttachmentChip) MouseOut() {
	c.overCross = false
	c.control.MouseOut()
}

// FileIcon is the icon for a media type and a name's ending.
func FileIcon(mediaType, name string) theme.Icon {
	if icon, ok := iconOfEnding(name); ok {
		return icon
	}
	return iconOfType(mediaType)
}
