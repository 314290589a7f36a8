// Package fonts holds the typefaces that are part of the program, as they came
// from their makers, each with its licence beside it. mail/typeset and gui/theme
// use them. It promises bytes and nothing else.
package fonts
