package stage_test

import (
	"fmt"
	"strings"
	"testing"

	"postrider/gui/stage"
)

// TestReaderLooks keeps pictures of what is hardest to fit into the reader, as it
// looks in the dark, in narrow windows and on fine screens.
func TestReaderLooks(t *testing.T) {
	if *pictures == "" {
		t.Skip("nobody asked for pictures")
	}
	var files []enclosed
	for _, name := range oddNames {
		files = append(files, enclosed{name, "x"})
	}
	for i := range 14 {
		files = append(files, enclosed{fmt.Sprintf("page %d.txt", i+1), "x"})
	}
	long := "Re: Minutes of the committee for the renewal of the lighting in the reading room, with all drawings, offers and what was said about them"
	crowd := []string{"Cc: Amara Diallo <amara@example.com>, Hollis Print Works <hollis@example.com>, Karin Falk <karin@example.com>, Tomasz Brandt <tomasz@example.com>",
		"List-Unsubscribe: <https://example.com/leave>", "List-Id: <committee.example.com>"}
	text := strings.Repeat("Each pendant gets a canopy of 12 cm, the drawing shows where the cables come through. ", 8)
	for _, look := range []struct {
		name          string
		width, height int
		opts          stage.Options
	}{
		{"light", 1280, 800, stage.Options{}},
		{"dark", 1280, 800, stage.Options{Env: []string{"FYNE_THEME=dark"}}},
		{"small", 1000, 560, stage.Options{}},
		{"narrow", 720, 800, stage.Options{}},
		{"fine", 2560, 1600, stage.Options{Scale: 2}},
	} {
		t.Run(look.name, func(t *testing.T) {
			mail := postWith(t, letter(long, "text/plain", text, crowd, files...),
				letter("Lamps", "text/plain", "Shall we?", nil),
				letter("Re: Lamps", "text/plain", text+"\r\n\r\n-- \r\nBo Lind\r\n\r\nOn Tue, Alice wrote:\r\n> Shall we?", append(crowd[:1:1], fmt.Sprintf("In-Reply-To: <%x@example.com>", "Lamps")), files...))
			mail.opts.Scale, mail.opts.Env = look.opts.Scale, append(mail.opts.Env, look.opts.Env...)
			p := openWith(t, look.width, look.height, mail.opts)
			p.until("the letters", func(s state) bool { return s.Whole && s.Rows == 2 && strings.HasPrefix(s.Foot, "Up to date") })
			if err := p.Resize(look.width, look.height); err != nil {
				t.Fatal(err)
			}
			for _, subject := range []string{"Minutes", "Lamps"} {
				p.read(subject)
				p.keys("Return")
				p.until("its text", func(s state) bool { return s.Text && s.Painted })
				p.picture(subject)
				p.keys("Escape")
			}
		})
	}
}
