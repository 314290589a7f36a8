package transfer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"postrider/mail"
)

// oddMessages are bytes that some format would like to change.
func oddMessages() []string {
	quotes := func(n int) string { return strings.Repeat(">", n) }
	messages := []string{
		"From: a@x\r\nSubject: CRLF\r\n\r\nText\r\n",
		"From: a@x\nSubject: LF\n\nText\n",
		"", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\r", "x", "x\r", "x\n\n\n", "x\r\n\r\n\r\n", "x\n\r\n", "x\r\n\n",
		"no end of line",
		"Subject: bare\rCR\r\rand NUL \x00\x00\n.\n..\n",
		"From x\n", "From ", ">From ", "From x Wed Mar  4 09:12:33 2026\nFrom: a@b\nSubject: kept separator\n\nText\n",
		"Subject: a\n\nFrom b Wed Mar  4 09:12:33 2026\nSubject: not a message\n\n>From\n>From x\n>>>From y\n>> From z\nFrom here\n",
		"Subject: a\n\nends like one\n\nFrom b Wed Mar  4 09:12:33 2026",
		"Subject: a\n\n\nFrom b Wed Mar  4 09:12:33 2026\n\n",
		quotes(200_000), quotes(200_000) + "From x", quotes(200_000) + "\n" + quotes(200_000) + "From x\n",
		strings.Repeat("long line ", 50_000), strings.Repeat("\n", 1000), strings.Repeat("\r\n", 1000) + "\n",
		"Status: RO\nX-Mozilla-Status: 0009\n\nnot ours\n",
		"\xef\xbb\xbfSubject: BOM\n\n\xff\xfe\n",
	}
	for n := quoteWindow - 8; n <= quoteWindow+8; n++ {
		messages = append(messages, "a\n"+quotes(n)+"From x\n", quotes(n)+"Fro")
	}
	return messages
}

func export(t *testing.T, path string, kind Kind, items ...Item) {
	t.Helper()
	sink, err := Create(path, kind)
	if err != nil {
		t.Fatal(err)
	}
	defer sink.Abort()
	for _, item := range items {
		if err := sink.Put(context.Background(), item); err != nil {
			t.Fatal(err)
		}
	}
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
	noLeftovers(t, filepath.Dir(path))
}

func noLeftovers(t *testing.T, dir string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, ".*.part-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q %v", left, err)
	}
}

func item(raw string) Item { return Item{Raw: strings.NewReader(raw)} }

func TestBytesSurvive(t *testing.T) {
	for _, kind := range []Kind{Mbox, Maildir, Folder} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			messages := oddMessages()
			var items []Item
			for i, raw := range messages {
				it := item(raw)
				it.Date = time.Unix(1_700_000_000+int64(i)*60, 0)
				if i%2 == 1 { // also in small steps
					it.Raw = iotest.HalfReader(it.Raw)
				}
				items = append(items, it)
			}
			path := filepath.Join(t.TempDir(), "out")
			export(t, path, kind, items...)
			back := readAll(t, path)
			if len(back) != len(messages) {
				t.Fatalf("%d messages came back of %d", len(back), len(messages))
			}
			for i, g := range back {
				if g.Raw != messages[i] {
					t.Errorf("message %d: %s became %s", i, excerpt(messages[i]), excerpt(g.Raw))
				}
				if kind != Folder && g.Date.Unix() != 1_700_000_000+int64(i)*60 {
					t.Errorf("message %d: received %v", i, g.Date)
				}
			}
		})
	}
}

func excerpt(s string) string {
	if len(s) > 60 {
		return fmt.Sprintf("%q…%q (%d bytes)", s[:25], s[len(s)-25:], len(s))
	}
	return fmt.Sprintf("%q", s)
}

