// Package transfer brings mail in from files and takes it out to them: mbox,
// Maildir and Maildir++, single .eml files and folders of any of these. It
// knows files only; where mail goes is the caller's matter. Any package may
// use it; a Source or a Sink is for one goroutine at a time, but for the
// Source's Done, which a progress bar may call meanwhile.
//
// It promises bytes: what Put was given, Each gives back, byte for byte, for
// every kind: bare line feeds, NUL, a missing last line end and all. Nothing
// is ever added to a message or taken out of it. What else survives depends on
// the kind:
//
//	             bytes  received        flags       keywords     folders
//	mbox         yes    to the second   no          no           no
//	Maildir      yes    to the second   yes         26 a folder  yes
//	folder .eml  yes    written only    no          no           yes
//
// The mbox is the mboxrd variant: every line that begins with any number of
// ">" and "From " gets one more ">", and loses it again when read. A message
// that does not end with a line end says so in its "From " line, whose sender
// then is NO-FINAL-LINE, as the format has no other place for it; other
// programs see one line end more. Flags would have to be header fields of the
// message, so they are left out. The file times of .eml files are set, but not
// believed when read: a copied file has the time of the copy.
//
// Reading takes mail as programs leave it: mboxo, mboxrd and mboxcl, either
// line end, "From " lines in a body that look like no separator, missing empty
// lines, flags in Status, X-Status and Mozilla's headers, Dovecot's keywords.
// Content-Length is not believed: strangers write it, and what it skips would
// be lost. Symbolic links, devices and hidden files in a folder are passed
// over: an unpacked archive must not read what lies outside of it.
//
// There are libraries for mbox and Maildir (emersion/go-mbox, go-maildir). The
// first turns every line end into CRLF, the second moves files from new to cur
// as it reads and stops at names that it does not know; neither keeps to the
// promise above.
package transfer
