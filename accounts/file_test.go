package accounts

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"postrider/mail"
)

func write(t *testing.T, f *File, text string) {
	t.Helper()
	if err := os.WriteFile(f.Path(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, f *File) string {
	t.Helper()
	b, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFileRoundTrip(t *testing.T) {
	ctx, f := context.Background(), In(filepath.Join(t.TempDir(), "new", "folder"))
	if list, err := f.Load(); len(list) != 0 || err != nil {
		t.Fatalf("no file: %v, %v", list, err)
	}
	anna := imapAccount()
	anna.Identities = []Identity{{Name: "Info \"desk\"", Address: "info@example.org", Signature: "Two\nlines [[account]]\n\ttab"}}
	anna.Without = []string{"QRESYNC"}
	a, err := f.Add(ctx, anna)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Add(ctx, popAccount())
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Load()
	if err != nil || len(got) != 2 || !equal(got[0], a) || !equal(got[1], b) {
		t.Fatalf("loaded %+v, %v\nwant %+v, %+v", got, err, a, b)
	}
	if info, _ := os.Stat(f.Path()); info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v", info.Mode())
	}
	if len(a.ID) != 8 || a.ID == b.ID {
		t.Errorf("ids %q and %q", a.ID, b.ID)
	}
	if err := f.Reorder(ctx, b.ID); err != nil {
		t.Fatal(err)
	}
	if err := f.Remove(ctx, a.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Load(); err != nil || len(got) != 1 || !equal(got[0], b) {
		t.Errorf("after removal: %+v, %v", got, err)
	}
	if !strings.HasPrefix(text(t, f), header) {
		t.Errorf("the header is gone:\n%s", text(t, f))
	}
}

const edited = `# mine
theme = "dark"

# work, do not touch
[[account]]
id = "bbbbbbbb" # the id
address = 'bo@example.net'
protocol = "pop3"
colour = "red"
[account.incoming]
  host = "127.0.0.1"
  port = 1110
  tls = "none"
  user = "bo"
  proxy = "socks5://localhost"
[[account.identity]]
address = "info@example.net"
mood = "formal"

[window]
width = 800

# private [x]
[[account]]
id = "cccccccc"
address = "cy@example.net"
protocol = "imap"
colour = "blue"
[account.incoming]
host = "imap.example.net"
port = 993
tls = "tls"
user = "cy"
`

func TestEditKeepsWhatItDoesNotKnow(t *testing.T) {
	ctx, f := context.Background(), In(t.TempDir())
	write(t, f, edited)
	_, err := f.Edit(ctx, "bbbbbbbb", func(a *Account) error {
		a.Keep = Keep{Mode: KeepForever}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := text(t, f)
	for _, want := range []string{
		"# mine\ntheme = \"dark\"\n", "# work, do not touch\n[[account]]\n", "colour = \"red\"", "proxy = \"socks5://localhost\"",
		"mood = \"formal\"", "keep = \"forever\"", "[window]\nwidth = 800",
		"# private [x]\n[[account]]\nid = \"cccccccc\"\naddress = \"cy@example.net\"\nprotocol = \"imap\"\ncolour = \"blue\"\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in\n%s", want, got)
		}
	}
}

func TestOddSpellingsAreKeptByMeaning(t *testing.T) {
	ctx, f := context.Background(), In(t.TempDir())
	write(t, f, `note = """
[[account]]
"""
account = [ { id = "bbbbbbbb", address = "bo@example.net", protocol = "pop3", colour = "red", incoming = { host = "localhost", port = 110, tls = "none", user = "bo" }, identity = [{address="i@example.net", mood="x"}] } ]
`)
	if _, err := f.Add(ctx, imapAccount()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Edit(ctx, "bbbbbbbb", func(a *Account) error { a.Name = "Bo"; return nil }); err != nil {
		t.Fatal(err)
	}
	got := text(t, f)
	for _, want := range []string{"note = ", `colour = "red"`, `mood = "x"`, `name = "Bo"`, "imap.example.org"} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in\n%s", want, got)
		}
	}
}

func TestBrokenFileIsNamedAndLeftAlone(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"syntax":      {"x = 1\ny = = 2\n", "line 2:"},
		"policy":      {strings.Replace(edited, "colour = \"red\"", "keep = \"sometimes\"", 1), "line 9: read the keep policy: \"sometimes\" is no keep policy"},
		"type":        {strings.Replace(edited, "port = 1110", "port = \"many\"", 1), "line 12"},
		"clear text":  {strings.Replace(edited, `host = "127.0.0.1"`, `host = "pop.example.net"`, 1), "line 4, account bo@example.net: check the account's settings: without TLS"},
		"no id":       {strings.Replace(edited, `id = "bbbbbbbb"`, "", 1), "it has no id"},
		"same id":     {strings.Replace(edited, "cccccccc", "bbbbbbbb", 1), "that of another account"},
		"a password":  {strings.Replace(edited, `colour = "red"`, `password = "x"`, 1), "delete that line"},
		"binary":      {"\x00\xff\xfe", "line 1"},
		"half a file": {edited[:len(edited)/2], ""},
	}
	for name, tt := range tests {
		f := In(t.TempDir())
		write(t, f, tt.text)
		_, err := f.Load()
		if !mail.Is(err, mail.KindInput) && name != "clear text" || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), f.Path()) {
			t.Errorf("%s: Load error = %v, want %q", name, err, tt.want)
		}
		if _, err := f.Add(context.Background(), imapAccount()); err == nil {
			t.Errorf("%s: Add worked", name)
		}
		if text(t, f) != tt.text {
			t.Errorf("%s: the broken file was changed", name)
		}
	}
}