func TestMaildirKeepsFlagsAndFolders(t *testing.T) {
	t.Parallel()
	var items []Item
	add := func(folder string, f mail.Flags) {
		it := item(fmt.Sprintf("Subject: %d\n\n", len(items)))
		it.Folder, it.Flags, it.Date = folder, f, time.Unix(1_600_000_000+int64(len(items)), 0)
		items = append(items, it)
	}
	all := mail.Seen | mail.Flagged | mail.Answered | mail.Draft | mail.Deleted | mail.Forwarded | mail.Junk | mail.NotJunk | mail.MDNSent
	add("", mail.Bits(all).Union(mail.FlagsOf("work", "$label1")))
	add("", mail.Flags{})
	add("Work/2026", mail.Bits(mail.Seen).Union(mail.FlagsOf("other")))
	add("Größe & 日本.v2/x~y", mail.Bits(mail.Answered))
	path := filepath.Join(t.TempDir(), "Maildir")
	export(t, path, Maildir, items...)

	back := readAll(t, path)
	for _, it := range items {
		found := slices.ContainsFunc(back, func(g got) bool {
			return g.Folder == it.Folder && g.Flags == it.Flags && g.Date.Equal(it.Date)
		})
		if !found {
			t.Errorf("folder %q flags %v is not among %+v", it.Folder, it.Flags, back)
		}
	}
}

func TestMboxLeavesFlagsOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.mbox")
	it := item("Subject: x\n\ntext\n")
	it.Flags = mail.Bits(mail.Seen)
	it.Date = at("2026-03-04 09:12:33")
	export(t, path, Mbox, it)
	text, err := os.ReadFile(path)
	if want := "From MAILER-DAEMON Wed Mar  4 09:12:33 2026\nSubject: x\n\ntext\n\n"; err != nil || string(text) != want {
		t.Errorf("the file is %q %v, want %q", text, err, want)
	}
}

func TestEMLNames(t *testing.T) {
	t.Parallel()
	dated := func(raw, folder string) Item {
		it := item(raw)
		it.Folder, it.Date = folder, time.Date(2026, 3, 4, 9, 12, 0, 0, time.FixedZone("", 3600))
		return it
	}
	path := filepath.Join(t.TempDir(), "out")
	export(t, path, Folder,
		dated("From: Ada Lovelace <ada@x.example>\r\nSubject: Re: a/b: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\n", ""),
		dated("From: Ada Lovelace <ada@x.example>\nSubject: RE: a/b: Grüße\n\n", ""),
		dated("From: \"..\" <>\nSubject: "+strings.Repeat("日本語", 100)+"\n\n", "A:B/../cur/CON"),
		item("From: x@x.example\nDate: Wed, 4 Mar 2026 10:00:00 +0100\n\n"),
		item("no header"),
	)
	var names []string
	err := filepath.WalkDir(path, func(p string, e os.DirEntry, err error) error {
		if rel, _ := filepath.Rel(path, p); !e.IsDir() {
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2026-03-04 0912 Ada Lovelace - RE_ a_b_ Grüße (2).eml",
		"2026-03-04 0912 Ada Lovelace - Re_ a_b_ Grüße.eml",
		"2026-03-04 1000 x@x.example - no subject.eml",
		"no subject.eml",
	}
	long := slices.IndexFunc(names, func(n string) bool { return strings.HasPrefix(n, "A_B/cur_/_CON/2026-03-04 0912 ") })
	if long < 0 || !strings.HasSuffix(names[long], ".eml") {
		t.Fatalf("names %q have none in A_B/cur_/_CON", names)
	}
	if got := slices.Delete(slices.Clone(names), long, long+1); !slices.Equal(got, want) {
		t.Errorf("names %q, want %q", got, want)
	}
}

func TestNothingIsReplaced(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Mbox, Maildir, Folder} {
		dir := t.TempDir()
		full := filepath.Join(dir, "full")
		write(t, filepath.Join(full, "x"), "precious")
		file := filepath.Join(dir, "file")
		write(t, file, "precious")
		for _, path := range []string{full, file, filepath.Join(dir, "missing", "out")} {
			if _, err := Create(path, kind); !mail.Is(err, mail.KindInput) {
				t.Errorf("%s at %s: error %v, want input", kind, path, err)
			}
		}

		// Taken while the export ran: the export is kept, and so is the other.
		late := filepath.Join(dir, "late")
		sink, err := Create(late, kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := sink.Put(context.Background(), item("Subject: x\n\n")); err != nil {
			t.Fatal(err)
		}
		write(t, late, "precious")
		if err := sink.Close(); !mail.Is(err, mail.KindInput) {
			t.Errorf("%s: error %v, want input", kind, err)
		}
		if b, err := os.ReadFile(late); string(b) != "precious" {
			t.Errorf("%s: the file became %q %v", kind, b, err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".late.part-*")); len(left) != 1 {
			t.Errorf("%s: the export is in %q", kind, left)
		}
	}
}

func TestEmptyPlacesAreUsed(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Mbox, Maildir, Folder} {
		path := filepath.Join(t.TempDir(), "out")
		if kind == Mbox {
			write(t, path, "")
		} else if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		export(t, path, kind, item("Subject: x\n\n"))
		if back := readAll(t, path); len(back) != 1 {
			t.Errorf("%s: %d messages", kind, len(back))
		}
	}
}

// A message that cannot be read to its end must leave nothing, and the others
// must be whole.
func TestFailedPutLeavesTheOthers(t *testing.T) {
	t.Parallel()
	broken := errors.New("the server went away")
	for _, kind := range []Kind{Mbox, Maildir, Folder} {
		path := filepath.Join(t.TempDir(), "out")
		sink, err := Create(path, kind)
		if err != nil {
			t.Fatal(err)
		}
		half := io.MultiReader(strings.NewReader("Subject: half\n\n"+strings.Repeat("x", 300_000)), iotest.ErrReader(broken))
		canceled, cancel := context.WithCancel(context.Background())
		cancel()
		for _, step := range []error{
			sink.Put(context.Background(), item("Subject: 1\n\n")),
			sink.Put(context.Background(), item("Subject: 2\n\nno end")),
		} {
			if step != nil {
				t.Fatal(step)
			}
		}
		if err := sink.Put(context.Background(), Item{Raw: half}); !errors.Is(err, broken) {
			t.Errorf("%s: error %v, want %v", kind, err, broken)
		}
		if err := sink.Put(canceled, item("Subject: c\n\n")); !mail.Is(err, mail.KindCanceled) {
			t.Errorf("%s: error %v, want canceled", kind, err)
		}
		if err := sink.Put(context.Background(), item("Subject: 3\n\n")); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: the place is taken before Close", kind)
		}
		if err := sink.Close(); err != nil {
			t.Fatal(err)
		}
		got := raws(readAll(t, path))
		slices.Sort(got)
		if want := []string{"Subject: 1\n\n", "Subject: 2\n\nno end", "Subject: 3\n\n"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", kind, got, want)
		}
		noLeftovers(t, filepath.Dir(path))
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Mbox, Maildir, Folder} {
		dir := t.TempDir()
		sink, err := Create(filepath.Join(dir, "out"), kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(sink.Put(context.Background(), item("x")), sink.Abort(), sink.Close(), sink.Abort()); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			t.Errorf("%s: left behind %v", kind, entries)
		}
	}
}

