package gui

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

const (
	dockHeight float32 = 64
	chipLeast  float32 = 120 // where a file is still worth naming
)

// dock shows the files of a message at the foot of the reader.
type dock struct {
	reader *reader
	line   fyne.CanvasObject
	chips  []*widgets.AttachmentChip
	more   *widgets.Button // files that there is no room for
	save   *widgets.Button
	files  []vm.Attachment
	shown  int // of the files: so many have a chip that fits
	object *fyne.Container
}

func newDock(r *reader) *dock {
	d := &dock{reader: r, line: widgets.NewDivider()}
	d.save = widgets.NewButton("Save all", theme.IconDownload, widgets.ButtonLook{}, func() { r.saveFiles(d.files) })
	d.more = widgets.NewButton("", "", widgets.ButtonLook{}, func() { widgets.ShowMenuBelow(d.more, true, r.fileMenu(d.files[d.shown:])) })
	d.object = widgets.Placed(fyne.NewSize(100, dockHeight), d.lay)
	d.object.Hide()
	return d
}

func (d *dock) lay(size fyne.Size) {
	widgets.Put(d.line, 0, 0, size.Width, theme.Hairline)
	right := widgets.PutRight(d.save, size.Width-readerPadding, 0, dockHeight) - 8
	more := d.more.MinSize().Width + 8
	x, hidden := readerPadding, 0
	for i, chip := range d.chips {
		room := right - x
		if i < len(d.chips)-1 {
			room -= more
		}
		width := chip.MinSize().Width
		if i == 0 && room >= chipLeast { // one shows, if only a part of its name
			width = min(width, room)
		}
		fits := hidden == 0 && width <= room
		widgets.Show(chip, fits)
		if fits {
			widgets.Put(chip, x, (dockHeight-chipHeight)/2, width, chipHeight)
			x += width + 8
		} else {
			hidden++
		}
	}
	d.shown = len(d.chips) - hidden
	widgets.Show(d.more, hidden > 0)
	if hidden > 0 {
		d.more.SetLabel("+" + phrase.Count(hidden))
		widgets.PutLeft(d.more, x, 0, dockHeight)
	}
}

// update shows the files of a card.
func (d *dock) update(c *vm.Card) {
	var files []vm.Attachment
	if c.Body != nil {
		files = c.Body.Files
	}
	d.files, d.chips = files, nil
	widgets.Show(d.object, len(files) > 0)
	d.object.RemoveAll()
	d.object.Add(d.line)
	for _, f := range files {
		d.chips = append(d.chips, d.reader.fileChip(f))
		d.object.Add(d.chips[len(d.chips)-1])
	}
	label := "Save all"
	if len(files) == 1 {
		label = "Save"
	}
	d.save.SetLabel(label)
	d.object.Add(d.more)
	d.object.Add(d.save)
}

// fileChip shows a file.
func (r *reader) fileChip(f vm.Attachment) *widgets.AttachmentChip {
	return widgets.NewAttachmentChip(fileIcons[f.Kind], f.Name, phrase.Size(f.Size), func() { r.openFile(f) }, nil,
		func(at fyne.Position) {
			widgets.ShowMenu(r.shell.app.window.Canvas(), at, r.waysWith(f))
		})
}

// waysWith is what can be done with a file.
func (r *reader) waysWith(f vm.Attachment) []widgets.MenuItem {
	items := []widgets.MenuItem{
		{Label: "Open", Icon: theme.IconExternalLink, Disabled: f.Runs, Act: func() { r.openFile(f) }},
		{Label: "Save as…", Icon: theme.IconDownload, Act: func() { r.saveFileAs(f) }},
	}
	if f.Kind == vm.FileContact {
		items = append(items, widgets.MenuItem{Label: "Add to contacts", Icon: theme.IconUser, Act: func() { r.takeContacts(f) }})
	}
	return items
}

var fileIcons = map[vm.FileKind]theme.Icon{
	vm.FileOther: theme.IconFile, vm.FileText: theme.IconFileText, vm.FilePicture: theme.IconFileImage, vm.FileSheet: theme.IconFileSheet,
	vm.FilePDF: theme.IconFileText, vm.FileArchive: theme.IconFileArchive, vm.FileAudio: theme.IconFileAudio, vm.FileVideo: theme.IconFileVideo,
	vm.FileMessage: theme.IconMail, vm.FileCalendar: theme.IconCalendar, vm.FileContact: theme.IconUser, vm.FileProgram: theme.IconFileCode,
}

// fileMenu lists files that there is no room for.
func (r *reader) fileMenu(files []vm.Attachment) (items []widgets.MenuItem) {
	for _, f := range files {
		items = append(items, widgets.MenuItem{Label: f.Name, Icon: fileIcons[f.Kind], Note: phrase.Size(f.Size), Sub: r.waysWith(f)})
	}
	return items
}

// openFile opens a file with the system's program for it, from a folder that
// only this person can read. What could run is saved instead, and said so.
func (r *reader) openFile(f vm.Attachment) {
	if f.Runs {
		text := "This file is a program. It is saved, but not opened from here."
		if f.Poses {
			text = "This file is a program that poses as something else. Do not open it unless you are sure who sent it."
		}
		widgets.Ask(r.shell.app.window.Canvas(), widgets.Question{
			Title: f.Name, Sentence: text, Yes: "Save as…", Act: func() { r.saveFileAs(f) },
		})
		return
	}
	if f.Active {
		widgets.Ask(r.shell.app.window.Canvas(), widgets.Question{
			Title: f.Name, Sentence: "This file can run something in the program that shows it, or tell its sender that you opened it. Open it only if you expected it.",
			Yes: "Open", Act: func() { r.openCopy(f) },
		})
		return
	}
	r.openCopy(f)
}

// openCopy opens a copy of a file, which goes when the program ends.
func (r *reader) openCopy(f vm.Attachment) {
	dir, err := r.shell.client.Scratch()
	if err != nil {
		r.shell.fail(vm.Explain(err))
		return
	}
	r.shell.onClose(func() { os.RemoveAll(dir) })
	r.model.SaveInto(dir, []vm.Attachment{f}, func(paths []string, err error) {
		if err == nil && len(paths) == 1 {
			err = openPath(paths[0])
		}
		if err != nil {
			r.shell.fail(vm.Explain(err))
		}
	})
}

// saveFiles saves files: one where the person says, several into a folder.
func (r *reader) saveFiles(files []vm.Attachment) {
	switch len(files) {
	case 0:
	case 1:
		r.saveFileAs(files[0])
	default:
		r.shell.chooseDirectory("Save "+phrase.Things(len(files), "file", "files"), func(dir string) {
			r.model.SaveInto(dir, files, func(paths []string, err error) { r.saved(dir, len(paths), err) })
		})
	}
}

func (r *reader) saveFileAs(f vm.Attachment) {
	r.shell.chooseFile("Save file", f.Name, func(path string) {
		r.model.SaveTo(path, f, func(err error) { r.saved(filepath.Dir(path), 1, err) })
	})
}

func (r *reader) saved(dir string, n int, err error) {
	if err != nil {
		r.shell.fail(vm.Explain(err))
		return
	}
	r.shell.tell(theme.IconCheck, phrase.Things(n, "file", "files")+" saved in "+filepath.Base(dir), "Show", func() {
		if err := openPath(dir); err != nil {
			r.shell.fail(vm.Explain(err))
		}
	})
}
