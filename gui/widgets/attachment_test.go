package widgets

import (
	"strings"
	"testing"

	"postrider/gui/fynetest"
)

// A name that is too long keeps its beginning and its ending, and is never wider
// than its room.
func TestLongFileNamesKeepTheirEnding(t *testing.T) {
	fynetest.New(t)
	for _, c := range []struct{ name, begins, ends string }{
		{"plan.pdf", "plan.pdf", "plan.pdf"},
		{strings.Repeat("minutes of the meeting ", 9) + "2026.pdf", "minutes", "2026.pdf"},
		{strings.Repeat("写真展のご案内", 9) + ".jpeg", "写真", "案内.jpeg"},
		{strings.Repeat("no ending at all ", 9), "no ending", " "},
		{"." + strings.Repeat("x", 90), ".xx", "…xxxx"},
	} {
		got := shortFileName(c.name, 200, attachmentName)
		if !strings.HasPrefix(got, c.begins) || !strings.HasSuffix(got, c.ends) {
			t.Errorf("%q became %q", c.name, got)
		}
		if w := TextWidth(got, attachmentName); w > 200 {
			t.Errorf("%q is %v wide", got, w)
		}
	}
}
