package files

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/rymdport/portal/filechooser"

	"postrider/gui/desktop"
	"postrider/gui/widgets"
)

// Asker asks, and begins where the person last was. The zero value begins in the
// folder of downloads.
type Asker struct {
	last string
	own  bool // the desktop was asked, and cannot
}

// Save asks where to save a file, and tells its path unless the person changes
// their mind. Whoever chose a file that is there was asked about it.
func (a *Asker) Save(w fyne.Window, title, name string, then func(path string)) {
	a.ask(w, question{title: title, yes: "Save", name: name}, func() ([]string, error) {
		return filechooser.SaveFile("", title, &filechooser.SaveFileOptions{CurrentName: name, CurrentFolder: a.start()})
	}, func(paths []string) { then(paths[0]) })
}

// Folder asks for a folder; yes is the verb of what happens there.
func (a *Asker) Folder(w fyne.Window, title, yes string, then func(path string)) {
	a.ask(w, question{title: title, yes: yes, folder: true}, func() ([]string, error) {
		return filechooser.OpenFile("", title, &filechooser.OpenFileOptions{Directory: true, CurrentFolder: a.start()})
	}, func(paths []string) { then(paths[0]) })
}

// Open asks for files, one at least.
func (a *Asker) Open(w fyne.Window, title, yes string, then func(paths []string)) {
	a.ask(w, question{title: title, yes: yes}, func() ([]string, error) {
		return filechooser.OpenFile("", title, &filechooser.OpenFileOptions{Multiple: true, CurrentFolder: a.start()})
	}, then)
}

// ask has the desktop ask where it can; otherwise the window does.
func (a *Asker) ask(w fyne.Window, q question, portal func() ([]string, error), then func([]string)) {
	took := func(paths []string) {
		if len(paths) == 0 {
			return
		}
		if a.last = filepath.Dir(paths[0]); q.folder {
			a.last = paths[0]
		}
		then(paths)
	}
	if a.own || runtime.GOOS != "linux" || !desktop.HasBus() {
		newDialog(w.Canvas(), q, a.start(), func(f func()) { go f() }, took)
		return
	}
	go func() {
		chosen, err := portal()
		widgets.Do(func() {
			if err != nil {
				a.own = true
				newDialog(w.Canvas(), q, a.start(), func(f func()) { go f() }, took)
				return
			}
			took(Paths(chosen))
		})
	}()
}

// start is the folder to begin in.
func (a *Asker) start() string {
	if isFolder(a.last) {
		return a.last
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	if dir := filepath.Join(home, "Downloads"); isFolder(dir) {
		return dir
	}
	return home
}

// Paths are the paths that file: addresses name; others are left out.
func Paths(addresses []string) (paths []string) {
	for _, a := range addresses {
		u, err := url.Parse(strings.TrimSpace(a))
		if err == nil && u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") && u.Path != "" {
			paths = append(paths, filepath.FromSlash(u.Path))
		}
	}
	return paths
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
