package transfer

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"
	"time"

	"postrider/mail"
)

const note = "From: a@x.example\nSubject: note\n\ntext"

func TestKindIsDetected(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := map[string]string{
		"mbox":            "From a@x Wed Mar  4 09:12:33 2026\nSubject: x\n\n",
		"Inbox":           "From - Wed Mar  4 09:12:33 2026\nX-Mozilla-Status: 0001\n",
		"separator.eml":   "From a@x Wed Mar  4 09:12:33 2026\nSubject: x\n\n",
		"odd.eml":         "\x00\x01",
		"bom.eml":         "\ufeff" + note,
		"1234":            note,
		"empty.mbox":      "",
		"letter.txt":      "From the desk of Ada\n\nDear Bob: hello\n",
		"readme":          "Note: this is no mail\nSee: elsewhere\n",
		"picture":         "\x89PNG\r\n",
		"folder/note.eml": note,
		"md/cur/x":        note,
		"md/new/.keep":    "",
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	for name, want := range map[string]Kind{
		"mbox": Mbox, "Inbox": Mbox, "separator.eml": Message, "odd.eml": Message, "bom.eml": Message, "1234": Message, "empty.mbox": Mbox,
		"folder": Folder, "md": Maildir, "letter.txt": "", "readme": "", "picture": "", "missing": "",
	} {
		source, err := Open(filepath.Join(dir, name))
		switch {
		case want == "" && !mail.Is(err, mail.KindInput):
			t.Errorf("%s: error %v, want input", name, err)
		case want != "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case want != "" && source.Kind() != want:
			t.Errorf("%s is %s, want %s", name, source.Kind(), want)
		}
	}
}

// The names are as Dovecot, Courier, mbsync and Windows programs leave them.
func TestMaildirOfOtherPrograms(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{
		"cur/1204680122.M275638P1234.mail,S=2345,W=2400:2,FRS",
		"cur/1204680123.27c448_2.imac.local,S=1:2,Sab",
		"cur/1204680124.R8.host,U=7;2,DP",
		"cur/1204680125.host!2,T",
		"cur/1204680126.host:1,experimental",
		"cur/1204680127.no-info",
		"cur/.hidden",
		"new/1204680128.new.host",
		"tmp/1204680129.unfinished",
		".Sent/cur/1.x:2,S", ".Sent/new/.x", ".Work.2026/new/2.x", ".Work.2026/cur/.x",
		".Gr&APYA3w-e/cur/3.x:2,", ".Gr&APYA3w-e/new/.x", ".日本/cur/4.x:2,", ".日本/new/.x",
		"Plain/cur/5.x:2,", "Plain/new/.x", "Plain/Sub/cur/6.x:2,", "Plain/Sub/new/.x",
		".nomaildir/7.x",
	} {
		write(t, filepath.Join(dir, name), name)
	}
	write(t, filepath.Join(dir, "dovecot-keywords"), "0 $Label1\n1 work\nnonsense\n99 x\n")
	write(t, filepath.Join(dir, "subscriptions"), "Sent\n")
	received := time.Date(2008, 3, 5, 1, 22, 2, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(dir, "cur/1204680122.M275638P1234.mail,S=2345,W=2400:2,FRS"), received, received); err != nil {
		t.Fatal(err)
	}

	type summary struct {
		folder string
		flags  mail.Flags
	}
	want := map[string]summary{
		"cur/1204680122.M275638P1234.mail,S=2345,W=2400:2,FRS": {"", mail.Bits(mail.Flagged | mail.Answered | mail.Seen)},
		"cur/1204680123.27c448_2.imac.local,S=1:2,Sab":         {"", mail.Bits(mail.Seen).Union(mail.FlagsOf("$Label1", "work"))},
		"cur/1204680124.R8.host,U=7;2,DP":                      {"", mail.Bits(mail.Draft | mail.Forwarded)},
		"cur/1204680125.host!2,T":                              {"", mail.Bits(mail.Deleted)},
		"cur/1204680126.host:1,experimental":                   {},
		"cur/1204680127.no-info":                               {},
		"new/1204680128.new.host":                              {},
		".Sent/cur/1.x:2,S":                                    {"Sent", mail.Bits(mail.Seen)},
		".Work.2026/new/2.x":                                   {"Work/2026", mail.Flags{}},
		".Gr&APYA3w-e/cur/3.x:2,":                              {"Größe", mail.Flags{}},
		".日本/cur/4.x:2,":                                       {"日本", mail.Flags{}},
		"Plain/cur/5.x:2,":                                     {"Plain", mail.Flags{}},
		"Plain/Sub/cur/6.x:2,":                                 {"Plain/Sub", mail.Flags{}},
	}
	got := map[string]summary{}
	for _, g := range readAll(t, dir) {
		got[g.Raw] = summary{g.Folder, g.Flags}
		if g.Raw == "cur/1204680122.M275638P1234.mail,S=2345,W=2400:2,FRS" && !g.Date.Equal(received) {
			t.Errorf("received %v, want %v", g.Date, received)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestFolderOfEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	box := "From a@x Wed Mar  4 09:12:33 2026\n" + note + "\n"
	for name, text := range map[string]string{
		"b.eml": note, "sub/a.EML": note, "notes.txt": "no mail", "Inbox": box, "Inbox.msf": "// index", "Inbox.sbd/Work": box,
		"Old.mbox": box, "Apple.mbox/mbox": box, "Apple.mbox/table_of_contents": "x", ".hidden.eml": note, ".git/x.eml": note,
		"md/cur/1.x:2,S": note, "md/new/.x": "",
	} {
		write(t, filepath.Join(dir, name), text)
	}
	outside := filepath.Join(t.TempDir(), "secret.eml")
	write(t, outside, note)
	if err := os.Symlink(outside, filepath.Join(dir, "link.eml")); err != nil {
		t.Fatal(err)
	}
	folders := map[string]int{}
	for _, g := range readAll(t, dir) {
		folders[g.Folder]++
	}
	want := map[string]int{"": 1, "sub": 1, "Inbox": 1, "Inbox/Work": 1, "Old": 1, "Apple": 1, "md": 1}
	if !reflect.DeepEqual(folders, want) {
		t.Errorf("messages by folder: %v, want %v", folders, want)
	}
}

func TestUnreadableFileIsOneItem(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("this user may read everything")
	}
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.eml"), note)
	write(t, filepath.Join(dir, "b.eml"), note)
	if err := os.Chmod(filepath.Join(dir, "a.eml"), 0); err != nil {
		t.Fatal(err)
	}
	checkOneFails(t, dir)
}

func TestVanishedFileIsOneItem(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.eml"), note)
	write(t, filepath.Join(dir, "b.eml"), note)
	checkOneFails(t, dir, func() { os.Remove(filepath.Join(dir, "a.eml")) })
}

// checkOneFails reads a.eml, of which reading fails, and b.eml, after before.
func checkOneFails(t *testing.T, dir string, before ...func()) {
	t.Helper()
	source, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	good, bad := 0, 0
	err = source.Each(context.Background(), func(item Item) error {
		for _, f := range before {
			f()
		}
		if _, err := io.ReadAll(item.Raw); mail.Is(err, mail.KindDisk) {
			bad++
			return nil
		} else if err != nil {
			return err
		}
		good++
		return nil
	})
	if err != nil || good != 1 || bad != 1 {
		t.Errorf("%d good, %d bad, %v; want one each", good, bad, err)
	}
}

func FuzzUTF7(f *testing.F) {
	f.Add("Größe & 日本.v2")
	f.Add("&&-&AOk")
	f.Fuzz(func(t *testing.T, s string) {
		decodeUTF7(s)
		name := encodeUTF7(s)
		for _, c := range []byte(name) {
			if c < ' ' || c > '~' || c == '.' {
				t.Fatalf("%q became %q", s, name)
			}
		}
		if back := decodeUTF7(name); clean(s) && back != s {
			t.Fatalf("%q became %q, and then %q", s, name, back)
		}
	})
}

// clean is what a folder can be called.
func clean(s string) bool {
	for _, r := range s {
		if r == '\ufffd' || r == oneDot || r == 0 || r == '/' {
			return false
		}
	}
	return true
}
