// Package typeset sets text: it finds faces, shapes words, orders what runs from
// right to left, breaks lines and says where a caret stands. It draws nothing;
// mail/typeset/ink does.
//
// Whoever shows text uses it: rows of a list, the reader, the composer and the
// layout of HTML mail. It knows neither mail nor windows. It imports the
// standard library, golang.org/x, go-text and the embedded typefaces.
//
// # Promises
//
//   - Positions are in px (1/96 inch, whatever the screen), x to the right and y
//     down, and not rounded: a face is asked once for a word in its own units,
//     and the size is a factor. So text at 13.5 px is as wide as it should be,
//     and one cache serves every size.
//   - Offsets into text are byte offsets of the string that was given, always at
//     the start of a rune.
//   - Any string can be set. Each rune of it is in exactly one line, and nothing
//     panics, whatever a stranger wrote.
//   - A [Library] and all that comes out of it may be used by several goroutines
//     at once. What comes out is not changed afterwards, so it may be kept.
//   - Memory is bounded: words are cached in two generations.
//
// # Which face
//
// A list of families is CSS's. Names that mail asks for most are served by
// embedded faces of the same widths; other names by what the system has. A
// cluster (what a reader takes for one character) that no face of the list can
// show goes to a colour font if it is an emoji, else to a face for its script.
// A face that lacks the weight or the slant is emboldened or slanted in drawing.
package typeset
