package print

import (
	"bytes"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/html/paint"
	"postrider/mail/typeset"
)

func lay(t *testing.T, source string) *display.Page {
	t.Helper()
	doc := html.Parse(source)
	width := float64(A4.Inner())
	return box.Layout(doc, css.Parse(doc).Cascade(css.Media{Width: width}), box.Options{Width: width, Library: typeset.Embedded()})
}

func TestNoLineIsCutAndNoneIsLost(t *testing.T) {
	page := lay(t, strings.Repeat("<p>Some words that stand on a line, and some more of them on the next line of the same paragraph.</p>", 150))
	list := sheets(A4, []*display.Page{page})
	if len(list) < 3 {
		t.Fatalf("150 paragraphs take %d sheets", len(list))
	}
	at := float32(0)
	for _, sheet := range list {
		for _, part := range sheet {
			if part.top != at {
				t.Errorf("a sheet begins at %v, the one before ended at %v", part.top, at)
			}
			at = part.top + part.height
			for _, b := range obstacles(page) {
				if b.top < at && b.bottom > at && at < page.Height {
					t.Errorf("a line from %v to %v is cut at %v", b.top, b.bottom, at)
				}
			}
		}
	}
	if at < page.Height {
		t.Errorf("the sheets end at %v of %v", at, page.Height)
	}
}

func TestWhatIsTallerThanASheetGoesOn(t *testing.T) {
	page := lay(t, `<div style="height:5000px;background:#eee">x</div>`)
	total := float32(0)
	for _, sheet := range sheets(A4, []*display.Page{page}) {
		for _, part := range sheet {
			total += part.height
		}
	}
	if total < page.Height-1 {
		t.Errorf("%v of %v px are on paper", total, page.Height)
	}
}

func TestOtherProgramsReadTheFile(t *testing.T) {
	var out bytes.Buffer
	head, body := lay(t, "<b>دار الخط العربي</b> to me"), lay(t, "<h1>A letter</h1>"+strings.Repeat("<p>Words.</p>", 60))
	look := paint.Look{Ink: color.NRGBA{0, 0, 0, 255}, Library: typeset.Embedded()}
	if err := Write(&out, A4, "A letter (1) 🌱", look, head, body); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(out.Bytes(), []byte("%PDF-1.4\n")) || !bytes.HasSuffix(out.Bytes(), []byte("%%EOF\n")) {
		t.Fatal("this is no PDF file")
	}
	tool, err := exec.LookPath("pdfinfo")
	if err != nil {
		t.Skip("no pdfinfo here to read it with")
	}
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := exec.Command(tool, path).CombinedOutput()
	if err != nil || !strings.Contains(string(info), "A letter (1) 🌱") || !strings.Contains(string(info), "A4") {
		t.Errorf("pdfinfo: %v\n%s", err, info)
	}
}
