// Package print puts laid-out mail on sheets of paper, as a PDF file.
//
// The window uses it; it is pure. Sheets are pictures at a printer's resolution:
// what comes out is what was on the screen, in every script, with no font to be
// missing. No line of text and no picture that fits on a sheet is cut in two.
package print
