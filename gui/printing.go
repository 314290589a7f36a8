package gui

import (
	"context"
	xhtml "html"
	"image"
	"image/color"
	"os"
	"strings"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/html/paint"
	"postrider/mail/html/print"
	"postrider/mail/message"
	"postrider/mail/typeset"
)

// print puts the message that is read on paper: into a PDF file, which is opened
// with the system's program for it, where it can be looked at and printed.
func (s *shell) print() bool {
	c := s.reader.current()
	if c == nil || c.State != vm.BodyHere {
		return false
	}
	job := printJob{subject: subjectOf(c.Row.Subject), head: printedHead(c), text: c.Body, pictures: c.Pictures(), library: s.app.library}
	s.chooseFile("Save as PDF", message.CleanFilename(job.subject+".pdf"), func(path string) {
		vm.Run(s.desk, func(context.Context) error { return job.write(path) }, func(err error) {
			if err == nil {
				err = openPath(path)
			}
			if err != nil {
				s.fail(vm.Explain(err))
			}
		})
	})
	return true
}

// printJob is a message on its way to paper: what its card had when that was
// asked for.
type printJob struct {
	subject, head string
	text          *vm.Body
	pictures      html.Resolver
	library       *typeset.Library
}

// write lays the message out for paper, with its head above it. It runs elsewhere.
func (j printJob) write(path string) (err error) {
	paper := print.A4
	if usesLetter(os.Getenv) {
		paper = print.Letter
	}
	d := newDocument(j.text, j.pictures)
	lay := func(doc *html.Document, sheets *css.Sheets, pictures box.Pictures) *display.Page {
		width := float64(paper.Inner())
		return box.Layout(doc, sheets.Cascade(css.Media{Width: width, Print: true, Metrics: box.Metrics(j.library)}), box.Options{Width: width, Library: j.library, Pictures: pictures})
	}
	head := html.Parse(j.head)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) // it is mail
	if err != nil {
		return mail.Wrap(mail.KindDisk, "write the file", err)
	}
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = mail.Wrap(mail.KindDisk, "write the file", closed)
		}
	}()
	look := paint.Look{
		Ink: color.NRGBA{0x5b, 0x60, 0x68, 255}, Plate: color.NRGBA{0xee, 0xf0, 0xf3, 255}, Line: color.NRGBA{0xd5, 0xd9, 0xdf, 255},
		Library: j.library, Picture: func(source string) image.Image { return d.album.Image(source) },
	}
	pages := []*display.Page{lay(head, css.Parse(head), nil), lay(d.Document, d.sheets, d.album)}
	return mail.Wrap(mail.KindDisk, "write the file", print.Write(f, paper, j.subject, look, pages...))
}

// printedHead is the head of a message on paper.
func printedHead(c *vm.Card) string {
	var b strings.Builder
	b.WriteString(`<div style="font:14px/20px Inter;margin:0 0 12px;padding:0 0 12px;border-bottom:1px solid #c9d0d8"><div style="font:600 20px/28px 'Inter Display',Inter;margin-bottom:8px">` +
		xhtml.EscapeString(subjectOf(c.Row.Subject)) + `</div>`)
	all := c.All()
	for _, line := range []struct {
		name string
		list []vm.Person
	}{{"From", all.From}, {"To", all.To}, {"Cc", all.Cc}} {
		if len(line.list) > 0 {
			b.WriteString(`<div><b>` + line.name + `</b> ` + xhtml.EscapeString(everybody(line.list)) + `</div>`)
		}
	}
	b.WriteString(`<div><b>Date</b> ` + xhtml.EscapeString(c.FullDate) + `</div></div>`)
	return b.String()
}

// usesLetter reports whether the person's paper is that of North America.
func usesLetter(get func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_PAPER", "LANG"} {
		if locale := get(name); locale != "" {
			return strings.HasPrefix(locale, "en_US") || strings.HasSuffix(strings.SplitN(locale, ".", 2)[0], "_CA")
		}
	}
	return false
}
