// Package compose has the window where a mail is written: its recipients, the
// text beside what it will look like, files, and the ways to send it.
//
// The window (gui) opens it with [Open] and is told when the message is in the
// Outbox. What is written, kept and sent is the view model's (gui/vm,
// Composition); here it is only shown. Words are kept within two seconds, and
// closing the window loses none. Everything runs on Fyne's goroutine.
package compose
