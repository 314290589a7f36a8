package gui

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/rymdport/portal/filechooser"

	"postrider/gui/desktop"
	"postrider/gui/widgets"
)

var openPath = desktop.Open

// chooseFile asks where to save a file, and tells the path unless the person
// changes their mind. Whoever chose a file that is there was asked about it.
func (s *shell) chooseFile(title, name string, then func(path string)) {
	s.ask(func() ([]string, error) {
		return filechooser.SaveFile("", title, &filechooser.SaveFileOptions{CurrentName: name, CurrentFolder: downloads()})
	}, then, func() {
		d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			if err != nil || w == nil {
				return
			}
			w.Close()
			then(w.URI().Path())
		}, s.app.window)
		d.SetFileName(name)
		setLocation(d.SetLocation)
		d.Show()
	})
}

// chooseDirectory asks for a folder to save files in.
func (s *shell) chooseDirectory(title string, then func(path string)) {
	s.ask(func() ([]string, error) {
		return filechooser.OpenFile("", title, &filechooser.OpenFileOptions{Directory: true, CurrentFolder: downloads()})
	}, then, func() {
		d := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
			if err == nil && dir != nil {
				then(dir.Path())
			}
		}, s.app.window)
		setLocation(d.SetLocation)
		d.Show()
	})
}

// ask has the desktop ask where it can; otherwise the window does.
func (s *shell) ask(portal func() ([]string, error), then func(string), window func()) {
	if runtime.GOOS != "linux" || !hasBus() {
		window()
		return
	}
	go func() {
		chosen, err := portal()
		widgets.Do(func() {
			switch {
			case err != nil:
				window()
			case len(chosen) > 0:
				if u, err := url.Parse(chosen[0]); err == nil && u.Scheme == "file" {
					then(filepath.FromSlash(u.Path))
				}
			}
		})
	}()
}

// downloads is where files go unless the person says otherwise.
func downloads() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if dir := filepath.Join(home, "Downloads"); isDir(dir) {
		return dir
	}
	return home
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func setLocation(set func(fyne.ListableURI)) {
	if dir, err := storage.ListerForURI(storage.NewFileURI(downloads())); err == nil {
		set(dir)
	}
}
