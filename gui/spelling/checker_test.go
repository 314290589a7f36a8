package spelling

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestDictionariesOfALocale(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"de_AT.dic", "de_AT.aff", "en_US.dic", "en_US.aff", "en_GB.dic", "en_GB.aff", "fr_FR.dic"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for locale, want := range map[string][]string{
		"de_AT.UTF-8": {"de_AT", "en_US"}, "de_DE@euro": {"de_AT", "en_US"}, "en_GB.UTF-8": {"en_GB"}, "en_NZ": {"en_GB"}, "fr_FR": {"en_US"},
		"C": {"en_US"}, "": {"en_US"}, "../../etc": {"en_US"},
	} {
		var got []string
		for _, path := range dictionaries([]string{filepath.Join(dir, "none"), dir}, locale) {
			got = append(got, filepath.Base(path))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", locale, got, want)
		}
	}
}

func TestWordsAreChecked(t *testing.T) {
	learnt := filepath.Join(t.TempDir(), "words.txt")
	c := Find("en_US", learnt)
	if c == nil {
		t.Skip("there is no hunspell here, or no English dictionary")
	}
	defer c.Close()
	for range 2 {
		got, err := c.Check([]string{"letter", "lettre", "don’t", "Paris", "well-known", "xqzzt", "!q", "שלום", "слово"})
		if err != nil {
			t.Fatal(err)
		}
		for word, wrong := range map[string]bool{"letter": false, "lettre": true, "don’t": false, "Paris": false, "well-known": false, "xqzzt": true, "שלום": false, "слово": false} {
			if got[word].Wrong != wrong {
				t.Errorf("%q: %+v", word, got[word])
			}
		}
		if !slices.Contains(got["lettre"].Instead, "letter") && !slices.Contains(got["lettre"].Instead, "letters") {
			t.Errorf("instead of lettre: %v", got["lettre"].Instead)
		}
		c.running.cmd.Process.Kill() // it is started anew
		c.Check([]string{"letter"})
	}
}

func TestWordsAreLearnt(t *testing.T) {
	learnt := filepath.Join(t.TempDir(), "words.txt")
	c := Find("en_US", learnt)
	if c == nil {
		t.Skip("there is no hunspell here, or no English dictionary")
	}
	if err := c.Learn("fernlight"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := c.Check([]string{"fernlight", "Fernlight", "fernlightt"})
		if err != nil || got["fernlight"].Wrong || got["Fernlight"].Wrong || !got["fernlightt"].Wrong {
			t.Errorf("%+v, %v", got, err)
		}
		c.Close()
		c = Find("en_US", learnt)
	}
}

// A program that does not speak the language of spell checkers is left alone.
func TestABrokenCheckerIsGivenUp(t *testing.T) {
	c := &Checker{tool: "/bin/true"}
	for range maxFailed + 1 {
		if _, err := c.Check([]string{"letter"}); err == nil {
			t.Error("it has an opinion")
		}
	}
	if _, err := c.Check([]string{"letter"}); err != errGivenUp {
		t.Errorf("%v", err)
	}
}
