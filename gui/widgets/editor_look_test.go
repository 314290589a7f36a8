package widgets

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

const sampleLetter = "Dear both,\n\n2.6 m it is. Before Ines orders on Friday, three small things:\n\n## Still open\n\n" +
	"- the porter’s lamp: **warm white**, please, not neutral\n- the switch by the *inner* door, not the outer one\n- the sample is in [this list](https://example.org/lamps)\n\n" +
	"> If you both agree by Thursday, I order on Friday.\n>> Deeper, and so long that it has to be broken into a second line of its own.\n>>> שלום לכולם, עוד ציטוט\n\nAgreed from my side, `code` and ***both*** 🌱 春の写真展\n\nنرحب بكم في الورشة, with **English** inside.\n\n-- \nNora Falk\nFernlight, light for rooms with books"

func TestPictureOfTheEditor(t *testing.T) {
	var e *Editor
	showPictures(t, "editor", fyne.NewSize(450, 620), func() fyne.CanvasObject {
		e = NewEditor("Write")
		e.wait = func(time.Duration, func()) {}
		e.SetText(sampleLetter)
		return e
	}, func() {
		e.FocusGained()
		e.prose.moveTo(textPlace{2, 9}, false)
		e.prose.moveTo(textPlace{6, 14}, true)
		e.settle()
	})
}
