// Package box lays a styled mail out: it makes the tree of boxes that CSS 2.1
// describes, gives each its place at a certain width, and writes the result as
// a display list (mail/html/display).
//
// The reader, the composer's preview and the render command call [Layout]. It
// is pure: no window, no socket, no clock but the deadline it is given. The
// layout follows what browsers do in standards mode where the specifications
// leave a choice, as mail is written for them.
//
// It promises to end: trees, tables and pages have limits, widths are measured
// once for each box however deep tables are nested, and when its time is over
// it returns what it has. It never panics on a document of mail/html.
package box
