package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
)

// folder makes a folder with files in it; a name that ends in / is a folder.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFoldersAreListedAsPeopleSort(t *testing.T) {
	dir := folder(t, "page 10.txt", "Page 2.txt", "b/", "A/", ".hidden", "page 02.txt", "Äpfel.txt", "zebra")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "broken")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "A"), filepath.Join(dir, "linked")); err != nil {
		t.Fatal(err)
	}
	names := func(hidden bool) (names []string) {
		list, err := readFolder(dir, hidden)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			names = append(names, e.name)
		}
		return names
	}
	want := []string{"A", "b", "linked", "Page 2.txt", "page 02.txt", "page 10.txt", "zebra", "Äpfel.txt"}
	if got := names(false); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := names(true); !slices.Contains(got, ".hidden") {
		t.Errorf("with what is hidden: %q", got)
	}
	if _, err := readFolder(filepath.Join(dir, "nowhere"), false); err == nil {
		t.Error("a folder that is not there was read")
	}
}

func TestTypedPaths(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	for typed, want := range map[string]string{
		"~": home, "~/Letters": filepath.Join(home, "Letters"), "/etc/../tmp": "/tmp", "below": "/here/below", " ../up ": "/up", "~nora": "/here/~nora",
	} {
		if got := wholePath(typed, "/here"); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestAddressesOfFiles(t *testing.T) {
	got := Paths([]string{"file:///tmp/a%20b%25%C3%BC.txt", "file://localhost/tmp/c", "http://example.com/x", "file://elsewhere/tmp/d", "%zz", "file:"})
	if want := []string{"/tmp/a b%ü.txt", "/tmp/c"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// person is somebody before a dialog.
type person struct {
	*dialog
	app *fynetest.App
	got []string // what they chose
}

// asked opens a dialog over a folder.
func asked(t *testing.T, q question, dir string) *person {
	t.Helper()
	p := &person{app: fynetest.New(t)}
	w := test.NewWindow(nil)
	t.Cleanup(w.Close)
	w.Resize(fyne.NewSize(900, 700))
	p.dialog = newDialog(w.Canvas(), q, dir, func(f func()) { f() }, func(paths []string) { p.got = paths })
	p.app.Settle()
	return p
}

// press presses keys, each when the one before has done what it does.
func (p *person) press(names ...fyne.KeyName) {
	for _, name := range names {
		p.tree.TypedKey(&fyne.KeyEvent{Name: name})
		p.app.Settle()
	}
}

// goes types where to go.
func (p *person) goes(to string) {
	p.goTyped(to)
	p.app.Settle()
}

func TestFilesAreOpened(t *testing.T) {
	dir := folder(t, "letters/", "letters/a b.txt", "letters/c.txt", "letters/d.txt", "z.txt")
	d := asked(t, question{title: "Attach", yes: "Attach"}, dir)
	if !d.button.Disabled() {
		t.Error("nothing can be attached")
	}
	d.press(fyne.KeyDown, fyne.KeyReturn) // into the folder
	if d.path != filepath.Join(dir, "letters") || len(d.list) != 3 {
		t.Fatalf("it shows %s with %d entries", d.path, len(d.list))
	}
	d.press(fyne.KeyBackspace, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown)
	d.chooseTo("a b.txt", "c.txt")
	d.update()
	if d.button.Label() != "Attach 2 files" {
		t.Errorf("the button says %q", d.button.Label())
	}
	d.button.Tapped(nil)
	if want := []string{filepath.Join(dir, "letters", "a b.txt"), filepath.Join(dir, "letters", "c.txt")}; !slices.Equal(d.got, want) {
		t.Errorf("got %q, want %q", d.got, want)
	}
}

func TestNothingIsReplacedUnasked(t *testing.T) {
	dir := folder(t, "there.txt")
	d := asked(t, question{title: "Save", yes: "Save", name: "there.txt"}, dir)
	d.accept()
	if d.got != nil {
		t.Fatal("a file was replaced unasked")
	}
	if len(d.canvas.Overlays().List()) != 2 {
		t.Error("nothing was asked")
	}
	d.name.SetText("  ")
	d.accept()
	d.name.SetText("new.txt")
	d.accept()
	if want := []string{filepath.Join(dir, "new.txt")}; !slices.Equal(d.got, want) {
		t.Errorf("got %q, want %q", d.got, want)
	}
}

func TestFolderIsChosen(t *testing.T) {
	dir := folder(t, "in/", "in/deep/", "file")
	d := asked(t, question{title: "Save 3 files in", yes: "Save here", folder: true}, dir)
	d.goes("in")
	d.accept()
	if want := []string{filepath.Join(dir, "in")}; !slices.Equal(d.got, want) {
		t.Errorf("got %q, want %q", d.got, want)
	}
	d = asked(t, question{title: "Save 3 files in", yes: "Save here", folder: true}, dir)
	d.goes("nowhere")
	if d.path != dir {
		t.Errorf("it shows %s", d.path)
	}
	d.press(fyne.KeyDown)
	d.accept()
	if want := []string{filepath.Join(dir, "in")}; !slices.Equal(d.got, want) {
		t.Errorf("what the cursor is on: got %q, want %q", d.got, want)
	}
}
