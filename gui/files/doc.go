// Package files asks the person for files and folders: by the desktop where it
// has a way of its own, and else in a dialog that looks like the rest of the
// window.
//
// Windows that save, attach or open files use it. It reads folders, away from
// Fyne's goroutine, and writes nothing except a folder that the person makes.
// Everything else runs on Fyne's goroutine.
package files
