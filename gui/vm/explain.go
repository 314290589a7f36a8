package vm

import (
	"errors"

	"postrider/mail"
	"postrider/mail/phrase"
)

// Explain puts an error into our sentence and, where there are any, the
// server's or the system's own words.
func Explain(err error) (text, detail string) {
	if err == nil {
		return "", ""
	}
	var e *mail.Error
	if !errors.As(err, &e) {
		return "Something went wrong.", err.Error()
	}
	text = phrase.Sentence(e.Sentence())
	if e.Op != "" && e.Kind == mail.KindBug {
		text = "Something went wrong: " + phrase.Sentence(e.Op+" failed")
	}
	return text, e.Detail
}
