// Package ink draws text and simple shapes into pictures in memory: what a page
// of mail, a row of a list or a tile of the composer is painted with.
//
// An [Ink] holds what drawing keeps: masks of glyphs, scaled pictures, emoji. One
// is enough for a program. A [Canvas] draws into one *image.RGBA, at a scale:
// geometry is in px from the page's corner, and what has edges along the axes
// lands on whole device pixels, as in a browser.
//
// It knows no window, no mail and no layout, and imports only mail/typeset, the
// standard library, go-text for the shapes of glyphs and golang.org/x/image.
//
// # Promises
//
//   - An Ink may be used by several goroutines at once; a Canvas by one.
//   - Whatever numbers are given, also NaN and the infinite, nothing panics, and
//     nothing outside of the picture and the clip is touched. The work is bounded
//     by the picture's size, not by that of the shapes.
//   - Memory is bounded: caches have two generations, and what was not drawn for
//     a while is let go.
//   - Text looks as in Chromium on Linux: grey edges, four positions between two
//     pixels, its contrast.
package ink
