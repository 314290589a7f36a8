package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/rivo/uniseg"
)

// dangerous reports what must never come from mail to a terminal.
func dangerous(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ in, line, text string }{
		{"Grüße aus 北京 👋🏽", "Grüße aus 北京 👋🏽", "Grüße aus 北京 👋🏽"},
		{"a\tb\nc", "a b c", "a\tb\nc"},
		{"a\r\nb\rc", "a  b c", "a\nb\ufffdc"},
		{"\x1b[31mred\x07", "\ufffd[31mred\ufffd", "\ufffd[31mred\ufffd"},
		{"\u009b31m", "\ufffd31m", "\ufffd31m"},
		{"exe.\u202etxt\u2066x\u2069", "exe.txtx", "exe.txtx"},
		{"tag\U000e0041", "tag", "tag"},
		{"a\u2028b", "a b", "a b"},
		{"bad \xff utf8", "bad \ufffd utf8", "bad \ufffd utf8"},
	} {
		if got := plain(c.in); got != c.line {
			t.Errorf("plain(%q) = %q, want %q", c.in, got, c.line)
		}
		if got := plainText(c.in); got != c.text {
			t.Errorf("plainText(%q) = %q, want %q", c.in, got, c.text)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("\x1b]0;t\x07\r\n\u202e\u009b")
	f.Fuzz(func(t *testing.T, s string) {
		if i := strings.IndexFunc(plain(s), dangerous); i >= 0 {
			t.Errorf("plain(%q) has %q", s, plain(s)[i:])
		}
		rest := strings.NewReplacer("\n", "", "\t", "").Replace(plainText(s))
		if i := strings.IndexFunc(rest, dangerous); i >= 0 {
			t.Errorf("plainText(%q) has %q", s, rest[i:])
		}
	})
}

func FuzzFit(f *testing.F) {
	f.Add("北京 👨‍👩‍👧 é", 5, true)
	f.Fuzz(func(t *testing.T, s string, width int, right bool) {
		if width < 2 || width > 200 {
			return
		}
		if got := fit(plain(s), width, right); uniseg.StringWidth(got) != width {
			t.Errorf("fit(%q, %d) = %q is %d wide", s, width, got, uniseg.StringWidth(got))
		}
	})
}

// TestTable: columns are aligned by what is seen, and cut to the terminal.
func TestTable(t *testing.T) {
	var out bytes.Buffer
	a := &app{env: env{out: &out, term: Terminal{Width: 26}}}
	table := a.table(column{right: true}, column{max: 8}, column{})
	table.row(normal, "7", "北京", "first")
	table.row(bold, "1234", "a very long name", "a subject that is longer than the terminal")
	table.row(red, "1", "", "")
	table.print()
	want := "" +
		"   7  北京      first\n" +
		"1234  a very …  a subject…\n" +
		"   1\n"
	if out.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", out.String(), want)
	}
}

// TestColoursOnTerminalsOnly: and a reset after each.
func TestColoursOnTerminalsOnly(t *testing.T) {
	for _, color := range []bool{false, true} {
		var out bytes.Buffer
		a := &app{env: env{out: &out, term: Terminal{Color: color}}}
		table := a.table(column{})
		table.row(bold, "x")
		table.print()
		if want := map[bool]string{false: "x\n", true: "\x1b[1mx\x1b[0m\n"}[color]; out.String() != want {
			t.Errorf("colour %v: %q, want %q", color, out.String(), want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 messages", 1: "1 message", 2000: "2,000 messages"} {
		if got := count(n, "message"); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestClock(t *testing.T) {
	for offset, want := range map[string]time.Duration{
		"+400d": 400 * 24 * time.Hour, "-8h": -8 * time.Hour, "+1d12h": 36 * time.Hour, "-2w": -14 * 24 * time.Hour,
		"+1w2d3h4m": 9*24*time.Hour + 3*time.Hour + 4*time.Minute, "+0s": 0,
	} {
		now, err := clockFrom(offset)
		if err != nil {
			t.Errorf("clockFrom(%q): %v", offset, err)
			continue
		}
		if got := time.Until(now()) - want; got > time.Minute || got < -time.Minute {
			t.Errorf("clockFrom(%q) is off by %v", offset, got)
		}
	}
	for _, offset := range []string{"400d", "+", "+d", "tomorrow", "+-8h", "+1y", "+8h8", "+99999999d"} {
		if _, err := clockFrom(offset); err == nil {
			t.Errorf("clockFrom(%q) was understood", offset)
		}
	}
}
