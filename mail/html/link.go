package html

import "strings"

// openable are the kinds of address that a person may open from a mail. Others
// would run something, open a file of this computer or start a program that
// the mail chose.
var openable = map[string]bool{
	"http": true, "https": true, "mailto": true, "tel": true, "sms": true, "callto": true, "sip": true, "sips": true,
	"xmpp": true, "webcal": true, "ftp": true, "ftps": true, "news": true, "nntp": true, "irc": true, "ircs": true,
	"geo": true, "matrix": true, "magnet": true,
}

// Refuses reports whether a link has no business in a mail at all: documents
// do not keep such links.
func Refuses(href string) bool {
	s := scheme(href)
	switch s {
	case "data", "file", "filesystem", "about", "blob", "view-source", "chrome", "resource", "jar", "shell", "search-ms", "smb":
		return true
	}
	return runs(s) || strings.HasPrefix(s, "ms-")
}

// Target is the address that following a link would open, cleaned as a
// browser cleans it, or "" if it opens nothing: a place in the mail itself, an
// address that is not complete, or one of a kind that is not for links.
func Target(href string) string {
	href = tidyURL(href)
	switch s := scheme(href); {
	case s == "" && strings.HasPrefix(href, "//"):
		return "https:" + href
	case s == "" && strings.HasPrefix(strings.ToLower(href), "www."):
		return "http://" + href
	case !openable[s]:
		return ""
	}
	return href
}

// runs reports whether an address is a program.
func runs(scheme string) bool {
	switch scheme {
	case "javascript", "vbscript", "livescript", "mocha", "jscript":
		return true
	}
	return false
}

// scheme is the part of an address before the colon, in lower case, or "".
func scheme(ref string) string {
	ref = tidyURL(clip(ref, 256))
	for i := range len(ref) {
		switch c := ref[i]; {
		case c == ':' && i > 0:
			return strings.ToLower(ref[:i])
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return ""
		}
	}
	return ""
}

// tidyURL takes out what browsers do not see in an address: controls and
// spaces around it, tabs and line ends in it.
func tidyURL(ref string) string {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(ref, "\t\r\n") {
		return ref
	}
	return strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(ref)
}
