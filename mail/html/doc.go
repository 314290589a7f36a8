// Package html turns the HTML or the plain text of a mail into a document
// that is safe to lay out: a tree in one array, with the scripts, frames and
// other traps gone, its quoted history marked, and whatever it would fetch
// listed rather than fetched.
//
// The layout engine (mail/html/css, box, display) and the reader import it. It
// is pure: it opens no connection and no file, looks no name up, and knows no
// clock. Pictures come through a [Resolver] that its user supplies.
//
// It promises to accept any bytes and to lose no words: what exceeds a limit
// is flattened or cut at the end, and [Document.Cut] says so. A document does not
// change after it was made, so any number of goroutines may read it.
package html
