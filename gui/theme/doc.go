// Package theme is how Postrider looks: colours, type, spaces, radii and icons,
// in light and dark. All of gui may use it, and nothing else in gui names a
// colour, a size, a typeface or an icon.
//
// A colour is named by its [Token] and means what [Current] says at the moment;
// after a change of the theme Fyne refreshes every widget, and a widget that
// kept a colour asks anew. What is not a widget can be told by [OnChange].
//
// Fyne's own widgets (entries, scroll bars, menus) look like ours through the
// [fyne.Theme] of [Install].
//
// All of it may be called from any goroutine, except [Install] and [Set], which
// are for Fyne's.
package theme
