// Package line draws line drawings, such as icons: shapes of SVG become masks
// of coverage at any scale. It reads the part of SVG that icon sets use (path,
// line, polyline, polygon, rect, circle and ellipse, without transforms or
// styles) and strokes with round ends and joins.
//
// gui/widgets uses it where an icon is a part of a larger picture, so that all
// icons come out alike; it knows no colours. It promises that a stroke covers
// what its geometry covers, to a fraction of a level, and that damaged input
// fails and never panics. It keeps no state.
package line
