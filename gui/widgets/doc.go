// Package widgets has the parts that the window is made of: the list, the tree
// and the panes, and the kit of buttons, fields, chips, notices, menus and texts.
//
// The gui packages use it. Its widgets show plain values and call back; they
// know no store, no engine and no view model. All colours, sizes and icons come
// from gui/theme, and all text is set by mail/typeset, so that it is right in
// every script.
//
// Small widgets are one picture each, painted on a [Sheet] in device pixels when
// Fyne draws it, and again only after something changed. Everything runs on
// Fyne's goroutine.
//
// # States
//
// What can be pressed shows hover, press, the keyboard's focus and being
// disabled, can be reached with Tab and pressed with Space or Return, and has a
// tooltip where it has no words. Tooltips need a [TipLayer] around the window's
// content.
package widgets
