package sample_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	gomessage "github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	gomail "github.com/emersion/go-message/mail"

	"postrider/assets"
	"postrider/mail"
	"postrider/mail/demo/sample"
)

// noon is when the tests' world starts: a Tuesday.
var noon = time.Date(2026, time.March, 3, 12, 0, 0, 0, time.FixedZone("", 3600))

func load(t testing.TB, seed uint64) *sample.Set {
	t.Helper()
	set, err := sample.Load(assets.Demo(), sample.Options{Now: noon, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// first is the set that most tests look at: its pictures are drawn once.
var first = sync.OnceValues(func() (*sample.Set, error) {
	return sample.Load(assets.Demo(), sample.Options{Now: noon, Seed: 1})
})

func letters(t testing.TB) *sample.Set {
	t.Helper()
	set, err := first()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// leaf is a part of a message that holds no others.
type leaf struct {
	kind, name, disposition string
	params                  map[string]string
	encoding                string
	body                    []byte
}

func open(t *testing.T, raw []byte) (gomail.Header, []leaf) {
	t.Helper()
	e, err := gomessage.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var leaves []leaf
	err = e.Walk(func(_ []int, e *gomessage.Entity, err error) error {
		if err != nil {
			return err
		}
		kind, params, err := e.Header.ContentType()
		if err != nil {
			return err
		}
		if strings.HasPrefix(kind, "multipart/") {
			return nil
		}
		body, err := io.ReadAll(e.Body)
		if err != nil {
			return err
		}
		disposition, dp, _ := e.Header.ContentDisposition()
		name := dp["filename"]
		leaves = append(leaves, leaf{kind, name, disposition, params, e.Header.Get("Content-Transfer-Encoding"), body})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return gomail.Header{Header: e.Header}, leaves
}

// unflow joins what format=flowed parted (RFC 3676 4.2).
func unflow(text string) string {
	var out []string
	soft := false
	for _, line := range strings.Split(text, "\n") {
		content := line
		if marks := len(line) - len(strings.TrimLeft(line, ">")); soft && marks > 0 {
			content = strings.TrimPrefix(line[marks:], " ")
		}
		if soft {
			out[len(out)-1] += content
		} else {
			out = append(out, strings.TrimPrefix(line, " "))
		}
		soft = strings.HasSuffix(line, " ") && line != "-- "
	}
	return strings.Join(out, "\n")
}

func TestEveryLetterHoldsWhatItClaims(t *testing.T) {
	for _, l := range letters(t).Letters {
		t.Run(l.ID, func(t *testing.T) {
			h, leaves := open(t, l.Raw())
			if got, err := h.Subject(); err != nil || got != l.Subject {
				t.Errorf("subject %q (%v), want %q", got, err, l.Subject)
			}
			if got, err := h.AddressList("From"); err != nil || len(got) != 1 || got[0].Name != l.From.Name || got[0].Address != l.From.Address {
				t.Errorf("from %v (%v), want %v", got, err, l.From)
			}
			if got, err := h.AddressList("To"); err != nil || len(got) != len(l.To) || len(got) > 0 && got[0].Name != l.To[0].Name {
				t.Errorf("to %v (%v), want %v", got, err, l.To)
			}
			if got, err := h.Date(); err != nil || !got.Equal(l.Date) {
				t.Errorf("date %v (%v), want %v", got, err, l.Date)
			}
			if got, err := h.MessageID(); err != nil || got != l.MessageID {
				t.Errorf("message id %q (%v)", got, err)
			}
			var names []string
			text := ""
			for _, part := range leaves {
				if part.disposition == "attachment" && part.name != "" {
					names = append(names, part.name)
				}
				if part.kind == "text/plain" && part.disposition == "" && text == "" {
					text = strings.ReplaceAll(string(part.body), "\r\n", "\n")
					if part.params["format"] == "flowed" {
						text = unflow(text)
					}
				}
				if strings.HasPrefix(part.kind, "text/") && bytes.Contains(part.body, []byte("{{")) {
					t.Errorf("a place was left empty in %s: %s", part.kind, part.body)
				}
				checkFile(t, part)
			}
			if !slices.Equal(names, l.Attachments) {
				t.Errorf("attachments %q, want %q", names, l.Attachments)
			}
			if want := l.Text; want != "" && text != want+"\n" && text != want {
				t.Errorf("text\n%q, want\n%q", text, want)
			}
		})
	}
}

// checkFile reads a file with the standard library's own reader of its kind.
func checkFile(t *testing.T, f leaf) {
	t.Helper()
	switch f.kind {
	case "image/png", "image/jpeg":
		if _, format, err := image.DecodeConfig(bytes.NewReader(f.body)); err != nil || "image/"+format != f.kind {
			t.Errorf("%s: %s, %v", f.name, format, err)
		}
	case "application/zip", "application/vnd.oasis.opendocument.spreadsheet":
		if z, err := zip.NewReader(bytes.NewReader(f.body), int64(len(f.body))); err != nil || len(z.File) == 0 {
			t.Errorf("%s: %v", f.name, err)
		}
	case "text/csv":
		if rows, err := csv.NewReader(bytes.NewReader(f.body)).ReadAll(); err != nil || len(rows) < 2 {
			t.Errorf("%s: %v", f.name, err)
		}
	case "application/pdf":
		checkPDF(t, f)
	case "text/calendar":
		if !strings.HasPrefix(string(f.body), "BEGIN:VCALENDAR\r\n") || f.params["method"] != "REQUEST" {
			t.Errorf("calendar %v %.40q", f.params, f.body)
		}
	}
}

var xrefEntry = regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`)

// checkPDF looks whether the cross-reference table points at the objects.
func checkPDF(t *testing.T, f leaf) {
	t.Helper()
	entries := xrefEntry.FindAllSubmatch(f.body, -1)
	if len(entries) < 6 {
		t.Fatalf("%s has %d objects", f.name, len(entries))
	}
	for i, entry := range entries {
		var at int
		fmt.Sscan(string(bytes.TrimLeft(entry[1], "0")), &at)
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !bytes.HasPrefix(f.body[at:], []byte(want)) {
			t.Errorf("%s: object %d is not at %d", f.name, i+1, at)
		}
	}
}

func TestLinesFitTheWire(t *testing.T) {
	for _, l := range letters(t).Letters {
		raw := l.Raw()
		if bytes.Count(raw, []byte("\n")) != bytes.Count(raw, []byte("\r\n")) || bytes.Count(raw, []byte("\r")) != bytes.Count(raw, []byte("\r\n")) {
			t.Errorf("%s has bare line ends", l.ID)
		}
		for line := range bytes.Lines(raw) {
			if len(line) > 1000 { // RFC 5321 4.5.3.1.6
				t.Errorf("%s has a line of %d bytes: %.60q", l.ID, len(line), line)
			}
		}
	}
}

func TestTheMailIsVaried(t *testing.T) {
	charsets, encodings, kinds := map[string]int{}, map[string]int{}, map[string]int{}
	unread, flagged := 0, 0
	set := letters(t)
	ids := map[string]string{}
	for _, l := range set.Letters {
		_, leaves := open(t, l.Raw())
		for _, part := range leaves {
			charsets[strings.ToLower(part.params["charset"])]++
			encodings[part.encoding]++
			kinds[part.kind]++
		}
		if !l.Flags.Has(mail.Seen) {
			unread++
		}
		if l.Flags.Has(mail.Flagged) {
			flagged++
		}
		if other, twice := ids[l.MessageID]; twice {
			t.Errorf("%s and %s share a Message-ID", l.ID, other)
		}
		ids[l.MessageID] = l.ID
		if l.Date.After(noon) {
			t.Errorf("%s is from the future: %v", l.ID, l.Date)
		}
	}
	for _, want := range []string{"utf-8", "us-ascii", "iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "windows-1255", "windows-1256", "koi8-r", "iso-2022-jp", "shift_jis", "euc-kr", "gb18030"} {
		if charsets[want] == 0 {
			t.Errorf("nothing is in %s", want)
		}
	}
	for _, want := range []string{"7bit", "8bit", "quoted-printable", "base64"} {
		if encodings[want] == 0 {
			t.Errorf("nothing is in %s", want)
		}
	}
	for _, want := range []string{"text/html", "text/calendar", "text/csv", "application/pdf", "application/zip", "image/png", "image/jpeg", "message/rfc822", "message/delivery-status"} {
		if kinds[want] == 0 {
			t.Errorf("there is no %s", want)
		}
	}
	if n := len(set.Letters); n < 300 || unread < 20 || unread > n/3 || flagged < 5 {
		t.Errorf("%d letters, %d unread, %d flagged", n, unread, flagged)
	}
}

func TestRepliesFormThreads(t *testing.T) {
	set := letters(t)
	h, leaves := open(t, set.Find("lighting-4").Raw())
	refs, err := h.MsgIDList("References")
	var want []string
	for _, id := range []string{"lighting-1", "lighting-2", "lighting-3"} {
		want = append(want, set.Find(id).MessageID)
	}
	if err != nil || !slices.Equal(refs, want) {
		t.Errorf("references %q (%v), want %q", refs, err, want)
	}
	if text := string(leaves[0].body); !strings.Contains(text, "\r\n>>> Two wishes from the house") {
		t.Errorf("the first letter is not quoted at the third level:\n%s", text)
	}
}

func TestItWorksOnAnyDay(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2028, time.February, 29, 0, 5, 0, 0, time.UTC), time.Date(2027, time.January, 1, 0, 0, 0, 0, time.FixedZone("", 14*3600)),
		time.Date(2026, time.October, 31, 23, 59, 0, 0, time.FixedZone("", -11*3600)), time.Date(2026, time.March, 31, 8, 0, 0, 0, time.UTC),
	} {
		set, err := sample.Load(assets.Demo(), sample.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		months := map[string]bool{}
		for _, l := range set.Letters {
			if l.Date.After(now) {
				t.Errorf("on %v, %s is from the future: %v", now, l.ID, l.Date)
			}
			if strings.HasPrefix(l.ID, "statement") {
				months[l.Subject] = true
			}
		}
		if len(months) != 8 {
			t.Errorf("on %v there are statements for %d months", now, len(months))
		}
	}
}

func TestBounceCarriesTheMessage(t *testing.T) {
	set := letters(t)
	_, leaves := open(t, set.Find("bounce").Raw())
	if len(leaves) != 3 || leaves[1].kind != "message/delivery-status" || !bytes.Equal(leaves[2].body, set.Find("bounce-out").Raw()) {
		t.Errorf("the report has %d parts", len(leaves))
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	a, b, c := load(t, 7), load(t, 7), load(t, 8)
	differ := 0
	for i, l := range a.Letters {
		if i%5 != 0 { // drawing takes long
			continue
		}
		if !bytes.Equal(l.Raw(), b.Letters[i].Raw()) {
			t.Errorf("%s differs", l.ID)
		}
		if !bytes.Equal(l.Raw(), c.Letters[i].Raw()) {
			differ++
		}
	}
	if differ == 0 {
		t.Error("another seed changes nothing")
	}
}

func TestLateLetterIsAnother(t *testing.T) {
	l := letters(t).Find("later-amara")
	late := l.Late(noon.Add(time.Hour))
	h, _ := open(t, late.Raw())
	if at, err := h.Date(); err != nil || !at.Equal(noon.Add(time.Hour)) || late.MessageID == l.MessageID {
		t.Errorf("date %v (%v), id %s", at, err, late.MessageID)
	}
}

func TestCrowd(t *testing.T) {
	crowd := sample.NewCrowd(sample.Options{Now: noon, Seed: 1}, sample.Person{Name: "Nora Falk", Address: "nora@fernlight.example"}, 100_000)
	subjects := map[string]bool{}
	for i := 0; i < 100_000; i += 501 {
		raw := crowd.Raw(i)
		if !bytes.Equal(raw, crowd.Raw(i)) {
			t.Fatalf("letter %d changes", i)
		}
		h, leaves := open(t, raw)
		subject, err := h.Subject()
		if err != nil || subject == "" || strings.Contains(subject, "$") || len(leaves) != 1 || bytes.Contains(leaves[0].body, []byte("$")) {
			t.Errorf("letter %d: %q, %v", i, subject, err)
		}
		if at, err := h.Date(); err != nil || !at.Equal(crowd.Date(i)) || at.After(noon) {
			t.Errorf("letter %d is of %v (%v)", i, at, err)
		}
		if _, err := h.AddressList("From"); err != nil {
			t.Errorf("letter %d: %v", i, err)
		}
		subjects[subject] = true
	}
	if len(subjects) < 80 {
		t.Errorf("only %d subjects in 200 letters", len(subjects))
	}
}

func BenchmarkCrowd(b *testing.B) {
	crowd := sample.NewCrowd(sample.Options{Now: noon, Seed: 1}, sample.Person{Address: "nora@fernlight.example"}, 100_000)
	for i := 0; b.Loop(); i++ {
		crowd.Raw(i % 100_000)
	}
}

func TestSlipsOfThePenAreFound(t *testing.T) {
	for name, stanza := range map[string]string{
		"unknown field":  "%% a\nFrm: x@example.org\nWhen: 1h\n\nhello",
		"no date":        "%% a\nFrom: x@example.org\nWhen: soon\n\nhello",
		"no sender":      "%% a\nFrom: nobody\nWhen: 1h\n\nhello",
		"unknown parent": "%% a\nFrom: x@example.org\nWhen: 1h\nRe: b\n\nhello",
		"empty place":    "%% a\nFrom: x@example.org\nWhen: 1h\n\nhello {{you}}",
		"no such page":   "%% a\nFrom: x@example.org\nWhen: 1h\nHtml: nothing\n\nhello",
		"unknown kind":   "%% a\nFrom: x@example.org\nWhen: 1h\nAttach: exe | a.exe\n\nhello",
		"twice":          "%% a\nFrom: x@example.org\nWhen: 1h\n\nhello\n\n%% a\nFrom: x@example.org\nWhen: 1h\n\nhello",
		"half an event":  "%% a\nFrom: x@example.org\nWhen: 1h\nEvent: lunch\n\nhello",
	} {
		fsys := fstest.MapFS{
			"people.txt":       {Data: []byte("work = Nora <nora@example.org>\n")},
			"mail/work/a.txt":  {Data: []byte(stanza)},
			"arrivals/.ignore": {},
		}
		if _, err := sample.Load(fsys, sample.Options{Now: noon}); mail.KindOf(err) != mail.KindBug {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAssetsHaveNoRemoteAddressOfRealPeople(t *testing.T) {
	address := regexp.MustCompile(`[A-Za-z0-9._-]+@([a-z0-9.-]+)|https?://([a-z0-9.-]+)`)
	err := fs.WalkDir(assets.Demo(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(assets.Demo(), name)
		for _, m := range address.FindAllStringSubmatch(string(text), -1) {
			domain := m[1] + m[2]
			if !strings.HasSuffix(domain, ".example") && !strings.HasPrefix(domain, "example.") {
				t.Errorf("%s names %s", name, m[0])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
