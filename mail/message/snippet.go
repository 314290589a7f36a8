package message

import (
	"strings"
	"unicode"
)

// maxSnippet is how many characters a snippet has at most.
const maxSnippet = 200

// Snippet returns the beginning of the text on one line, for a list of
// messages: without quoted text, the salutation, links and rulers, and without
// the invisible characters newsletters pad their preview with. It is "" only
// if the message says nothing.
func (m *Message) Snippet() string {
	parts := m.shown(false)
	var lines snippetLines
	for _, p := range parts {
		if p.isHTML() {
			lines.add(m.render(p).hidden)
		}
		lines.add(m.readable(p))
	}
	return lines.String()
}

// snippetLines gathers the lines worth showing until there are enough.
type snippetLines struct {
	out    strings.Builder
	runes  int
	greet  string // a salutation that was left out: better than nothing
	quoted string // so is the first quoted line
	done   bool
}

// add takes the lines of a text up to its signature or the message it answers.
func (l *snippetLines) add(text string) {
	for row := range strings.SplitSeq(text, "\n") {
		if l.done || row == "-- " || isOriginal(row) {
			return
		}
		l.line(strings.TrimSpace(row))
	}
}

func (l *snippetLines) line(row string) {
	switch {
	case strings.HasPrefix(row, ">"):
		if l.quoted == "" {
			l.quoted = strings.TrimLeft(row, "> ")
		}
	case isAttribution(row):
	case l.runes == 0 && l.greet == "" && isSalutation(row):
		l.greet = row
	default:
		l.words(row)
	}
}

func (l *snippetLines) words(row string) {
	for word := range strings.FieldsFuncSeq(row, isPadding) {
		if !isWord(word) || l.done {
			continue
		}
		if l.runes > 0 {
			l.out.WriteByte(' ')
			l.runes++
		}
		for _, r := range word {
			if l.runes >= maxSnippet {
				l.done = true
				return
			}
			l.out.WriteRune(r)
			l.runes++
		}
	}
}

func (l *snippetLines) String() string {
	if l.runes == 0 && l.greet != "" {
		l.words(l.greet)
	}
	if l.runes == 0 {
		l.words(l.quoted)
	}
	return strings.TrimSpace(l.out.String())
}

// isPadding reports what parts words, visibly or not. Joiners stay: in emoji
// and in many scripts they mean something.
func isPadding(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || isInvisible(r) || isBidiControl(r)
}

// isWord reports whether a word is worth the room: it has a letter, a digit or
// a sign such as an emoji, and is no bare link.
func isWord(s string) bool {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "<http") {
		return false
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) && r > unicode.MaxASCII && r < '\u2500' || r > '\u2600' && unicode.IsSymbol(r) {
			return true
		}
	}
	return len(s) == 1 && strings.Contains("&-–—", s)
}

// isOriginal reports the ruler under which some programs put the whole message
// they answer.
func isOriginal(row string) bool {
	row = strings.TrimSpace(row)
	return strings.HasPrefix(row, "-----Original") || strings.HasPrefix(row, "-----Urspr") ||
		strings.HasPrefix(row, "________________________________")
}

// isAttribution reports the line above a quotation: "On Monday Jane wrote:".
func isAttribution(row string) bool {
	if !strings.HasSuffix(row, ":") || len(row) > 200 {
		return false
	}
	for _, verb := range attributions {
		if strings.Contains(row, verb) {
			return true
		}
	}
	return false
}

var attributions = []string{
	" wrote", " writes", " schrieb", " a écrit", " escribió", " ha scritto", " escreveu", " schreef", " skrev", " napisał", " пишет", " написал",
}

// isSalutation reports a short first line that only greets.
func isSalutation(row string) bool {
	if len(row) > 60 || row == "" {
		return false
	}
	word, _, _ := strings.Cut(strings.ToLower(row), " ")
	return salutations[strings.TrimRight(word, ",.!:")]
}

var salutations = map[string]bool{
	"hi": true, "hello": true, "hey": true, "dear": true, "greetings": true, "hallo": true, "liebe": true, "lieber": true,
	"guten": true, "bonjour": true, "cher": true, "chère": true, "hola": true, "ciao": true, "buongiorno": true, "olá": true,
	"hej": true, "beste": true, "здравствуйте": true, "您好": true,
}