func TestAddRefusesTheSameAccountTwice(t *testing.T) {
	ctx, f := context.Background(), In(t.TempDir())
	if _, err := f.Add(ctx, imapAccount()); err != nil {
		t.Fatal(err)
	}
	before := text(t, f)
	if _, err := f.Add(ctx, imapAccount()); !mail.Is(err, mail.KindInput) {
		t.Errorf("error = %v, want an input error", err)
	}
	if _, err := f.Edit(ctx, "zzzzzzzz", func(*Account) error { return nil }); !mail.Is(err, mail.KindInput) {
		t.Errorf("edit of nothing: %v", err)
	}
	if text(t, f) != before {
		t.Error("a refused change changed the file")
	}
}

func TestConcurrentWritersLoseNothing(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			a := imapAccount()
			a.Incoming.User = fmt.Sprintf("user%d", i)
			if _, err := In(dir).Add(context.Background(), a); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if list, err := In(dir).Load(); len(list) != 12 || err != nil {
		t.Errorf("%d accounts, %v; want 12", len(list), err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReadOnlyFolderIsSaid(t *testing.T) {
	dir := t.TempDir()
	notDir := filepath.Join(dir, "file")
	if err := os.WriteFile(notDir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := In(filepath.Join(notDir, "sub")).Add(context.Background(), imapAccount())
	if !mail.Is(err, mail.KindDisk) {
		t.Errorf("error = %v, want kind disk", err)
	}
}

func TestSymlinkedFileStaysALink(t *testing.T) {
	dir, dots := t.TempDir(), t.TempDir()
	real := filepath.Join(dots, "accounts.toml")
	if err := os.WriteFile(real, []byte(edited), 0o600); err != nil {
		t.Fatal(err)
	}
	f := In(dir)
	if err := os.Symlink(real, f.Path()); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := f.Remove(context.Background(), "cccccccc"); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(f.Path()); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link became a file")
	}
	if b, _ := os.ReadFile(real); strings.Contains(string(b), "cccccccc") {
		t.Error("the file behind the link was not changed")
	}
}

func FuzzTOML(f *testing.F) {
	f.Add(edited)
	f.Add("account = [{id='bbbbbbbb'}]")
	f.Add("[[account]]\r\nid = \"x\"\r\n[account.incoming]\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := parse(text)
		if err != nil {
			return
		}
		list := append([]Account{}, doc.accounts...)
		a := imapAccount()
		a.ID, a.Incoming.User = newID(list), "somebody new"
		a.Complete()
		out, err := doc.render(append(list, a))
		if err != nil {
			t.Fatalf("a file that reads does not write: %v", err)
		}
		again, err := parse(string(out))
		if err != nil || len(again.accounts) != len(list)+1 {
			t.Fatalf("%d accounts, %v, in\n%s", len(again.accounts), err, out)
		}
	})
}
