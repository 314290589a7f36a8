package wire

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the outcomes into the fixtures")

// fixture is one conversation of a file in testdata: what the client does, what
// the server says to that, and what the client then knows.
//
//	# its name
//	C: FETCH
//	S: a line, CRLF added; $ at its start is the tag
//	S~ "octets as a Go string, nothing added"
//	S! close
//	= an outcome
type fixture struct {
	name, verb string
	say, want  []string
	hang       bool
	source     []string // all lines but the outcomes
}

func readFixtures(t testing.TB, path string) []fixture {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []fixture
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "# "); ok {
			list = append(list, fixture{name: name})
		}
		if line == "" || len(list) == 0 {
			continue
		}
		f := &list[len(list)-1]
		if want, ok := strings.CutPrefix(line, "= "); ok {
			f.want = append(f.want, want)
			continue
		}
		f.source = append(f.source, line)
		f.read(t, line)
	}
	return list
}

func (f *fixture) read(t testing.TB, line string) {
	kind, rest, _ := strings.Cut(line, " ")
	switch kind {
	case "C:":
		f.verb = rest
	case "S:":
		f.say = append(f.say, rest+"\r\n")
	case "S~":
		s, err := strconv.Unquote(rest)
		if err != nil {
			t.Fatalf("%s: %s", line, err)
		}
		f.say = append(f.say, s)
	case "S!":
		f.hang = true
	}
}

// TestServersHabits plays what real servers were seen to do, and what hostile
// ones might.
func TestServersHabits(t *testing.T) {
	files, err := filepath.Glob("testdata/quirks/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, path := range files {
		list := readFixtures(t, path)
		for i := range list {
			f := &list[i]
			t.Run(f.name, func(t *testing.T) {
				o, _ := play(t, f.verb, f.say, f.hang)
				o.steady()
				if *update {
					f.want = o.lines
					return
				}
				if got, want := strings.Join(o.lines, "\n"), strings.Join(f.want, "\n"); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
		if *update {
			writeFixtures(t, path, list)
		}
	}
}

func writeFixtures(t *testing.T, path string, list []fixture) {
	var b bytes.Buffer
	for i, f := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, line := range f.source {
			b.WriteString(line + "\n")
		}
		for _, line := range f.want {
			b.WriteString("= " + line + "\n")
		}
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}
