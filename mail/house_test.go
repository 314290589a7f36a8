package mail_test

import (
	"bufio"
	"go/build"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// module is the first part of every import path of this house.
const module = "postrider"

// root is the module's folder, seen from this one.
const root = ".."

// room is one row of the table of who may import whom.
type room struct {
	path string // below the module; "." is the program itself
	may  string // what it may import besides the standard library, without its tests
	why  string
}

// rooms has a row for each package. An entry that ends in /... stands for all
// below it too; x/ is short for golang.org/x/.
var rooms = []room{
	{".", "gui mail/cli", "it picks the command or the window, and builds nothing itself"},
	{"accounts", "mail accounts/internal/durable github.com/BurntSushi/toml", "settings are needed before there is a store or a server: ids, errors and the file's format are all they may rest on"},
	{"accounts/internal/durable", "", "replacing a file safely is a matter of the system alone"},
	{"accounts/secret", "mail accounts/internal/durable filippo.io/age github.com/zalando/go-keyring", "what handles secrets is read in full before a release: it stays small"},
	{"accounts/settings", "mail accounts/internal/durable github.com/BurntSushi/toml", "like accounts: needed before there is a store"},
	{"assets", "", "embedded files know nobody"},
	{"assets/fonts", "", "embedded files know nobody"},
	{"assets/icons", "", "embedded files know nobody"},
	{"gui/line", "x/image/vector", "pure: shapes in, masks out"},
	{"gui/compose", "gui/clipboard gui/files gui/spelling gui/theme gui/vm gui/widgets mail mail/client mail/html mail/html/box mail/html/css mail/html/display mail/html/picture mail/message mail/phrase mail/typeset fyne.io/fyne/v2/...", "a window over its view model; of the rooms of mail it uses what lays the preview out"},
	{"gui/activity", "gui/theme gui/widgets fyne.io/fyne/v2/...", "a screen of plain values and calls"},
	{"gui/settings", "gui/theme gui/widgets fyne.io/fyne/v2/...", "screens of plain values and calls: whoever owns them keeps what was chosen"},
	{"gui/files", "gui/desktop gui/theme gui/widgets mail/phrase fyne.io/fyne/v2/... github.com/rymdport/portal/filechooser", "a screen that shows folders: whoever asks for files reads and writes them"},
	{"gui/setup", "gui/theme gui/widgets fyne.io/fyne/v2/...", "screens of plain values and calls: whoever owns them looks up, tries and keeps"},
	{"gui/theme", "assets/fonts assets/icons gui/line fyne.io/fyne/v2/...", "what things look like is decided below what they are"},
	{"gui/widgets", "gui/line gui/theme mail/html/display mail/html/paint mail/typeset mail/typeset/ink fyne.io/fyne/v2/... github.com/rivo/uniseg", "widgets show plain values and call back: no store, no engine, no view models"},
	{"gui", "gui/... mail mail/client mail/html/... mail/message mail/phrase mail/query mail/store mail/typeset accounts accounts/secret accounts/settings fyne.io/fyne/v2/...", "it puts view models, widgets and the client together"},
	{"gui/vm", "mail mail/client mail/contact mail/engine mail/store mail/query mail/message mail/html mail/phrase accounts accounts/secret accounts/settings x/text/...", "view models are over the client and what it answers in, and under any toolkit: no Fyne"},
	{"gui/fynetest", "fyne.io/fyne/v2/...", "an app for tests, whatever they draw in it"},
	{"gui/stage/cmd/tour", "gui/stage accounts accounts/secret mail/demo", "a stage, what to do on it, and servers that it can take away"},
	{"gui/stage", "", "it knows the program from outside only"},
	{"gui/spelling", "", "a program of the system, and words handed to it"},
	{"gui/clipboard", "github.com/jezek/xgb/...", "the system's own interfaces"},
	{"gui/desktop", "github.com/godbus/dbus/v5 x/sys/windows/...", "the system's own interfaces, and words handed to them as arguments"},
	{"mail", "", "everybody imports it: whatever it imported, all would carry"},
	{"mail/client", "mail mail/store mail/engine mail/dial mail/fetch mail/imap/... mail/pop/... mail/smtp mail/contact mail/message mail/query mail/transfer accounts accounts/secret", "the one place that knows all drivers"},
	{"mail/client/handover", "mail x/sys/unix", "it carries words between two processes of one person, and knows none of them"},
	{"mail/contact", "mail mail/message github.com/emersion/go-vcard x/text/encoding/htmlindex", "address books are bytes of strangers, like mail"},
	{"mail/cli", "mail mail/client mail/client/handover mail/demo mail/engine mail/html/... mail/typeset/... mail/contact mail/message mail/query mail/store mail/transfer accounts accounts/secret github.com/spf13/cobra github.com/spf13/pflag github.com/rivo/uniseg x/term x/text/encoding/charmap", "a face of the client: of the rooms below, it uses the words that the client answers in, and never a driver"},
	{"mail/cli/faulttest", "", "only its tests do anything, and what they may import is not restricted"},
	{"mail/demo", "mail accounts assets mail/demo/host mail/demo/sample", "the servers of the demo are strangers to the client, as real ones are"},
	{"mail/demo/host", "mail github.com/emersion/go-imap/v2/... github.com/emersion/go-message/... github.com/emersion/go-sasl github.com/emersion/go-smtp", "written against the RFCs with other people's libraries, so that it does not share our mistakes"},
	{"mail/demo/sample", "mail x/text/encoding/...", "manuscripts to bytes, a pure function"},
	{"mail/html/print", "mail/html/display mail/html/paint mail/typeset/ink", "pages to paper, a pure function"},
	{"mail/fetch", "mail/dial mail/html", "what a mail makes this computer ask strangers for is in one small room"},
	{"mail/dial", "mail accounts x/net/http/httpproxy x/net/idna x/net/proxy", "how to reach and trust a server is decided below any protocol"},
	{"mail/engine", "mail mail/query mail/store", "it schedules drivers and must not know which there are"},
	{"mail/engine/enginetest", "mail mail/engine mail/message mail/store", "one contract for every driver, so it favours none"},
	{"mail/html", "x/net/html/... x/net/idna x/net/publicsuffix x/text/... github.com/tdewolff/parse/v2/...", "a pure function on strangers' bytes, like mail/message: it lists what it would fetch and cannot"},
	{"mail/html/box", "mail/html mail/html/css mail/html/display mail/typeset x/net/html/atom", "layout is a function of styles, faces and sizes of pictures; it draws and fetches nothing"},
	{"mail/html/css", "mail/html x/net/html/atom x/image/colornames github.com/tdewolff/parse/v2/...", "how things look, computed; it knows no fonts and no layout"},
	{"mail/html/display", "mail/typeset", "what was laid out is drawn and searched without knowing HTML or CSS"},
	{"mail/html/paint", "mail/html/display mail/typeset mail/typeset/ink", "from a display list to pixels: a window, paper and tests draw the same"},
	{"mail/html/picture", "mail/html x/image/webp github.com/fyne-io/oksvg github.com/srwiley/rasterx", "strangers' pictures are decoded in one place, within bounds"},
	{"mail/imap", "mail mail/query mail/store mail/store/intake mail/engine mail/message mail/dial mail/imap/wire accounts github.com/emersion/go-imap/v2/...", "a driver tells the mirror what it saw; go-imap's types end here"},
	{"mail/imap/wire", "mail github.com/emersion/go-imap/v2", "repairs bytes before go-imap reads them; what they mean is the driver's matter"},
	{"mail/mailtest", "mail mail/mailtest/gen github.com/emersion/go-sasl github.com/emersion/go-smtp", "it measures the house, so it must not be made of it"},
	{"mail/mailtest/cmd/mailgen", "mail/mailtest/gen", "the generator by hand"},
	{"mail/mailtest/cmd/mailserver", "mail/mailtest mail/mailtest/gen", "the test server by hand"},
	{"mail/mailtest/cmd/mailhoard", "mail/mailtest/hoard", "the hoard by hand"},
	{"mail/mailtest/gen", "x/text/encoding/...", "mail made without our own parser and writer, for the same reason"},
	{"mail/mailtest/hoard", "mail mail/mailtest/gen mail/message mail/store accounts", "it fills a store by the store's own doors, so that what is measured is what a sync leaves"},
	{"mail/message", "mail mail/thread x/net/html/... x/net/idna x/text/... github.com/yuin/goldmark/...", "pure functions between bytes and meaning: nothing to open, nothing to leak"},
	{"mail/phrase", "", "pure"},
	{"mail/pop", "mail mail/store mail/store/intake mail/engine mail/message mail/dial mail/pop/pop3 accounts github.com/emersion/go-sasl", "a driver, like mail/imap"},
	{"mail/pop/pop3", "mail github.com/emersion/go-sasl", "the wire only: what to keep and what to delete is decided above"},
	{"mail/query", "x/text/...", "pure; index and search cut words in one place, and that needs Unicode's tables"},
	{"mail/smtp", "mail mail/store mail/engine mail/message mail/dial accounts github.com/emersion/go-sasl x/text/secure/precis", "the way out, like the drivers the ways in; the wire below it is its own"},
	{"mail/store", "mail mail/message mail/query mail/thread mail/store/pack database/sql github.com/mattn/go-sqlite3 x/sys/...", "the only room with SQL; it knows no protocol"},
	{"mail/store/intake", "mail mail/store", "it speeds up storing, and stores nothing itself"},
	{"mail/store/pack", "mail github.com/klauspost/compress/zstd x/sys/...", "bytes must be readable without the database"},
	{"mail/thread", "", "pure"},
	{"mail/transfer", "mail mail/message x/sys/...", "files in and out; where the mail goes is its caller's matter"},
	{"mail/typeset", "mail assets/fonts github.com/go-text/typesetting/... x/sys/unix x/text/unicode/...", "everything that shows text rests on it, with a window or without"},
	{"mail/typeset/ink", "mail/typeset github.com/go-text/typesetting/... x/image/...", "drawing knows shapes and glyphs, not what they mean"},
}

// bans hold for tests too: only what is below in may import what is below path.
var bans = []struct{ path, in, why string }{
	{"database/sql", "mail/store", "SQL in one room can be read, migrated and checked there"},
	{"github.com/mattn/go-sqlite3", "mail/store", "the same"},
	{"fyne.io/fyne/v2/app", "gui/run.go", "only this needs cgo and OpenGL: in one file, everything else is tested on a bare machine"},
	{"fyne.io/...", "gui/...", "the library must work without a window"},
	{module + "/gui/...", "gui/... .", "the window knows mail; mail does not know the window"},
}

func TestEveryRoomImportsOnlyWhatItMay(t *testing.T) {
	for _, p := range house(t) {
		i := slices.IndexFunc(rooms, func(r room) bool { return r.path == p.path })
		if i < 0 {
			t.Errorf("package %s has no row in rooms: say what it may import, and why", p.path)
			continue
		}
		r := rooms[i]
		for _, imported := range p.Imports {
			if !standard(imported) && !slices.ContainsFunc(strings.Fields(r.may), func(may string) bool { return matches(full(may), imported) }) {
				t.Errorf("%s imports %s, which is not for it: %s\n\t%s", p.path, imported, r.why, p.ImportPos[imported][0])
			}
		}
	}
}

func TestRoomsOfTheTableExist(t *testing.T) {
	packages := house(t)
	for _, r := range rooms {
		if r.why == "" {
			t.Errorf("the row of %s gives no reason", r.path)
		}
		if !slices.ContainsFunc(packages, func(p lodger) bool { return p.path == r.path }) {
			t.Errorf("rooms has a row for %s, which does not exist", r.path)
		}
	}
}

func TestBansHoldInTestsToo(t *testing.T) {
	for _, p := range house(t) {
		for _, positions := range []map[string][]token.Position{p.ImportPos, p.TestImportPos, p.XTestImportPos} {
			for imported, at := range positions {
				checkBans(t, p.path, imported, at)
			}
		}
	}
}

func checkBans(t *testing.T, importer, imported string, at []token.Position) {
	for _, ban := range bans {
		if !matches(ban.path, imported) {
			continue
		}
		for _, pos := range at {
			file := path.Join(importer, filepath.Base(pos.Filename))
			if !slices.ContainsFunc(strings.Fields(ban.in), func(in string) bool { return in == file || matches(in, importer) }) {
				t.Errorf("%s imports %s, which only %s may: %s", file, imported, ban.in, ban.why)
			}
		}
	}
}

// A room is named for what it is. These names say nothing, and everything
// collects in them.
var emptyNames = []string{"base", "common", "core", "helper", "helpers", "lib", "misc", "shared", "util", "utils"}

func TestPackagesAreNamedAndDescribed(t *testing.T) {
	for _, p := range house(t) {
		if slices.Contains(emptyNames, p.Name) {
			t.Errorf("%s: name the package for what it is", p.path)
		}
		if begins := "Package " + p.Name + " "; p.Doc == "" || p.Name != "main" && !strings.HasPrefix(p.Doc, begins) {
			t.Errorf("%s has no package comment that begins with %q and says what it is, who may use it and what it promises", p.path, begins)
		}
	}
}

// The map in doc.go names each room, and no other.
func TestMapShowsTheHouse(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var drawn []string
	for _, m := range regexp.MustCompile(`(?m)^//\t([a-z][a-z0-9/.]*) {2,}\S`).FindAllStringSubmatch(section(string(doc), "# Rooms"), -1) {
		drawn = append(drawn, m[1])
	}
	var built []string
	for _, p := range house(t) {
		name := p.path
		if name == "." {
			name = "main.go"
		}
		built = append(built, name)
		if !slices.Contains(drawn, name) {
			t.Errorf("the map in mail/doc.go does not show %s", name)
		}
	}
	for _, name := range drawn {
		if !slices.Contains(built, name) {
			t.Errorf("the map in mail/doc.go shows %s, which does not exist", name)
		}
	}
}

// The table in doc.go has a row for each kind of error.
func TestMapExplainsEachKind(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("error.go")
	if err != nil {
		t.Fatal(err)
	}
	table := section(string(doc), "# Errors")
	for _, m := range regexp.MustCompile(`Kind = "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
		if !strings.Contains(table, "//\t"+m[1]+" ") {
			t.Errorf("the map in mail/doc.go does not explain errors of kind %s", m[1])
		}
	}
}

// NOTICE names everybody whose work is in the program, or in its tests.
func TestNoticeNamesDependencies(t *testing.T) {
	notice, err := os.ReadFile(filepath.Join(root, "NOTICE"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.Open(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	defer mod.Close()
	for lines := bufio.NewScanner(mod); lines.Scan(); {
		fields := strings.Fields(strings.TrimPrefix(lines.Text(), "require "))
		if len(fields) > 1 && strings.HasPrefix(fields[1], "v") && !strings.Contains(string(notice), fields[0]+" ") {
			t.Errorf("NOTICE does not name %s", fields[0])
		}
	}
}

// section is the part of a doc comment from a heading to the next.
func section(doc, heading string) string {
	_, after, _ := strings.Cut(doc, "// "+heading+"\n")
	before, _, _ := strings.Cut(after, "// # ")
	return before
}

// lodger is a package of the house, and where it lives.
type lodger struct {
	*build.Package
	path string
}

// house reads the imports of all files, whatever system or tag they are for.
// Reading them, rather than asking the go command, is also what lets "go test"
// know when to run this again.
func house(t *testing.T) (list []lodger) {
	t.Helper()
	context := build.Default
	context.UseAllFiles = true
	err := filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		name := d.Name()
		if dir != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "bin" || name == "dist") {
			return filepath.SkipDir
		}
		p, err := context.ImportDir(dir, 0)
		if _, none := err.(*build.NoGoError); none {
			return nil
		}
		rel, _ := filepath.Rel(root, dir)
		list = append(list, lodger{p, filepath.ToSlash(rel)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no packages found")
	}
	return list
}

// standard reports whether a package is of the standard library and free for
// all: database/sql is not.
func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".") && first != module && imported != "database/sql"
}

// full is the import path of an entry in the table.
func full(entry string) string {
	first, rest, _ := strings.Cut(entry, "/")
	switch {
	case first == "x":
		return "golang.org/x/" + rest
	case strings.Contains(first, ".") || entry == "database/sql":
		return entry
	}
	return module + "/" + entry
}

// matches reports whether an import path is the pattern's; one that ends in
// /... takes in all below.
func matches(pattern, imported string) bool {
	above, tree := strings.CutSuffix(pattern, "/...")
	return imported == above || tree && strings.HasPrefix(imported, above+"/")
}

// wireless are rooms that read what strangers wrote. Nothing they are made of
// within the house can reach a network or start a program, so that no mail can
// have them do it.
var wireless = []string{"mail/html/...", "mail/message", "mail/contact", "mail/typeset/...", "mail/query", "mail/thread", "gui/line", "gui/widgets"}

func TestWhatReadsMailHasNoWayOut(t *testing.T) {
	packages := house(t)
	imports := map[string]map[string][]token.Position{}
	for _, p := range packages {
		imports[module+"/"+p.path] = p.ImportPos
	}
	for _, p := range packages {
		if !slices.ContainsFunc(wireless, func(room string) bool { return matches(room, p.path) }) {
			continue
		}
		seen := map[string]bool{}
		var walk func(string)
		walk = func(path string) {
			for imported, at := range imports[path] {
				switch {
				case imported == "net" || imported == "net/http" || imported == "crypto/tls" || imported == "os/exec" || imported == "plugin":
					t.Errorf("%s rests on %s, which imports %s\n\t%s", p.path, path, imported, at[0])
				case strings.HasPrefix(imported, module+"/") && !seen[imported]:
					seen[imported] = true
					walk(imported)
				}
			}
		}
		walk(module + "/" + p.path)
	}
}
