// Package sample turns the demo's manuscripts into mail. A manuscript is a
// text file of stanzas, one message or one series of messages each, written
// the way a person would tell it ("from Ines, yesterday at 16:40, answers that
// one"); out of it come complete messages with threads, quotes, charsets,
// pictures and attachments. The same files, seed and time give the same bytes.
// Only package demo uses it. The files' form is told in assets/demo/README.md.
package sample
