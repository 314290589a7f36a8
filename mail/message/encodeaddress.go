package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"postrider/mail"
)

// What an address may have at most, octets. RFC 5321 4.5.3.1 says 64 before the
// "@"; the reply addresses of large services are longer.
const (
	maxLocal  = 256
	maxDomain = 255
)

// CheckAddress says in one sentence why mail cannot be sent to an address; kind
// input.
func CheckAddress(addr string) error {
	const op = "read the address"
	at := strings.LastIndexByte(addr, '@')
	if at <= 0 || at == len(addr)-1 {
		return mail.Errorf(mail.KindInput, op, "%q is not an e-mail address such as anna@example.org", addr)
	}
	local, domain := addr[:at], addr[at+1:]
	switch {
	case !utf8.ValidString(addr) || strings.ContainsFunc(addr, badInAddress):
		return mail.Errorf(mail.KindInput, op, "the address %q has a character that no address has", addr)
	case len(local) > maxLocal:
		return mail.Errorf(mail.KindInput, op, "what stands before the @ of %.40q… is too long for an address", addr)
	case !validLocal(local):
		return mail.Errorf(mail.KindInput, op, "%q is not an e-mail address: what stands before the @ cannot be read", addr)
	}
	ascii, err := asciiDomain(domain)
	if err != nil || len(ascii) > maxDomain || !validDomain(ascii) {
		return mail.Errorf(mail.KindInput, op, "%q is not an e-mail address: there can be no server %q", addr, domain)
	}
	return nil
}

func badInAddress(r rune) bool {
	return unicode.IsControl(r) || r == utf8.RuneError || isBidiControl(r) || r != ' ' && unicode.IsSpace(r)
}

// validLocal reports a dot-atom, with characters of any script (RFC 6532), or a
// quoted string. Dots in wrong places are let pass: such addresses exist.
func validLocal(s string) bool {
	if inner, ok := strings.CutPrefix(s, `"`); ok {
		v, n := unquote(s)
		return n == len(s) && v != "" && len(inner) > 1
	}
	return !strings.ContainsAny(s, " \t()<>[]:;@\\,\"")
}

func validDomain(s string) bool {
	if strings.HasPrefix(s, "[") {
		return strings.HasSuffix(s, "]") && !strings.ContainsAny(s[1:len(s)-1], "[]\\ <>")
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !(r < utf8.RuneSelf && (isAlnum(byte(r)) || r == '-' || r == '.' || r == '_'))
	})
}

// asciiDomain is the form of a domain that servers look up (RFC 5891).
func asciiDomain(domain string) (string, error) {
	if isASCII([]byte(domain)) {
		return domain, nil
	}
	return idna.Lookup.ToASCII(domain)
}

// WireAddress is an address as it goes over the wire: its domain in ASCII.
func WireAddress(addr string) string {
	at := strings.LastIndexByte(addr, '@')
	if at < 0 {
		return addr
	}
	domain, err := asciiDomain(addr[at+1:])
	if err != nil {
		return addr
	}
	return addr[:at+1] + domain
}

// addressTokens returns one mailbox as tokens between which a line may be
// folded; at is where on its line the first stands.
func addressTokens(a Address, at int) []string {
	addr, name := WireAddress(headerText(a.Addr)), headerText(a.Name)
	switch {
	case addr == "" && name == "":
		return nil
	case name == "":
		return []string{addr}
	}
	tokens := nameTokens(name, at)
	if addr != "" {
		tokens = append(tokens, "<"+addr+">")
	}
	return tokens
}

func nameTokens(name string, at int) []string {
	if !plainText(name) {
		return encodeWords(name, at)
	}
	words := strings.Split(name, " ")
	for _, w := range words {
		if !isAtom(w) {
			quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name)
			return strings.Split(`"`+quoted+`"`, " ")
		}
	}
	return words
}

// isAtom reports an atom (RFC 5322 3.2.3). A dot is none, though phrases often
// have one: it is quoted.
func isAtom(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlnum(c) && strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) < 0 {
			return false
		}
	}
	return s != ""
}
