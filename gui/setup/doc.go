// Package setup has the screens that add an account: the address, the choice
// between POP and IMAP, the servers, and the sign-in with a test of each step.
//
// The window (gui) shows a [Wizard] when there is no account yet, and whenever
// one is added; gui/settings shows its [Form] to change an account. It knows
// plain values and callbacks only: whoever owns it looks settings up, tries
// servers and keeps passwords. What was typed stays until the wizard is closed,
// whatever fails. Everything runs on Fyne's goroutine.
package setup
