package stage_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// oddNames are names that people and programs really give to files.
var oddNames = []string{
	"plan of the hall, second floor.pdf", "Übersicht ångström.txt", "写真展のご案内.txt", "دعوة إلى الورشة.txt", "100% sure #3 (final) & signed!.txt",
	"a very long name of a report that somebody wrote for the committee and that goes on and on until nobody can read the end of it.txt",
}

// dialog waits for the dialog of files with a title.
func (p *play) dialog(title string) {
	p.t.Helper()
	p.until(title, func(s state) bool { return s.Overlay && strings.Contains(s.Says, title) })
}

// contents waits for a file and returns what is in it.
func (p *play) contents(path string) (data []byte) {
	p.t.Helper()
	p.until(path, func(state) bool {
		var err error
		data, err = os.ReadFile(path)
		return err == nil && len(data) > 0
	})
	return data
}

// A file is saved by the key, under the name that it came with or another, and
// does not take the place of what is there before that was asked about.
func TestSavingFiles(t *testing.T) {
	var letters [][]byte
	for i, name := range oddNames {
		letters = append(letters, letter(fmt.Sprintf("File %d", i), "text/plain", "Here.", nil, enclosed{name, "what is in " + name}))
	}
	mail := postWith(t, letters...)
	p := mail.open(t, len(oddNames))
	home := p.home
	p.read("File 0")
	p.keys("ctrl+s")
	p.dialog("Save file")
	p.picture("save")
	p.keys("Escape")
	p.until("no dialog", func(s state) bool { return !s.Overlay && s.Focus == "list" })
	for i, name := range oddNames {
		p.read(fmt.Sprintf("File %d", i))
		p.keys("ctrl+s")
		p.dialog("Save file")
		p.until("the name", func(s state) bool { return s.Focus == "*widgets.LineEdit" })
		p.keys("Return")
		p.until("it to be saved", func(s state) bool { return !s.Overlay && strings.Contains(s.Toast, "1 file saved") })
		if got := p.contents(filepath.Join(home, name)); string(got) != "what is in "+name {
			t.Errorf("in %s is %q", name, got)
		}
		p.picture(fmt.Sprintf("saved-%d", i))
	}
	p.press("Show")
	p.until("the folder", func(state) bool { return slices.Contains(mail.opened(), home) })

	// The button of the dock, onto a file that is there.
	kept := filepath.Join(home, "kept.txt")
	if err := os.WriteFile(kept, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.press("Save")
	p.dialog("Save file")
	p.until("the name", func(s state) bool { return s.Focus == "*widgets.LineEdit" })
	p.types("kept") // in place of what is before the ending
	p.keys("Return")
	p.says("Replace kept.txt?")
	p.picture("replace")
	p.press("Cancel")
	p.keys("Escape")
	p.until("no dialog", func(s state) bool { return !s.Overlay })
	if got := p.contents(kept); string(got) != "mine" {
		t.Errorf("the file that was there says %q", got)
	}
}

// All files of a message go into a folder, each under a name of its own; each can
// be opened, too.
func TestManyFiles(t *testing.T) {
	var files []enclosed
	for i := range 18 {
		files = append(files, enclosed{fmt.Sprintf("page %d of the minutes.txt", i+1), fmt.Sprint("page ", i+1)})
	}
	files = append(files, enclosed{"same.txt", "first"}, enclosed{"same.txt", "second"})
	mail := postWith(t, letter("Minutes", "text/plain", "All of them.", nil, files...), letter("Program", "text/plain", "Run me.", nil, enclosed{"setup.exe", "MZ"}))
	p := mail.open(t, 2)
	p.read("Minutes")
	p.picture("dock")
	p.press("page 1 of the minutes.txt")
	p.until("it to be opened", func(state) bool {
		return slices.ContainsFunc(mail.opened(), func(path string) bool { return filepath.Base(path) == "page 1 of the minutes.txt" })
	})
	if got := p.contents(mail.opened()[0]); string(got) != "page 1" {
		t.Errorf("what was opened says %q", got)
	}
	p.press("+18")
	s := p.until("the rest", func(s state) bool { return s.Overlay })
	p.picture("menu")
	if strings.Contains(s.Says, "page 1 of the") || strings.Contains(s.Says, "page 2 of") || !strings.Contains(s.Says, "same.txt") {
		t.Errorf("the menu of the rest says %s", s.Says)
	}
	p.keys("Escape")
	p.keys("ctrl+s")
	p.dialog("Save 20 files")
	p.picture("folder")
	p.press("New folder")
	p.until("the question", func(s state) bool { return s.Focus == "*widgets.LineEdit" && strings.Contains(s.Says, "Make folder") })
	p.types("Protokolle")
	p.keys("Return")
	p.until("the folder to be empty", func(s state) bool { return strings.Contains(s.Says, "Nothing is in this folder.") })
	p.press("Save here")
	p.until("them to be saved", func(s state) bool { return strings.Contains(s.Toast, "20 files saved in Protokolle") })
	if got, err := os.ReadDir(filepath.Join(p.home, "Protokolle")); err != nil || len(got) != 20 {
		t.Errorf("%d files, %v", len(got), err)
	}
	if got := p.contents(filepath.Join(p.home, "Protokolle", "same (2).txt")); string(got) != "second" {
		t.Errorf("the second of a name says %q", got)
	}

	p.read("Program")
	p.press("setup.exe")
	p.says("This file is a program.")
	p.picture("program")
	p.press("Cancel")
	if len(mail.opened()) != 1 {
		t.Errorf("the system was told to open %q", mail.opened())
	}
}

// A message goes onto paper: into a file, which is opened where it can be
// printed.
func TestPrinting(t *testing.T) {
	mail := postWith(t, letter("Übung: “Licht” 1/2", "text/plain", "On paper.", nil))
	p := mail.open(t, 1)
	p.read("Übung")
	p.keys("ctrl+p")
	p.dialog("Save as PDF")
	p.until("the name", func(s state) bool { return s.Focus == "*widgets.LineEdit" })
	p.picture("print")
	p.types("exercise")
	p.keys("Return")
	path := filepath.Join(p.home, "exercise.pdf")
	if got := p.contents(path); !bytes.HasPrefix(got, []byte("%PDF-")) {
		t.Errorf("on paper: %.20q", got)
	}
	p.until("it to be opened", func(state) bool { return slices.Contains(mail.opened(), path) })
}
