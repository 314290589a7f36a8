// Package phrase writes numbers, sizes, dates and lists as people read them: in
// English words, with the clock and the order of day and month that the person's
// system asks for.
//
// Anybody may use it: it is pure, reads no clock, and imports the standard
// library only. It promises to be short, and to be the same everywhere.
package phrase
