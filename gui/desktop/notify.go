package desktop

import (
	"strings"
	"unicode"
)

// Note is a notification. Title and Body are plain text, whatever they hold.
type Note struct {
	Title, Body string
	Open        func() // called when the person clicks it, on any goroutine; nil: nothing happens then
}

// Notifier shows notifications; the next takes the place of the one before. The
// zero value is ready.
type Notifier struct{ system }

// Show shows n, or returns why it cannot: a desktop without notifications is no
// reason to trouble anybody.
func (n *Notifier) Show(note Note) error {
	note.Title, note.Body = line(note.Title, 120), line(note.Body, 240)
	return n.show(note)
}

// Close takes the notification away and lets go of what it used.
func (n *Notifier) Close() error { return n.close() }

// line makes text one line of at most limit characters, without control
// characters and without marks that turn the direction of what follows.
func line(text string, limit int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, text)
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > limit {
		runes = append(runes[:limit-1], '…')
	}
	return string(runes)
}
