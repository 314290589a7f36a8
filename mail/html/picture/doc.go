// Package picture reads the pictures that a mail refers to: how large they
// are, and what they show.
//
// The reader and the render command use an [Album] for each mail; the layout
// (mail/html/box) asks it for sizes, whoever paints (mail/html/display) for
// pixels. It fetches nothing: bytes come from the mail's html.Resolver.
//
// It promises that no picture takes more memory than a bound, whatever its
// header says, that a broken one is missing and nothing worse, and that an
// album may be used from several goroutines.
package picture