// FuzzMboxRoundTrip takes data as messages parted by \xff.
func FuzzMboxRoundTrip(f *testing.F) {
	for _, m := range oddMessages() {
		if len(m) < 1000 {
			f.Add([]byte("a\xff" + m + "\xff" + m))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		messages := bytes.Split(data, []byte("\xff"))
		var file []byte
		for _, m := range messages {
			file = append(file, mboxOf(t, m)...)
		}
		reader := newMboxReader(bytes.NewReader(file))
		for _, m := range messages {
			if err := reader.next(); err != nil {
				t.Fatalf("%q is missing: %v", m, err)
			}
			if back, err := io.ReadAll(reader); err != nil || !bytes.Equal(back, m) {
				t.Fatalf("%q became %q, %v", m, back, err)
			}
		}
		if err := reader.next(); err != io.EOF || reader.unquoted > 0 {
			t.Fatalf("at the end: %v, %d lines not quoted", err, reader.unquoted)
		}
	})
}

func mboxOf(t *testing.T, m []byte) []byte {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	unended, err := writeMbox(w, bufio.NewReaderSize(bytes.NewReader(m), mboxBuffer), time.Time{})
	if err := errors.Join(err, w.Flush()); err != nil {
		t.Fatal(err)
	}
	if unended {
		copy(b.Bytes()[len(fromMark):], senderUnended)
	}
	return b.Bytes()
}

func BenchmarkMboxWrite(b *testing.B) {
	m := []byte("Subject: x\r\n\r\n" + strings.Repeat("A line of a message as it stands in many mails, by and large.\r\n> quoted\r\n", 100))
	r := bufio.NewReaderSize(nil, mboxBuffer)
	w := bufio.NewWriter(io.Discard)
	b.SetBytes(int64(len(m)))
	for b.Loop() {
		r.Reset(bytes.NewReader(m))
		writeMbox(w, r, time.Time{})
	}
}
