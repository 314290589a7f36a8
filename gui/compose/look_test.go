package compose

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/mail/message"
)

const letter = "Dear both,\n\n2.6 m it is. Before Ines orders on Friday, three small things:\n\n## Still open\n\n" +
	"- the porter’s lamp: **warm white**, please, not neutral\n- the switch by the *inner* door, not the outer one\n- the sample is in [this list](https://example.org/lamps)\n\n" +
	"> If you both agree by Thursday, I order on Friday.\n\nAgreed from my side.\n"

func TestPictureOfTheComposer(t *testing.T) {
	dir := pictureDir()
	if dir == "" {
		t.Skip("POSTRIDER_PICTURES names no folder")
	}
	w := newWorld(t)
	defer theme.Set(theme.FollowSystem)
	for _, look := range looks {
		theme.Set(look.mode)
		c := w.Open(vm.Beginning{Account: "demowork", Text: letter, Subject: "Re: Lighting plan for the reading room", To: []message.Address{
			{Name: "Tomasz Brandt", Addr: "tomasz@brandt.example"}, {Name: "Ines Moreau", Addr: "ines@moreau.example"}}})
		c.model.AddPeople(vm.FieldCc, message.Address{Name: "Reading room group", Addr: "room@fernlight.example"})
		c.model.AttachBytes("inner-door.jpg", "image/jpeg", make([]byte, 640_000))
		c.model.AttachBytes("lamp-list.pdf", "application/pdf", make([]byte, 212_000))
		w.resize(c.window, fyne.NewSize(900, 680), look.scale)
		w.pass(2e9)
		c.editor.MoveToEnd()
		c.sendLater()
		shot(t, dir, "compose-"+look.name, c.window)
		c.window.Canvas().Overlays().Top().Hide()
		c.window.Canvas().Overlays().Remove(c.window.Canvas().Overlays().Top())
		c.model.RemoveRun(vm.FieldTo, 0, 1)
		c.to.field.Focus()
		for _, r := range "to" {
			c.to.field.Line.TypedRune(r)
		}
		shot(t, dir, "compose-suggest-"+look.name, c.window)
		c.Close()
		w.settle()
	}
}

func shot(t *testing.T, dir, name string, w fyne.Window) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
