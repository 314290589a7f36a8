package stage_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"postrider/gui/stage"
)

// photo is a picture that is too large to go over the display's wire in one piece.
func photo(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 600, 400))
	random := rand.New(rand.NewPCG(1, 2))
	for y := range 400 {
		for x := range 600 {
			img.Set(x, y, color.RGBA{uint8(random.Uint32()), uint8(x / 3), uint8(y / 2), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// copies puts something on the clipboard of a screen, as another program would.
func copies(t *testing.T, p *play, form string, data []byte) {
	t.Helper()
	tool, err := exec.LookPath("xclip")
	if err != nil {
		t.Skip("there is no xclip to copy with")
	}
	cmd := exec.Command(tool, "-selection", "clipboard", "-t", form, "-i")
	cmd.Env = append(os.Environ(), "DISPLAY="+p.Display())
	cmd.Stdin = bytes.NewReader(data)
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
}

// A picture that was copied goes into the text; a file is asked about, and goes
// along.
func TestPicturesAndFilesArePasted(t *testing.T) {
	_, dir := world(t, "Home")
	p := open(t, 1280, 800, "--data", dir)
	p.until("mail", func(s state) bool { return s.Ready && s.Whole && strings.HasPrefix(s.Foot, "Up to date") })
	p.keys("c")
	p.until("the composer", func(s state) bool { return s.Writing == "ready" })
	p.types("ada@example.org")
	p.keys("Return", "Return")
	p.types("A picture")
	p.keys("Return")
	p.types("Look at this:")
	p.keys("Return", "Return")
	copies(t, p, "image/png", photo(t))
	p.keys("ctrl+v")
	file := filepath.Join(t.TempDir(), "the plan.txt")
	if err := os.WriteFile(file, []byte("the plan"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.until("the picture in the draft", func(state) bool {
		texts := drafts(t, dir, "A picture")
		return len(texts) == 1 && strings.Contains(texts[0], "](cid:")
	})
	p.picture("picture")
	copies(t, p, "text/uri-list", []byte("file://"+strings.ReplaceAll(file, " ", "%20")+"\r\n"))
	p.keys("ctrl+v")
	p.until("the question", func(s state) bool { return s.Asks })
	p.picture("question")
	p.keys("Return")
	p.until("the file in the draft", func(state) bool { return goesAlong(t, dir, "A picture", "the plan.txt") })
	p.picture("file")
}

// An answer with a file goes out from the window, and is in Sent with the file: with
// IMAP and with POP, light and dark.
func TestAnAnswerWithAFileGoesOut(t *testing.T) {
	for _, c := range []struct{ protocol, look, subject string }{
		{"IMAP", "dark", "Proof ready"},
		{"POP", "light", "Key for the boat shed"},
	} {
		t.Run(c.protocol, func(t *testing.T) {
			p := openWith(t, 1280, 800, stage.Options{Args: []string{"demo"}, Env: []string{"FYNE_THEME=" + c.look}})
			s := p.settled()
			at := slices.IndexFunc(s.Shown, func(r row) bool { return strings.Contains(r.Subject, c.subject) })
			if at < 0 {
				t.Fatalf("the demo has no message about %s", c.subject)
			}
			p.clickOn(rowPart(s.Shown[at]), 1)
			p.until("the message", func(s state) bool { return s.Text && strings.Contains(s.Reading, c.subject) })
			p.keys("r")
			p.until("the composer", func(s state) bool { return s.Writing == "ready" })
			p.types("Here is the plan.")
			file := filepath.Join(t.TempDir(), "floor plan.txt")
			if err := os.WriteFile(file, []byte("the plan"), 0o600); err != nil {
				t.Fatal(err)
			}
			copies(t, p, "text/uri-list", []byte("file://"+strings.ReplaceAll(file, " ", "%20")+"\r\n"))
			p.keys("ctrl+v")
			p.until("the question", func(s state) bool { return s.Asks })
			p.keys("Return")
			p.until("the question to go", func(s state) bool { return !s.Asks })
			p.picture("answer")
			p.keys("ctrl+Return")
			p.until("the composer to close", func(s state) bool { return s.Windows == 1 && s.Toast != "" })
			p.until("it to be marked as answered", func(s state) bool {
				return slices.ContainsFunc(s.Shown, func(r row) bool { return strings.Contains(r.Subject, c.subject) && r.Answered })
			})
			p.keys("g", "s")
			s = p.until("it in Sent", func(s state) bool {
				return s.Place == "Sent" && len(s.Shown) > 0 && strings.Contains(s.Shown[0].Subject, c.subject)
			})
			p.clickOn(rowPart(s.Shown[0]), 1)
			p.until("the file in Sent", func(s state) bool { return s.Text && strings.Contains(s.Says, "floor plan.txt") })
			p.picture("sent")
		})
	}
}
