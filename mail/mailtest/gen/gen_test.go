package gen

import (
	"bytes"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A change of these sums makes all earlier measurements incomparable.
func TestMailIsTheSameForever(t *testing.T) {
	for name, tc := range map[string]struct {
		opts Options
		want string
	}{
		"300":   {Options{N: 300}, "45ec89d7f22e4841a5d55ae04b7176cb57e46cc6cca155deb5784695f2b770e5"},
		"flat":  {Options{N: 300, Flat: true}, "45ec89d7f22e4841a5d55ae04b7176cb57e46cc6cca155deb5784695f2b770e5"},
		"fresh": {Options{N: 310, Skip: 300, Span: 300, Fresh: true}, "cd2584b43f3dbc8bec57ae0b1e14d212024f4f7fdd19df896bd9e51a3b3b5ac1"},
		"other": {Options{N: 600, Seed: 7, User: "bob"}, "1721459084f4779556dbb5c76887337d496c59cb57452ad9d2fe7420490602b4"},
	} {
		p, sum := New(tc.opts), Sum{}
		for i := tc.opts.Skip; i < p.Len(); i++ {
			sum.Add(CRLF(p.Message(i).Raw))
		}
		if got := sum.String(); got != tc.want {
			t.Errorf("%s: got %s, want %s", name, got, tc.want)
		}
	}
}

func TestMessageDependsOnlyOnSeedNumberAndSpan(t *testing.T) {
	short := New(Options{N: 500, Seed: 7, Span: 500})
	long := New(Options{N: 600, Seed: 7, Span: 500})
	other := New(Options{N: 500, Seed: 8, Span: 500})
	for i := 0; i < 500; i += 7 {
		raw := short.Message(i).Raw
		if !bytes.Equal(raw, long.Message(i).Raw) {
			t.Errorf("message %d depends on the plan's length", i)
		}
		if bytes.Equal(raw, other.Message(i).Raw) {
			t.Errorf("message %d does not depend on the seed", i)
		}
	}
}

func TestMessagesAreReadableButForTheSpoiledOnes(t *testing.T) {
	p := New(Options{N: 1000})
	bad := 0
	for i := range p.Len() {
		raw := p.Message(i).Raw
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil || m.Header.Get("Message-ID") == "" || m.Header.Get("Date") == "" {
			bad++
		}
		for k, line := range bytes.Split(raw, []byte("\n")) {
			if len(line) > 998 {
				t.Fatalf("message %d line %d has %d bytes, more than RFC 5322 2.1.1 allows", i, k, len(line))
			}
		}
	}
	if bad == 0 || bad > 10 {
		t.Errorf("%d of 1000 unreadable, want a few", bad)
	}
}

func TestManifestIsWhatLiesOnDisk(t *testing.T) {
	root := t.TempDir()
	m, err := Write(root, Options{N: 300})
	if err != nil {
		t.Fatal(err)
	}
	var sum Sum
	total := 0
	for _, name := range Mailboxes() {
		files, err := filepath.Glob(filepath.Join(root, MaildirName(name), "cur", "*"))
		if err != nil {
			t.Fatal(err)
		}
		got := Count{Messages: len(files)}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(raw, []byte("\r")) || !strings.Contains(f, fmt.Sprintf(",S=%d,", len(raw))) {
				t.Errorf("%s: CR, or another size", f)
			}
			raw = CRLF(raw)
			sum.Add(raw)
			got.Bytes += int64(len(raw))
			_, letters, _ := strings.Cut(f, ":2,")
			if !strings.Contains(letters, "S") {
				got.Unseen++
			}
			if strings.Contains(letters, "F") {
				got.Flagged++
			}
		}
		if want := *m.Mailboxes[name]; got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		total += len(files)
	}
	if total != 300 || m.Messages != 300 || sum.String() != m.Sum || m.Probes["quillfern"] != 30 {
		t.Errorf("got %d messages, sum %s, manifest %+v", total, sum, m)
	}
}

func TestFreshMailHasNoFlags(t *testing.T) {
	root := t.TempDir()
	m, err := Write(root, Options{N: 40, Skip: 30, Span: 30, Fresh: true, Flat: true})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, "new", "*"))
	if err != nil || len(files) != 10 || m.Mailboxes["INBOX"].Unseen != 10 {
		t.Errorf("got %d files, %v, %+v, want 10 unseen", len(files), err, m.Mailboxes["INBOX"])
	}
}

func TestMailboxNamesOnDisk(t *testing.T) {
	for name, want := range map[string]string{
		"INBOX": "", "a & b": ".a &- b", "Projekte/Übersicht": ".Projekte.&ANw-bersicht", "Kunden/北京": ".Kunden.&UxdOrA-",
	} {
		if got := MaildirName(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestCRLF(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "\n": "\r\n", "a\n\nb": "a\r\n\r\nb", "a\r\nb\n": "a\r\nb\r\n", "a\rb\r\r\n\n": "a\rb\r\r\n\r\n",
	} {
		if got := string(CRLF([]byte(in))); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func BenchmarkMessage(b *testing.B) {
	p := New(Options{N: 20000})
	for i := range b.N {
		b.SetBytes(int64(len(p.Message(i % p.Len()).Raw)))
	}
}
