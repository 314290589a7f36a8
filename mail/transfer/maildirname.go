package transfer

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"postrider/mail"
)

// maildirLetters are the flags of the Maildir format, sorted by letter.
var maildirLetters = []struct {
	letter byte
	flag   mail.System
}{
	{'D', mail.Draft}, {'F', mail.Flagged}, {'P', mail.Forwarded}, {'R', mail.Answered}, {'S', mail.Seen}, {'T', mail.Deleted},
}

// maildirFlags reads the letters at the end of a name. The colon before them
// is a semicolon or exclamation mark where file systems do not know it. Small
// letters are Dovecot's keywords, by their number in keywords.
func maildirFlags(name string, keywords []string) mail.Flags {
	i := strings.LastIndex(name, "2,")
	if i < 1 || !strings.ContainsRune(":;!", rune(name[i-1])) {
		return mail.Flags{}
	}
	var f mail.System
	var words []string
	for _, c := range []byte(name[i+2:]) {
		if k := int(c) - 'a'; k >= 0 && k < len(keywords) {
			words = append(words, keywords[k])
		}
		for _, l := range maildirLetters {
			if l.letter == c {
				f |= l.flag
			}
		}
	}
	return mail.Bits(f).Union(mail.FlagsOf(words...))
}

const (
	keywordFile = "dovecot-keywords"
	maxKeywords = 26 // one for each small letter
)

// readKeywords reads Dovecot's list: "0 $Label1" a line. None is no keywords.
func readKeywords(dir string) []string {
	text, err := os.ReadFile(filepath.Join(dir, keywordFile))
	if err != nil {
		return nil
	}
	keywords := make([]string, maxKeywords)
	for line := range strings.Lines(string(text)) {
		number, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < maxKeywords {
			keywords[n] = name
		}
	}
	return keywords
}

// maildirPath turns the "A.B" of Maildir++ into A/B; the names are in modified
// UTF-7, or in UTF-8.
func maildirPath(name string) string {
	levels := strings.Split(name, ".")
	for i, l := range levels {
		levels[i] = decodeUTF7(l)
	}
	return strings.Join(levels, "/")
}

// maildirName is the way back.
func maildirName(folder string) string {
	levels := strings.Split(folder, "/")
	for i, l := range levels {
		levels[i] = encodeUTF7(l)
	}
	return "." + strings.Join(levels, ".")
}

// maildirInfo writes flags behind a name, keywords as letters by index.
func maildirInfo(f mail.Flags, index func(keyword string) (int, bool)) string {
	info := []byte("2,")
	rest := f.System
	for _, l := range maildirLetters {
		if f.Has(l.flag) {
			info = append(info, l.letter)
			rest &^= l.flag
		}
	}
	// The flags without a letter are keywords, and sorted behind the capitals.
	words := append(mail.Bits(rest).SystemNames(), f.Words()...)
	var used [maxKeywords]bool
	for _, w := range words {
		if i, ok := index(w); ok {
			used[i] = true
		}
	}
	for i, u := range used {
		if u {
			info = append(info, byte('a'+i))
		}
	}
	return string(info)
}
