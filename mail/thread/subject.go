package thread

import (
	"strings"
	"unicode"
)

type prefixKind int

const (
	answer prefixKind = iota + 1
	forward
)

// prefixes are what mail programs put before a subject, in lower case, by
// what they mean. Those that a language has for both are listed as answers.
var prefixes = map[string]prefixKind{}

func init() {
	for kind, words := range map[prefixKind]string{
		answer: "re aw antw antwort sv vs vá va rif r res resp odp odg ynt atb bls " +
			"απ απάντηση σχετ ответ отв 回复 回覆 答复 答覆 回信 返信 返 회신 답장 답변 " +
			"رد השב תגובה ตอบ ตอบกลับ tl",
		forward: "fwd fw wg tr rv enc pd vb vl doorst i továbbítás tovább ilt i̇lt trs redir " +
			"πρθ προώθηση пересл 转发 轉寄 轉發 转寄 転送 전달 " +
			"توجيه הועבר ส่งต่อ",
	} {
		for _, w := range strings.Fields(words) {
			prefixes[w] = kind
		}
	}
	prefixes["إعادة توجيه"] = forward
}

// BaseSubject returns what is left of a decoded subject when all that mail
// programs and lists add is taken away (RFC 5256 2.1, with the prefixes of
// more languages), in lower case: to compare, not to show. Reply says that the
// outermost prefix is that of an answer.
func BaseSubject(subject string) (base string, reply bool) {
	s := strings.Join(strings.Fields(subject), " ")
	outermost := prefixKind(0)
	note := func(k prefixKind) {
		if outermost == 0 {
			outermost = k
		}
	}
	for before := ""; before != s; {
		before = s
		if rest, ok := cutSuffixFold(s, "(fwd)"); ok {
			s = strings.TrimSpace(rest)
			note(forward)
		}
		if rest, kind := cutPrefix(s); kind != 0 {
			s = rest
			note(kind)
		}
		if rest := cutBlob(s); rest != "" {
			s = rest
		}
		if inner, ok := cutWrapper(s); ok {
			s = inner
			note(forward)
		}
	}
	return strings.ToLower(s), outermost == answer
}

// Topic returns a decoded subject without the prefixes of answers and
// forwards, to show or to put a new one before. A list's [name] stays.
func Topic(subject string) string {
	s := strings.Join(strings.Fields(subject), " ")
	for {
		rest, kind := cutPrefix(s)
		if kind == 0 {
			return s
		}
		s = rest
	}
}

// longestPrefix is in bytes, with a counter.
const longestPrefix = 40

// cutPrefix takes one "Re:", "AW :", "Re[2]:", "回复：" off the front.
func cutPrefix(s string) (rest string, kind prefixKind) {
	i := strings.IndexAny(s, ":：")
	if i <= 0 || i > longestPrefix {
		return s, 0
	}
	kind = prefixes[strings.ToLower(cutCounter(s[:i]))]
	if kind == 0 {
		return s, 0
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(s[i:], ":"), "：")
	return strings.TrimSpace(rest), kind
}

// cutCounter takes "[2]", "(2)", "^2" or "*2" and spaces off the end of a prefix.
func cutCounter(word string) string {
	word = strings.TrimSpace(word)
	i := strings.IndexAny(word, "[(^*")
	if i <= 0 || strings.TrimRight(word[i+1:], "0123456789])") != "" {
		return word
	}
	return strings.TrimSpace(word[:i])
}

// cutBlob takes a "[name]" off the front; "" if there is none, or nothing
// behind it.
func cutBlob(s string) string {
	inner, ok := strings.CutPrefix(s, "[")
	if !ok {
		return ""
	}
	name, rest, ok := strings.Cut(inner, "]")
	if !ok || strings.Contains(name, "[") {
		return ""
	}
	return strings.TrimSpace(rest)
}

// cutWrapper takes "[Fwd: …]" off (RFC 5256 2.1 step 6).
func cutWrapper(s string) (inner string, ok bool) {
	if len(s) < len("[fwd:]") || !strings.EqualFold(s[:len("[fwd:")], "[fwd:") || s[len(s)-1] != ']' {
		return s, false
	}
	return strings.TrimSpace(s[len("[fwd:") : len(s)-1]), true
}

func cutSuffixFold(s, suffix string) (string, bool) {
	i := len(s) - len(suffix)
	if i < 0 || !strings.EqualFold(s[i:], suffix) {
		return s, false
	}
	return strings.TrimRightFunc(s[:i], unicode.IsSpace), true
}
