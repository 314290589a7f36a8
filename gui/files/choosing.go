package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/widgets"
)

// choose takes what the person is on: a file's name is the one to save under, or
// it is among those to open. With Control it is one more or one less of those,
// with Shift all from the one before.
func (d *dialog) choose(name string) {
	before := d.cursor
	d.cursor = name
	switch {
	case d.folder || d.isFolder(name):
		d.chosen = nil
	case d.saves():
		d.name.SetText(name)
	case widgets.Held(fyne.KeyModifierShortcutDefault):
		if i := slices.Index(d.chosen, name); i >= 0 {
			d.chosen = slices.Delete(d.chosen, i, i+1)
		} else {
			d.chosen = append(d.chosen, name)
		}
	case widgets.Held(fyne.KeyModifierShift):
		d.chooseTo(before, name)
	default:
		d.chosen = []string{name}
	}
	d.update()
}

// chooseTo adds all files between two names.
func (d *dialog) chooseTo(from, to string) {
	at := func(name string) int { return slices.IndexFunc(d.list, func(e entry) bool { return e.name == name }) }
	a, b := at(from), at(to)
	if a < 0 {
		a = b
	}
	for _, e := range d.list[min(a, b) : max(a, b)+1] {
		if !e.folder && !slices.Contains(d.chosen, e.name) {
			d.chosen = append(d.chosen, e.name)
		}
	}
}

// enter goes into a folder, or takes a file.
func (d *dialog) enter(name string) {
	if d.isFolder(name) {
		d.open(filepath.Join(d.path, name))
		return
	}
	if !d.folder {
		if !d.saves() && len(d.chosen) == 0 {
			d.chosen = []string{name}
		}
		d.accept()
	}
}

// key takes what the list of files has no use for.
func (d *dialog) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyBackspace:
		d.open(filepath.Dir(d.path))
	case fyne.KeyEscape:
		d.frame.Hide()
	default:
		return false
	}
	return true
}

// find goes to the next name that begins with a letter; a dot shows the names
// that begin with one, or hides them again.
func (d *dialog) find(r rune) bool {
	if r == '.' {
		d.hidden = !d.hidden
		d.read()
		return true
	}
	letter := strings.ToLower(string(r))
	from := slices.IndexFunc(d.list, func(e entry) bool { return e.name == d.cursor })
	for i := range d.list {
		e := d.list[(from+1+i)%len(d.list)]
		if strings.HasPrefix(strings.ToLower(e.name), letter) {
			d.choose(e.name)
			d.tree.Reveal(e.name)
			return true
		}
	}
	return false
}

// goTyped opens the folder that was typed, or takes the file.
func (d *dialog) goTyped(typed string) {
	path := wholePath(typed, d.path)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		d.open(path)
	case err == nil && !d.saves() && !d.folder:
		d.take([]string{path})
	case d.saves() && isFolder(filepath.Dir(path)):
		d.name.SetText(filepath.Base(path))
		d.open(filepath.Dir(path))
		d.name.Focus()
	default:
		d.where.SetBad(true)
		return
	}
	d.where.SetBad(false)
}

// accept takes what is chosen.
func (d *dialog) accept() {
	switch {
	case d.folder && d.isFolder(d.cursor):
		d.take([]string{filepath.Join(d.path, d.cursor)})
	case d.folder:
		d.take([]string{d.path})
	case d.saves():
		d.save(wholePath(d.name.Text(), d.path))
	case len(d.chosen) > 0:
		paths := make([]string, len(d.chosen))
		for i, name := range d.chosen {
			paths[i] = filepath.Join(d.path, name)
		}
		d.take(paths)
	case d.isFolder(d.cursor):
		d.enter(d.cursor)
	}
}

// save takes a path to save under, once it is sure that nothing is lost there.
func (d *dialog) save(path string) {
	if strings.TrimSpace(d.name.Text()) == "" {
		return
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		d.open(path)
	case err == nil:
		widgets.Ask(d.canvas, widgets.Question{
			Title: "Replace " + filepath.Base(path) + "?", Sentence: "There is a file of this name in the folder. What is in it would be gone.", Yes: "Replace", Danger: true,
			Act: func() { d.take([]string{path}) },
		})
	default:
		d.take([]string{path})
	}
}

func (d *dialog) take(paths []string) {
	d.frame.Hide()
	d.then(paths)
}

// makeFolder asks for the name of a new folder, and goes into it.
func (d *dialog) makeFolder() {
	widgets.AskLine(d.canvas, widgets.LineQuestion{Title: "New folder", Name: "Name", Hint: "In " + d.path, Yes: "Make folder", Act: func(name string, then func(string)) {
		name = strings.TrimSpace(name)
		if name == "" || name != filepath.Base(name) {
			then("A name has no slash in it.")
			return
		}
		path := filepath.Join(d.path, name)
		switch err := os.Mkdir(path, 0o777); {
		case os.IsExist(err):
			then("There is something of this name.")
		case err != nil:
			then("No folder can be made here.")
		default:
			then("")
			d.open(path)
		}
	}})
}
