package gui

import "postrider/gui/desktop"

// openPath opens a file or a folder with the system's program for it.
var openPath = desktop.Open

// chooseFile asks where to save a file, and tells the path unless the person
// changes their mind. Whoever chose a file that is there was asked about it.
func (s *shell) chooseFile(title, name string, then func(path string)) {
	s.files.Save(s.app.window, title, name, then)
}

// chooseDirectory asks for a folder to save files in.
func (s *shell) chooseDirectory(title string, then func(path string)) {
	s.files.Folder(s.app.window, title, "Save here", then)
}
