package html

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Found is an address in a text: the bytes From to before To, and what a link
// there leads to.
type Found struct {
	From, To int
	Href     string
}

// maxLinks is how many addresses of one text are found.
const maxLinks = 5000

// Links finds the addresses in plain text: URLs, www-names and mail addresses.
// Punctuation at the end is not part of them, and a closing bracket only if it
// was opened within.
func Links(text string) []Found {
	var list []Found
	for at := 0; at < len(text) && len(list) < maxLinks; {
		i := nextMark(text[at:])
		if i < 0 {
			break
		}
		mark := at + i
		f, ok := Found{}, false
		switch text[mark] {
		case ':':
			f, ok = urlAt(text, at, mark)
		case '@':
			f, ok = addressAt(text, at, mark)
		default:
			f, ok = wwwAt(text, at, mark)
		}
		if !ok {
			at = mark + 1
			continue
		}
		list = append(list, f)
		at = f.To
	}
	return list
}

// nextMark is where the next address may be: at "://", "mailto:", "www." or "@".
func nextMark(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '@':
			return i
		case ':':
			if strings.HasPrefix(s[i:], "://") {
				return i
			}
		case 'w', 'W':
			if len(s) > i+4 && strings.EqualFold(s[i:i+4], "www.") {
				return i
			}
		}
	}
	return -1
}

// textSchemes are the kinds of URL that are links in plain text.
var textSchemes = []string{"https", "http", "ftps", "ftp", "ircs", "irc", "nntp", "news", "sip", "xmpp"}

// urlAt is the URL with "://" at colon; it begins at or behind from.
func urlAt(text string, from, colon int) (Found, bool) {
	start := colon
	for start > from && isAlnum(text[start-1]) {
		start--
	}
	name := strings.ToLower(text[start:colon])
	for _, s := range textSchemes {
		if strings.HasSuffix(name, s) && (len(name) == len(s) || !isAlnum(name[len(name)-len(s)-1])) {
			start = colon - len(s)
			end := urlEnd(text, start, colon+3)
			if end <= colon+3 {
				return Found{}, false
			}
			return Found{start, end, text[start:end]}, true
		}
	}
	return Found{}, false
}

// wwwAt is the name that begins with www.
func wwwAt(text string, from, at int) (Found, bool) {
	if at > from {
		if r, _ := utf8.DecodeLastRuneInString(text[from:at]); unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_./@", r) {
			return Found{}, false
		}
	}
	end := urlEnd(text, at, at+4)
	host := text[at:end]
	if i := strings.IndexAny(host, "/?#:"); i >= 0 {
		host = host[:i]
	}
	if strings.Count(host, ".") < 2 || strings.Contains(host, "..") {
		return Found{}, false
	}
	return Found{at, end, "http://" + text[at:end]}, true
}

// maxURL is how long an address in a text may be.
const maxURL = 4096

// urlEnd is where a URL ends that begins at start and whose host begins at
// host.
func urlEnd(text string, start, host int) int {
	end := host
	inHost := true
	for end < len(text) && end-start < maxURL {
		r, n := utf8.DecodeRuneInString(text[end:])
		if r == '/' || r == '?' || r == '#' {
			inHost = false
		}
		if !urlRune(r, inHost) {
			break
		}
		end += n
	}
	return trimURL(text, start, host, end)
}

// urlRune reports whether a rune may be part of a URL as people write them:
// with letters of all scripts in the host; behind it not with those that are
// written without spaces, where the text just goes on.
func urlRune(r rune, inHost bool) bool {
	switch {
	case r <= ' ' || r == 0x7F || r == utf8.RuneError:
		return false
	case r < 0x80:
		return !strings.ContainsRune("<>\"`{}|\\^", r)
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai):
		return inHost
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// trimURL takes off punctuation that belongs to the sentence.
func trimURL(text string, start, host, end int) int {
	for end > host {
		switch c := text[end-1]; c {
		case '.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', '"':
			end--
			continue
		case ')', ']':
			open := map[byte]string{')': "(", ']': "["}[c]
			if strings.Count(text[start:end], open) < strings.Count(text[start:end], string(c)) {
				end--
				continue
			}
		}
		break
	}
	return end
}

// addressAt is the mail address with its "@" at at.
func addressAt(text string, from, at int) (Found, bool) {
	start := at
	for start > from {
		r, n := utf8.DecodeLastRuneInString(text[from:start])
		if !localRune(r) || at-start > 128 {
			break
		}
		start -= n
	}
	for start < at && strings.IndexByte(".'*_=/+-#&", text[start]) >= 0 {
		start++
	}
	end := at + 1
	for end < len(text) && end-at < 256 {
		r, n := utf8.DecodeRuneInString(text[end:])
		if r != '-' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			break
		}
		end += n
	}
	domain := strings.TrimRight(text[at+1:end], ".-")
	end = at + 1 + len(domain)
	dot := strings.LastIndexByte(domain, '.')
	if start == at || dot < 1 || len(domain)-dot < 3 || strings.Contains(domain, "..") || domain[0] == '-' || strings.HasPrefix(text[end:], "@") {
		return Found{}, false
	}
	if r, _ := utf8.DecodeRuneInString(domain[dot+1:]); unicode.IsDigit(r) {
		return Found{}, false
	}
	href := "mailto:" + strings.NewReplacer("%", "%25", "?", "%3F", "&", "%26", "#", "%23").Replace(text[start:end])
	if start >= from+7 && strings.EqualFold(text[start-7:start], "mailto:") {
		start -= 7
	}
	return Found{start, end, href}, true
}

// localRune reports whether a rune may stand before the "@".
func localRune(r rune) bool {
	if r < 0x80 {
		return isAlnum(byte(r)) || strings.ContainsRune(".!#$%&'*+/=?^_`{|}~-", r)
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
