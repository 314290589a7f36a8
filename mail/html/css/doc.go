// Package css computes how each element of a mail is to look: the style sheets
// of a browser, of the mail and of its attributes, cascaded and computed into
// one [Style] for each element, as Chromium would in standards mode.
//
// The layout engine (mail/html/box) imports it. It is pure, and it knows no
// fonts: sizes are computed, families are names.
//
// It promises to accept anything that stands in a mail, to drop what is not
// valid as a browser would, and to take time and memory in proportion to the
// mail, whatever var() and calc() would have it do.
package css
