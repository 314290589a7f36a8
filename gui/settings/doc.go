// Package settings has the pages where things are set: the program's, those of
// each account (with where its mail is and what leaves the server when), and
// the map of keys.
//
// The window (gui) shows them and keeps what was chosen. The pages know plain
// values and callbacks only, and act at once: there is nothing to save or to
// apply. Everything runs on Fyne's goroutine.
package settings
