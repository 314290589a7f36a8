package typeset

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// conformance returns the Unicode Consortium's test of UAX #9, which go-text
// carries; "" if that module has no test data here.
func conformance(t *testing.T) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-text/typesetting").Output()
	if err != nil {
		t.Skip("no module cache:", err)
	}
	name := filepath.Join(strings.TrimSpace(string(out)), "bidi", "test", "BidiCharacterTest.txt")
	if _, err := os.Stat(name); err != nil {
		t.Skip(err)
	}
	return name
}

func TestLevelsConformToUnicode(t *testing.T) {
	f, err := os.Open(conformance(t))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n, bad := 0, 0
	for sc := bufio.NewScanner(f); sc.Scan(); {
		fields := strings.Split(sc.Text(), ";")
		if strings.HasPrefix(sc.Text(), "#") || len(fields) != 5 {
			continue
		}
		var runes []rune
		for _, h := range strings.Fields(fields[0]) {
			r, _ := strconv.ParseUint(h, 16, 32)
			runes = append(runes, rune(r))
		}
		d := map[string]Direction{"0": LeftToRight, "1": RightToLeft, "2": Auto}[fields[1]]
		p := newBidiParagraph(runes, d)
		levels := p.resolve()
		n++
		ok := strconv.Itoa(int(p.base)) == fields[2]
		for i, want := range strings.Fields(fields[3]) {
			if want != "x" && want != strconv.Itoa(int(levels[i])) {
				ok = false
			}
		}
		if !ok {
			if bad++; bad < 10 {
				t.Errorf("%s: got base %d, levels %v", sc.Text(), p.base, levels)
			}
		}
	}
	t.Logf("%d cases, %d failed", n, bad)
}
