package html

import (
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Doubt is why a link should not be followed without a thought.
type Doubt uint8

const (
	NoDoubt   Doubt = iota
	Elsewhere       // its text names another server than it leads to
	UserName        // what looks like the server is a user name before the "@"
	Numeric         // the server is a number
	Disguised       // the server's name mixes scripts to look like another
)

// Warning says what is wrong with a link.
type Warning struct {
	Doubt Doubt
	Said  string // the server that the text names, with Elsewhere and UserName
	Real  string // the server that the link leads to, in Unicode
}

// Suspicious compares what a link says with where it leads.
func Suspicious(label, href string) (Warning, bool) {
	target := Target(href)
	real, user := server(target)
	if real == "" {
		return Warning{}, false
	}
	said := saidServer(label)
	w := Warning{Real: shownHost(real)}
	switch {
	case user != "" && strings.Contains(user, "."):
		w.Doubt, w.Said = UserName, user
	case said != "" && registered(said) != registered(real):
		w.Doubt, w.Said = Elsewhere, shownHost(said)
	case numeric(real):
		w.Doubt = Numeric
	case disguised(w.Real):
		w.Doubt = Disguised
	}
	return w, w.Doubt != NoDoubt
}

// server is the host of an address, and the user name before it. Of mailto:
// it is the domain.
func server(target string) (host, user string) {
	if rest, ok := cutPrefixFold(target, "mailto:"); ok {
		rest, _, _ = strings.Cut(rest, "?")
		rest, _, _ = strings.Cut(rest, ",")
		if u, err := url.PathUnescape(rest); err == nil {
			rest = u
		}
		return strings.ToLower(strings.Trim(rest[strings.LastIndexByte(rest, '@')+1:], " >")), ""
	}
	switch scheme(target) {
	case "http", "https", "ftp", "ftps":
	default:
		return "", ""
	}
	if u, err := url.Parse(target); err == nil && u.User != nil {
		user = u.User.Username()
	}
	return strings.TrimSuffix(Host(target), "."), user
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// saidServer is the server that a text names as if it were an address, or "".
func saidServer(label string) string {
	label = strings.ToLower(strings.TrimFunc(strings.ReplaceAll(clip(label, 2048), "\u00ad", ""), blank))
	label = strings.Trim(label, `<>()[]"'“”„«»`)
	if label == "" || strings.ContainsFunc(label, unicode.IsSpace) {
		return ""
	}
	named := false
	for _, p := range []string{"https://", "http://", "ftp://", "mailto:"} {
		if rest, ok := strings.CutPrefix(label, p); ok {
			label, named = rest, true
		}
	}
	if i := strings.IndexAny(label, "/?#"); i >= 0 {
		label = label[:i]
	}
	label = label[strings.LastIndexByte(label, '@')+1:]
	if i := strings.LastIndexByte(label, ':'); i > 0 {
		label = label[:i]
	}
	label = strings.Trim(label, ".…")
	ascii, err := idna.Lookup.ToASCII(label)
	if err != nil || !strings.Contains(ascii, ".") {
		return ""
	}
	// "Read.txt" is no server: the last part has to be one that is given out.
	suffix, icann := publicsuffix.PublicSuffix(ascii)
	if !named && !icann && !strings.Contains(suffix, ".") {
		return ""
	}
	return ascii
}

// registered is the part of a host that somebody registered; hosts with the
// same one belong together.
func registered(host string) string {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if r, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return r
	}
	return host
}

// Site is the part of a server's name that somebody registered, for people to
// read: of "img.shop.example", "shop.example".
func Site(host string) string { return shownHost(registered(host)) }

// shownHost is a host for people to read.
func shownHost(host string) string {
	if u, err := idna.Display.ToUnicode(host); err == nil && u != "" {
		return u
	}
	return host
}

func numeric(host string) bool {
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return true
	}
	// Browsers take 3232235521 and 0xC0A80001 for addresses too.
	return strings.Trim(host, "0123456789") == "" || strings.HasPrefix(host, "0x") && strings.Trim(host[2:], "0123456789abcdef") == ""
}

// latinTwins are letters of other scripts that look like Latin ones.
const latinTwins = "асеорхуіјѕһԁԛԝгѵѡңαινορυχκτβ"

// disguised reports whether a part of a host mixes Latin with look-alikes, or
// is made of look-alikes alone.
func disguised(host string) bool {
	for part := range strings.SplitSeq(host, ".") {
		latin, twin, other := false, false, false
		for _, r := range part {
			switch {
			case r < 0x80:
				latin = latin || unicode.IsLetter(r)
			case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian):
				twin = true
				other = other || !strings.ContainsRune(latinTwins, r)
			}
		}
		if twin && (latin || !other) {
			return true
		}
	}
	return false
}
