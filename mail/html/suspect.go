package html

import "strings"

// formatting are the elements that HTML's parser opens again in every block
// after one that was left open in (HTML 13.2.4.3).
var formatting = map[string]bool{
	"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true,
	"s": true, "small": true, "strike": true, "strong": true, "tt": true, "u": true,
}

// suspect reports whether a source may make a tree that is much larger than it
// is, or a large one of which only a part is kept: formatting that is never
// closed is opened anew in each block. It counts tags without caring where they
// stand, which is enough for a guess.
func suspect(source string) bool {
	open := map[string]int{}
	unclosed, tags, born := 0, 0, 0
	for {
		i := strings.IndexByte(source, '<')
		if i < 0 || i+2 >= len(source) {
			break
		}
		source = source[i+1:]
		end := source[0] == '/'
		if end {
			source = source[1:]
		}
		name := tagName(source)
		if name == "" {
			continue
		}
		tags++
		switch {
		case !formatting[name]:
			born += unclosed
		case !end:
			open[name]++
			unclosed++
		case open[name] > 0:
			open[name]--
			unclosed--
		}
	}
	return born > 20*maxNodes || tags > 3*maxNodes
}

// tagName is the letters and digits that a string begins with, in lower case.
func tagName(s string) string {
	n := 0
	for n < len(s) && n < 16 && isAlnum(s[n]) {
		n++
	}
	return strings.ToLower(s[:n])
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
