// Package activity has the panel that says what happens between this computer
// and the servers: problems with the servers' own words, how each account is,
// what waits to reach a server, what a server refused, and downloads.
//
// The window (gui) shows it in the reader's place and hands it a [State] after
// each change. It knows plain values and callbacks only. What did not change is
// not drawn anew, so it may be told several times a second. Everything runs on
// Fyne's goroutine.
package activity
