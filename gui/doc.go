// Package gui is the window: three panes over the same client that the command
// line uses. It puts view models (gui/vm), widgets (gui/widgets) and the theme
// (gui/theme) together, and pumps the store's feed to them.
//
// Everything in it runs on Fyne's main goroutine unless a comment says
// otherwise; what comes from elsewhere goes through the pump. run.go is the only
// file that imports fyne/app, which needs cgo and OpenGL.
package gui
