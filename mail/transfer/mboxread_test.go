package transfer

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"postrider/mail"
)

// got is an item as read to the end.
type got struct {
	Raw    string
	Flags  mail.Flags
	Date   time.Time
	Folder string
}

func readAll(t *testing.T, path string) []got {
	t.Helper()
	source, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []got
	err = source.Each(context.Background(), func(item Item) error {
		raw, err := io.ReadAll(item.Raw)
		all = append(all, got{string(raw), item.Flags, item.Date.UTC(), item.Folder})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func raws(items []got) []string {
	texts := make([]string, len(items))
	for i, g := range items {
		texts[i] = g.Raw
	}
	return texts
}

func at(s string) time.Time {
	t, err := time.Parse(time.DateTime, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestMboxOfOtherPrograms(t *testing.T) {
	flags := func(s mail.System, words ...string) mail.Flags { return mail.Bits(s).Union(mail.FlagsOf(words...)) }
	tests := []struct {
		file  string
		flags []mail.Flags
		dates []time.Time
		parts []string // what each message has to end with
	}{
		{
			"mboxo.mbox",
			[]mail.Flags{flags(mail.Seen | mail.Answered | mail.Flagged), {}},
			[]time.Time{at("2026-03-04 09:12:33"), at("2026-03-04 10:00:00")},
			[]string{
				"Dear Bob,\n\nFrom here on the road is bad.\n> From the old mail\nBye.\n",
				"too:\n\nFrom ada@x.example Wed Mar  4 09:12:33 2026\n\nEnd\n",
			},
		},
		{
			"unquoted.mbox",
			[]mail.Flags{{}, flags(0, "work", "$Label1")},
			[]time.Time{at("2026-03-04 09:12:33"), at("2026-03-04 09:00:00")},
			[]string{"From here on the road is bad.\n\nFrom the top, please.\n>From stays as it is.\n", "Text\n"},
		},
		{
			"thunderbird.mbox",
			[]mail.Flags{flags(mail.Seen|mail.Answered|mail.Flagged|mail.Forwarded, "$label1", "work"), flags(mail.Seen | mail.Deleted)},
			[]time.Time{at("2026-03-04 09:12:33"), at("2026-03-04 09:13:00")},
			[]string{"\n\nText\n", "\n\nText\n"},
		},
		{
			"takeout.mbox",
			[]mail.Flags{flags(mail.Seen | mail.Flagged), {}},
			[]time.Time{at("2026-01-03 10:20:30"), at("2026-01-03 11:20:30")},
			[]string{"\n>From the depths\nFrom: nobody, as it seems\n", "Text\n"},
		},
		{
			"noempty.mbox",
			[]mail.Flags{{}, {}},
			[]time.Time{at("2026-03-04 09:12:33"), at("2026-03-04 10:00:00")},
			[]string{"Subject: first\n\nText\n", "\n\nText\nFrom Bob Wed Mar  4 10:00:00 2026\nis not a separator: no field follows\n"},
		},
		{
			"undated.mbox",
			[]mail.Flags{{}, {}},
			[]time.Time{{}, {}},
			[]string{"\n\nFrom the heart,\nAda\n", "\n\nText\n"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			items := readAll(t, filepath.Join("testdata", tt.file))
			if len(items) != len(tt.parts) {
				t.Fatalf("%d messages, want %d: %q", len(items), len(tt.parts), raws(items))
			}
			for i, item := range items {
				if !strings.HasSuffix(item.Raw, tt.parts[i]) {
					t.Errorf("message %d is %q, want it to end with %q", i, item.Raw, tt.parts[i])
				}
				if strings.HasPrefix(item.Raw, "From ") {
					t.Errorf("message %d begins with its separator: %q", i, item.Raw)
				}
				if item.Flags != tt.flags[i] || !item.Date.Equal(tt.dates[i]) {
					t.Errorf("message %d: %v %v, want %v %v", i, item.Flags, item.Date, tt.flags[i], tt.dates[i])
				}
			}
		})
	}
}

func TestMboxWithCRLF(t *testing.T) {
	path := filepath.Join(t.TempDir(), "crlf")
	text := "\ufeffFrom a Wed Mar  4 09:12:33 2026\r\nSubject: 1\r\n\r\n>From x\r\n\r\nFrom b Wed Mar  4 09:12:33 2026\r\nSubject: 2\r\n\r\nend\r\n\r\n"
	write(t, path, text)
	want := []string{"Subject: 1\r\n\r\nFrom x\r\n", "Subject: 2\r\n\r\nend\r\n"}
	if got := raws(readAll(t, path)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A stranger's Content-Length must not hide the message behind it.
func TestContentLengthHidesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in")
	second := "From b Wed Mar  4 09:12:33 2026\nSubject: 2\n\nimportant\n\n"
	third := "From c Wed Mar  4 09:12:33 2026\nSubject: 3\n\nx\n"
	first := fmt.Sprintf("From a Wed Mar  4 09:12:33 2026\nContent-Length: %d\n\nhi\n\n", len("hi\n\n"+second))
	write(t, path, first+second+third)
	if got := readAll(t, path); len(got) != 3 {
		t.Errorf("%d messages, want 3: %q", len(got), raws(got))
	}
}

func TestMboxOriginAndUnreadItems(t *testing.T) {
	source, err := Open(filepath.Join("testdata", "mboxo.mbox"))
	if err != nil {
		t.Fatal(err)
	}
	var origins []string
	err = source.Each(context.Background(), func(item Item) error {
		origins = append(origins, filepath.Base(item.Origin))
		return nil // without reading it
	})
	if want := []string{"mboxo.mbox:1", "mboxo.mbox:13"}; err != nil || !reflect.DeepEqual(origins, want) {
		t.Errorf("origins %q %v, want %q", origins, err, want)
	}
	if size, err := source.Size(); err != nil || size != source.Done() {
		t.Errorf("read %d of %d bytes, %v", source.Done(), size, err)
	}
}

func TestEachEndsWithItsContext(t *testing.T) {
	source, err := Open(filepath.Join("testdata", "mboxo.mbox"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := source.Each(ctx, func(Item) error { return nil }); !mail.Is(err, mail.KindCanceled) {
		t.Errorf("error %v, want canceled", err)
	}
}

// slowReader gives one byte at a time, to meet every border.
type slowReader struct{ r io.Reader }

func (s slowReader) Read(p []byte) (int, error) { return s.r.Read(p[:min(1, len(p))]) }

// FuzzMboxReader checks that whatever the file, its messages and separators
// make up all of it, and that reading in small steps changes nothing.
func FuzzMboxReader(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.mbox")
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("From NO-FINAL-LINE Wed Mar  4 09:12:33 2026\n\r\n\nFrom x\n>>From y"))
	f.Fuzz(func(t *testing.T, file []byte) {
		rest := bytes.TrimPrefix(file, []byte("\ufeff"))
		for bytes.HasPrefix(rest, []byte("\n")) || bytes.HasPrefix(rest, []byte("\r\n")) {
			rest = rest[bytes.IndexByte(rest, '\n')+1:]
		}
		m := newMboxReader(bytes.NewReader(file))
		m.keep = true
		slow := newMboxReader(slowReader{bytes.NewReader(file)})
		slow.keep = true
		for {
			err := m.next()
			if again := slow.next(); again != err {
				t.Fatalf("%v, in small steps %v", err, again)
			}
			if err == errNoMbox {
				return
			}
			if err != nil {
				break
			}
			rest = covered(t, rest, m, slow)
		}
		if len(rest) > 0 {
			t.Fatalf("%q is in no message of %q", rest, file)
		}
	})
}

// covered takes a message and what belongs to its separators off rest.
func covered(t *testing.T, rest []byte, m, slow *mboxReader) []byte {
	if !bytes.HasPrefix(rest, fromMark) {
		t.Fatalf("no separator where a message begins: %q", rest)
	}
	line, after, _ := bytes.Cut(rest, []byte("\n"))
	unended := m.from.unended
	raw, err := io.ReadAll(m)
	again, _ := io.ReadAll(slow)
	if err != nil || !bytes.Equal(raw, again) {
		t.Fatalf("%q %v, in small steps %q", raw, err, again)
	}
	after, ok := bytes.CutPrefix(after, raw)
	if !ok {
		t.Fatalf("behind %q is %q, not %q", line, after, raw)
	}
	if unended && len(after) > 0 {
		after = bytes.TrimPrefix(after, []byte("\n"))
	}
	if trimmed := bytes.TrimPrefix(after, []byte("\r\n")); len(trimmed) < len(after) {
		return trimmed
	}
	return bytes.TrimPrefix(after, []byte("\n"))
}

func BenchmarkMboxRead(b *testing.B) {
	body := strings.Repeat("A line of a message as it stands in many mails, by and large.\n> quoted\n", 60)
	var file bytes.Buffer
	for i := range 2000 {
		fmt.Fprintf(&file, "From a@x Wed Mar  4 09:12:33 2026\nSubject: %d\nStatus: RO\n\n%s\n", i, body)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		m := newMboxReader(bytes.NewReader(file.Bytes()))
		for m.next() == nil {
			mboxFlags(m.header())
			io.Copy(io.Discard, m)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
