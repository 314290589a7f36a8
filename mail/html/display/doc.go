// Package display holds a laid-out mail as a list of things to draw, in order,
// and answers where things are: which link, picture or character lies under a
// point, what the text is and which rectangles a part of it covers.
//
// A [Page] is made by mail/html/box and never changes afterwards, so any
// goroutine may read and paint it. Who shows, searches, prints or measures a
// mail works with this list alone: there is no second truth about the layout.
//
// It owns no window, no file and no socket. Lengths are CSS px from the page's
// top left corner; colours are not premultiplied.
package display
