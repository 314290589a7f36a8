// Package desktop is what the window asks of the desktop around it beyond what
// Fyne offers: notifications that carry mail's words safely, and starting with
// the session.
//
// Notifications are our own because Fyne's puts the words into a script on
// Windows, where a subject could become a command. Here words are only ever
// data, and no other program can read them. Only package gui uses it; its functions may be called from any
// goroutine.
package desktop
