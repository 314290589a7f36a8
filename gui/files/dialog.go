package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

// question is what is asked for.
type question struct {
	title  string
	yes    string // what happens with it, as a verb
	name   string // of the file to save; "" opens files that there are
	folder bool   // a folder is asked for
}

// dialog shows a folder, to choose from or to save in.
type dialog struct {
	question
	canvas fyne.Canvas
	then   func([]string)
	aside  func(func()) // runs what may take its time

	path    string
	list    []entry
	chosen  []string // names of files in it, the first one first
	cursor  string
	hidden  bool // names that begin with a dot show, too
	reading int  // numbers the folders that were asked for

	where  *widgets.Field
	places *widgets.Tree
	tree   *widgets.Tree
	said   *widgets.Text
	name   *widgets.Field
	button *widgets.Button
	frame  *widgets.Dialog
}

const (
	dialogWidth  float32 = 680
	dialogHeight float32 = 400
	placesWidth  float32 = 168
)

func newDialog(c fyne.Canvas, q question, start string, aside func(func()), then func([]string)) *dialog {
	d := &dialog{question: q, canvas: c, then: then, aside: aside, path: start}
	d.where = widgets.NewField("Folder")
	d.where.Line.OnSubmit = d.goTyped
	d.places = widgets.NewTree()
	d.places.OnChoose = func(key any) { d.open(key.(string)) }
	d.tree = widgets.NewTree()
	d.tree.OpensByKey = true
	d.tree.OnChoose = func(key any) { d.choose(key.(string)) }
	d.tree.OnOpen = func(key any) { d.enter(key.(string)) }
	d.tree.Keys = widgets.Keys{Key: d.key, Rune: d.find, Shortcut: func(fyne.Shortcut) bool { return false }}
	d.said = widgets.NewText("", theme.TextLine, theme.Ink3)
	d.name = widgets.NewField("Name of the file")
	d.name.SetText(q.name)
	d.name.Line.OnChanged = func(string) { d.offer() }
	d.name.Line.OnSubmit = func(string) { d.accept() }
	d.button = widgets.NewButton(q.yes, "", widgets.ButtonLook{Primary: true}, d.accept)
	up := widgets.NewIconButton(theme.IconArrowUp, "The folder above", func() { d.open(filepath.Dir(d.path)) })
	fresh := widgets.NewIconButton(theme.IconFolderPlus, "New folder", d.makeFolder)
	body := widgets.Placed(fyne.NewSize(300, dialogHeight), func(size fyne.Size) { d.lay(size, up, fresh) },
		up, d.where, fresh, d.places, widgets.NewDivider(), d.tree, d.said, d.name)
	cancel := widgets.NewButton("Cancel", "", widgets.ButtonLook{}, func() { d.frame.Hide() })
	d.frame = widgets.NewDialog(q.title, body, cancel, d.button)
	d.frame.SetWidth(dialogWidth)
	d.frame.Show(c)
	d.listPlaces()
	d.open(start)
	if d.saves() {
		d.name.Line.SelectStem()
		d.name.Focus()
	} else {
		c.Focus(d.tree)
	}
	return d
}

// saves reports whether a name is asked for.
func (d *dialog) saves() bool { return d.question.name != "" }

func (d *dialog) lay(size fyne.Size, up, fresh fyne.CanvasObject) {
	widgets.Show(d.name, d.saves())
	widgets.Show(fresh, d.saves() || d.folder)
	right := size.Width
	if fresh.Visible() {
		right = widgets.PutRight(fresh, right, 0, theme.ControlHeight) - theme.Space1
	}
	left := widgets.PutLeft(up, 0, 0, theme.ControlHeight) + theme.Space1
	widgets.Put(d.where, left, 0, right-left, theme.ControlHeight)
	top, bottom := theme.ControlHeight+theme.Space3, size.Height
	if d.saves() {
		bottom -= theme.ControlHeight + theme.Space3
		widgets.Put(d.name, 0, size.Height-theme.ControlHeight, size.Width, theme.ControlHeight)
	}
	x := float32(0)
	if size.Width > 2*placesWidth {
		x = placesWidth
	}
	widgets.Show(d.places, x > 0)
	widgets.Put(d.places, -theme.Space2, top, x, bottom-top)
	widgets.Put(d.tree, x, top, size.Width-x, bottom-top)
	widgets.Put(d.said, x+theme.Space4, top+theme.Space2, size.Width-x-theme.Space4, 20)
}

// open shows a folder, as soon as it is read.
func (d *dialog) open(path string) {
	d.path, d.chosen, d.cursor = path, nil, ""
	d.where.SetText(path)
	d.listPlaces()
	d.read()
}

// read reads the folder that shows; another disk may take its time.
func (d *dialog) read() {
	d.reading++
	turn, path, hidden := d.reading, d.path, d.hidden
	d.aside(func() {
		list, err := readFolder(path, hidden)
		widgets.Do(func() {
			if turn == d.reading {
				d.show(list, err)
			}
		})
	})
}

// show shows what is in the folder.
func (d *dialog) show(list []entry, err error) {
	d.list = list
	switch {
	case os.IsPermission(err):
		d.said.SetText("This folder may not be read.")
	case err != nil:
		d.said.SetText("This folder cannot be read.")
	case len(list) == 0:
		d.said.SetText("Nothing is in this folder.")
	default:
		d.said.SetText("")
	}
	widgets.Show(d.said, len(list) == 0)
	d.update()
}

// update draws the folder and what is chosen in it.
func (d *dialog) update() {
	items := make([]widgets.TreeItem, len(d.list))
	for i, e := range d.list {
		items[i] = widgets.TreeItem{Key: e.name, Text: e.name, Icon: theme.IconFolder}
		if !e.folder {
			items[i].Icon, items[i].Count = widgets.FileIcon("", e.name), phrase.Size(e.size)
			items[i].Marked = slices.Contains(d.chosen, e.name)
			items[i].Faint = d.folder
		}
	}
	var cursor any
	if d.cursor != "" {
		cursor = d.cursor
	}
	d.tree.SetItems(items, cursor)
	d.offer()
}

// offer says on the button what it would do, and whether it can.
func (d *dialog) offer() {
	able, label := true, d.yes
	switch {
	case d.saves():
		able = strings.TrimSpace(d.name.Text()) != ""
	case !d.folder:
		able = len(d.chosen) > 0 || d.isFolder(d.cursor)
		if len(d.chosen) > 1 {
			label += " " + phrase.Things(len(d.chosen), "file", "files")
		} else if len(d.chosen) == 0 && able {
			label = "Open"
		}
	}
	d.button.SetLabel(label)
	if able {
		d.button.Enable()
	} else {
		d.button.Disable()
	}
}

func (d *dialog) listPlaces() {
	var items []widgets.TreeItem
	var here any
	for _, p := range places() {
		items = append(items, widgets.TreeItem{Key: p.path, Text: p.name, Icon: p.icon})
		if p.path == d.path {
			here = p.path
		}
	}
	d.places.SetItems(items, here)
}

func (d *dialog) isFolder(name string) bool {
	i := slices.IndexFunc(d.list, func(e entry) bool { return e.name == name })
	return i >= 0 && d.list[i].folder
}
